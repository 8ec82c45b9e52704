"""Registers notifications: their pages, and the jobs that send letters and forget."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, url_for
from flask_babel import gettext as _

from helpcenter.accounts.notifications import erasure, following, mailing, notification, seeing
from helpcenter.accounts.notifications.views import (
    followings,
    notification_settings,
    notification_stops,
    notifications,
)
from helpcenter.core import jobs, locale, subjects
from helpcenter.journeys import hearing

SEND_SECONDS, DIGEST_SECONDS, FORGET_SECONDS = 30, 300, 24 * 3600
PAGES = (notifications, followings, notification_settings, notification_stops)
NAMES = frozenset(page.blueprint.name for page in PAGES)


def register(app: Flask) -> None:
    """The bell and everything behind it."""
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    own = subjects.pageless(erasure.export, erasure.erase)
    subjects.register(app, "notification", replace(own, move_topic=following.move_topic))
    app.extensions.setdefault("account_pages", []).append(_following)
    hearing.hear(app, seeing.seen)
    jobs.every(app, "notifications: write letters", SEND_SECONDS, mailing.send_due)
    jobs.every(app, "notifications: write digests", DIGEST_SECONDS, mailing.send_digests)
    jobs.every(app, "notifications: forget old ones", FORGET_SECONDS, notification.forget_old)


def _following() -> dict[str, str]:
    return {"title": _("What I follow"), "url": url_for("followings.index", locale=locale.current())}
