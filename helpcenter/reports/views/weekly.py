"""Stopping the weekly letter without signing in: the link opens a page, and the button on it acts.

A mail program that has a button of its own posts to the same address (RFC 8058).
"""

from __future__ import annotations

from typing import Any

from flask import render_template

from helpcenter.accounts import user
from helpcenter.core.db import begin_write, db
from helpcenter.reports import stop_token
from helpcenter.reports.views.blueprint import reports


@reports.get("/weekly/<secret>")
def show_weekly(secret: str) -> Any:
    """The page a letter leads to. It changes nothing."""
    return _page(stop_token.holder(secret), is_stopped=False)


@reports.post("/weekly/<secret>")
def destroy_weekly(secret: str) -> Any:
    """No letter any more; twice is once."""
    user_id = stop_token.holder(secret)
    if user_id is not None:
        begin_write()
        person = user.by_id(user_id)
        if person is not None:
            person.weekly_report = False
        db.session.commit()
    return _page(user_id, is_stopped=True)


def _page(user_id: int | None, *, is_stopped: bool) -> Any:
    words = {"is_stopped": is_stopped, "is_known": user_id is not None}
    return render_template("reports/weekly.html", **words), 410 if user_id is None else 200
