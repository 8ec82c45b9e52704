"""Stopping letters without signing in: the link opens a page, and a button on it acts.

A mail program that has a button of its own posts to the same address (RFC 8058).
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from helpcenter.accounts import user
from helpcenter.accounts.notifications import choice, notification, stop_token
from helpcenter.accounts.notifications.kind import labels
from helpcenter.core.db import begin_write, db

blueprint = Blueprint("notification_stops", __name__)


@blueprint.get("/notifications/stop/<secret>")
def show(secret: str) -> Any:
    """The page a letter leads to. It changes nothing."""
    return _page(stop_token.read(secret))


@blueprint.post("/notifications/stop/<secret>")
def destroy(secret: str) -> Any:
    """No letter about the kinds of the link; with `which=all` about none. Twice is once."""
    known = stop_token.read(secret)
    if known is None:
        return _page(None)
    user_id, told = known
    stopped = tuple(labels()) if request.form.get("which") == "all" else told
    begin_write()
    if user.by_id(user_id) is not None:
        choice.stop_mail(user_id, stopped)
        notification.drop_mail(user_id, stopped)
    db.session.commit()
    return _page(known, stopped)


def _page(known: tuple[int, tuple[str, ...]] | None, stopped: tuple[str, ...] = ()) -> Any:
    names = labels()
    told = [names[one] for one in (stopped or (known[1] if known else ())) if one in names]
    words = {
        "is_known": known is not None,
        "is_stopped": bool(stopped),
        "told": told,
        "is_all": len(told) == len(names),
    }
    return render_template("accounts/notification_stop.html", **words), 200 if known else 410
