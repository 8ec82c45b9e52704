"""Registers the accounts package: who looks, the pages of sign-in and preferences, the kind "user"."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from helpcenter.accounts import destination, erasure, gauges, member_server, names, session, sign_in, user
from helpcenter.accounts.notifications import registration as notifications
from helpcenter.accounts.openid.views import openid_accounts, openid_identities, openid_rules, openid_sessions
from helpcenter.accounts.second_step import registration as second_step
from helpcenter.accounts.viewer import current_viewer
from helpcenter.accounts.views import (
    confirmations,
    emails,
    erasures,
    exports,
    open_sessions,
    passwords,
    people,
    preferences,
    product_sessions,
    registrations,
    resets,
    sessions,
    setups,
)
from helpcenter.core import jobs, journal, locale, subjects
from helpcenter.core.db import begin_write, db
from helpcenter.core.subjects import Subject

SWEEP_SECONDS = 24 * 3600
PAGES = (
    confirmations,
    emails,
    erasures,
    exports,
    open_sessions,
    openid_accounts,
    openid_identities,
    openid_rules,
    openid_sessions,
    passwords,
    people,
    preferences,
    product_sessions,
    registrations,
    resets,
    sessions,
    setups,
)
NAMES = frozenset(page.blueprint.name for page in PAGES) | notifications.NAMES | second_step.NAMES
# Here one goes back to where one came from, not to the form that just sent one away.
WITHOUT_RETURN = second_step.WITHOUT_RETURN | {
    "confirmations",
    "erasures",
    "openid_accounts",
    "openid_sessions",
    "product_sessions",
    "registrations",
    "resets",
    "sessions",
    "setups",
}


def account_links() -> list[dict[str, str]]:
    """What the account menu leads to: for a stranger the way in and back here, for others their own pages."""
    if current_viewer().is_signed_in:
        own = [link() for link in current_app.extensions.get("account_pages", [])]
        return [*own, {"title": _("Preferences"), "url": url_for("preferences.edit")}]
    words: dict[str, Any] = {"lang": locale.current()}
    leads_back = request.method == "GET" and request.endpoint and request.blueprint not in WITHOUT_RETURN
    here = request.full_path.rstrip("?") if leads_back else request.args.get("next", "")
    if 0 < len(here) <= destination.LONGEST:
        words["next"] = here
    return [
        {"title": _("Log in"), "url": url_for("sessions.new", **words)},
        {"title": _("Register"), "url": url_for("registrations.new", **words)},
    ]


def _sweep() -> None:
    begin_write()
    session.sweep()
    user.forget_unconfirmed()
    db.session.commit()


def _keep_private(response: Response) -> Response:
    """What was made for one person is kept by nobody: pages of the signed-in, and those that letters lead to.

    A view that said otherwise, such as one of a picture, knows.
    """
    is_personal = current_viewer().is_signed_in or request.blueprint in NAMES
    if is_personal and "Cache-Control" not in response.headers:
        response.cache_control.no_store = True
        response.cache_control.private = True
        response.vary.add("Cookie")
    return response


def register(app: Flask) -> None:
    """Everything about people."""
    sign_in.register(app)
    member_server.register(app)
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    app.after_request(_keep_private)
    app.context_processor(_context)
    subjects.register(
        app,
        "user",
        Subject(
            # People have no public page yet: nobody is linked, listed or found.
            url=lambda _id, _locale: "",
            titles=lambda ids, _locale: names.names_of(ids),
            visible=lambda _ids, _viewer, _locale: set(),
            export=erasure.export_user,
            erase=erasure.erase_user,
        ),
    )
    journal.name(
        app,
        {
            "role_given": _l("gave a role"),
            "role_taken": _l("took a role away"),
            "openid_connected": _l("connected an account with the login provider"),
            "openid_disconnected": _l("disconnected an account from the login provider"),
            "openid_changed": _l("changed the rules of the login provider"),
        },
    )
    notifications.register(app)
    gauges.register(app)
    second_step.register(app)
    jobs.every(app, "accounts: forget what is over", SWEEP_SECONDS, _sweep)


def _context() -> dict[str, Any]:
    return {"account_links": account_links()}
