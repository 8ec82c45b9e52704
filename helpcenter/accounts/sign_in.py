"""Who is behind a request: Flask-Login asks our session row, and the answer waits on `g.viewer`.

Of Flask-Login this uses the loading of a person from a request and its refusal of strangers. Its own cookie session is
not used, since a copied cookie would stay alive after log-out.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Request, Response, g, request
from flask_login import LoginManager, current_user
from sqlalchemy.exc import SQLAlchemyError

from helpcenter.accounts import session
from helpcenter.accounts.viewer import STRANGER, Viewer
from helpcenter.core.db import begin_write, db
from helpcenter.core.origin import SAFE_METHODS
from helpcenter.core.page_store import SESSION_COOKIE
from helpcenter.core.refusals import SignInNeeded

LIFETIME_SECONDS = int(session.ABSOLUTE_LIFETIME.total_seconds())


class RowLoginManager(LoginManager):  # type: ignore[misc]
    """A LoginManager that leaves Flask's cookie session alone."""

    def _update_remember_cookie(self, response: Response) -> Response:
        # The original reads the cookie session after every request, which puts Vary: Cookie on pictures and scripts.
        return response


def load(asked: Request) -> Viewer | None:
    """Whoever holds the session cookie of the request, by one query; None without a cookie, and then without a query."""
    cookie = asked.cookies.get(SESSION_COOKIE)
    return session.viewer_of(cookie) if cookie else None


def put_cookie(response: Response, cookie: str, *, is_https: bool) -> Response:
    """Give the browser its session."""
    response.set_cookie(
        SESSION_COOKIE, cookie, max_age=LIFETIME_SECONDS, httponly=True, samesite="Lax", secure=is_https
    )
    return response


def take_cookie(response: Response) -> Response:
    """Take the session away from the browser."""
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="Lax")
    return response


def _look() -> None:
    is_asset = (request.endpoint or "").startswith("assets.")
    has_cookie = SESSION_COOKIE in request.cookies
    g.viewer = current_user._get_current_object() if has_cookie and not is_asset else STRANGER


def _touch(response: Response) -> Response:
    """Note that a session is in use, at most once an hour and never on a GET; every page sends the beacon by POST."""
    viewer: Viewer = g.get("viewer") or STRANGER
    if request.method in SAFE_METHODS or viewer.session_id is None or not session.is_due(viewer):
        return response
    try:
        begin_write()
        session.touch(viewer.session_id)
        db.session.commit()
    except SQLAlchemyError:
        # The act itself is committed and answered; the note can wait for the next one.
        db.session.rollback()
    return response


def _refuse() -> Any:
    raise SignInNeeded


def register(app: Flask) -> None:
    """Put `g.viewer` on every request and `viewer` into every template."""
    manager = RowLoginManager()
    manager.session_protection = None
    manager.anonymous_user = lambda: STRANGER
    manager.request_loader(load)
    manager.unauthorized_handler(_refuse)
    manager.init_app(app, add_context_processor=False)
    app.before_request(_look)
    app.after_request(_touch)
    app.context_processor(lambda: {"viewer": g.get("viewer") or STRANGER})
