"""Who may use static files, health and the letters that wait."""

from __future__ import annotations

from typing import Any

from flask import current_app
from sqlalchemy import select

from helpcenter.core import mail
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import OutgoingMail
from tests.cast import Cast
from tests.house.access import Route, everyone, only


def style_sheet(_cast: Cast) -> dict[str, Any]:
    return {"name": current_app.extensions["bundles"].css}


def letter(_cast: Cast) -> dict[str, Any]:
    begin_write()
    mail.queue("ben@example.org", "Hello", "Text", kind="test", dedupe_key="one")
    db.session.commit()
    return {"mail_id": db.session.scalars(select(OutgoingMail.id)).first()}


ROUTES: dict[str, Route] = {
    "assets.show_bundle": everyone(args=style_sheet),
    "assets.show_file": everyone(args=lambda _cast: {"stamp": "any", "name": "icons/favicon.svg"}),
    "assets.show_accent": everyone(args=lambda _cast: {"color": "7a1f4d"}),
    "health.healthz": everyone(),
    "health.readyz": everyone(),
    # Nobody has the token.
    "metrics.index": everyone(404),
    "outgoing_mail.index": only("admin"),
    "outgoing_mail.show": only("admin", args=letter),
    "outgoing_mail.create_delivery": only("admin", status=303, args=letter),
}
