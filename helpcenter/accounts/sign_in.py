"""Who is behind a request: Flask-Login asks our session row, and the answer waits on `g.viewer`.

Of Flask-Login this uses the loading of a person from a request. Its own cookie session is not used, since a copied
cookie would stay alive after log-out.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Request, Response, current_app, flash, g, redirect, request
from flask import session as flask_session
from flask_login import LoginManager, current_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as WerkzeugResponse

from helpcenter.accounts import session, user_agent
from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.core.db import begin_write, db
from helpcenter.core.origin import SAFE_METHODS
from helpcenter.core.page_store import NOTICE_COOKIE, SESSION_COOKIE
from helpcenter.core.refusals import Paused
from helpcenter.journeys import actor, recorder

LIFETIME_SECONDS = int(session.ABSOLUTE_LIFETIME.total_seconds())


class RowLoginManager(LoginManager):
    """A LoginManager that leaves Flask's cookie session alone."""

    def _update_remember_cookie(self, response: Response) -> Response:
        # The original reads the cookie session after every request, which puts Vary: Cookie on pictures and scripts.
        return response


def load(asked: Request) -> Viewer | None:
    """Whoever holds the session cookie of the request, by one query; None without a cookie, and without a query."""
    cookie = asked.cookies.get(cookie_name())
    return session.viewer_of(cookie) if cookie else None


def begin(user_id: int) -> str:
    """Sign this browser in and end the session it had; what its cookie shall hold. To be called after begin_write().

    This asks for nothing: whoever may owe a second step comes in by way of second_step/entrance.py.
    The visitor's events of the days before belong to this person from now on.
    """
    before: Viewer = g.viewer
    if before.id is not None and before.session_id is not None:
        session.end(before.session_id, of=before.id)
    cookie = session.start(user_id, user_agent.summary(request.user_agent.string))
    recorder.record_sign_in(actor.of_request(), user_id)
    return cookie


def answer(cookie: str, target: str) -> WerkzeugResponse:
    """Send a browser that was just signed in on its way."""
    return answer_with(cookie_name(), cookie, LIFETIME_SECONDS, target)


def answer_with(name: str, cookie: str, seconds: int, target: str) -> WerkzeugResponse:
    """Send a browser on its way with a cookie that lets it in, or one step further in, for so many seconds."""
    response = redirect(target, 303)
    response.set_cookie(name, cookie, max_age=seconds, **cookie_options())
    response.cache_control.no_store = True
    return response


def farewell(target: str, notice: str = "") -> WerkzeugResponse:
    """Send a browser on its way without its session and without notices that were meant for its person.

    `notice` is for whoever sits there now.
    """
    response = redirect(target, 303)
    response.delete_cookie(cookie_name(), **cookie_options())
    # What this browser remembers of the person by itself: drafts, what they searched for.
    response.headers["Clear-Site-Data"] = '"storage"'
    flask_session.clear()
    if notice:
        flash(notice)
    return response


def cookie_name() -> str:
    """What the cookie of a session is called."""
    return named(SESSION_COOKIE)


def named(cookie: str) -> str:
    """What a cookie is called here. With https browsers take such a name from no other host of the domain."""
    return _of_this_host(cookie, current_app)


def _of_this_host(name: str, app: Flask) -> str:
    return f"__Host-{name}" if app.config["SETTINGS"].is_https else name


def cookie_options() -> dict[str, Any]:
    """How every cookie is set that lets somebody in."""
    return {"httponly": True, "samesite": "Lax", "secure": current_app.config["SETTINGS"].is_https}


def _look() -> None:
    is_asset = (request.endpoint or "").startswith("assets.")
    has_cookie = cookie_name() in request.cookies
    g.viewer = current_user._get_current_object() if has_cookie and not is_asset else STRANGER


def _touch(response: Response) -> Response:
    """Note that a session is in use, at most once an hour and never on a GET; every page sends the beacon by POST."""
    viewer: Viewer = g.get("viewer") or STRANGER
    if request.method in SAFE_METHODS or viewer.session_id is None or not session.is_due(viewer):
        return response
    try:
        # What the view left uncommitted it did not mean to keep.
        db.session.rollback()
        begin_write()
        session.touch(viewer.session_id)
        db.session.commit()
    except (SQLAlchemyError, Paused):
        # The act itself is committed and answered; the note can wait for the next one.
        db.session.rollback()
    return response


def register(app: Flask) -> None:
    """Put `g.viewer` on every request and `viewer` into every template."""
    # Flask's own cookie carries only the notices of the next page.
    app.config.update(
        SESSION_COOKIE_NAME=_of_this_host(NOTICE_COOKIE, app),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=app.config["SETTINGS"].is_https,
    )
    manager = RowLoginManager()
    manager.session_protection = None
    manager.anonymous_user = lambda: STRANGER
    manager.request_loader(load)
    manager.init_app(app, add_context_processor=False)
    app.before_request(_look)
    app.after_request(_touch)
    app.context_processor(lambda: {"viewer": g.get("viewer") or STRANGER})
