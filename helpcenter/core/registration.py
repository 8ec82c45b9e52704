"""Registers the ground: database, site, languages, static files, page store, origin check, mail, jobs, limits."""

from __future__ import annotations

from flask import Flask

from helpcenter.core import (
    assets,
    db,
    jobs,
    lease,
    limits,
    locale,
    logs,
    mail,
    mail_outbox,
    origin,
    page_server,
    page_store,
    row_id,
    site,
    typed_text,
)
from helpcenter.core.metrics import background, machine


def register(app: Flask) -> None:
    """Everything the other packages stand on."""
    settings = app.config["SETTINGS"]
    logs.register(app)
    page_store.register(app)
    row_id.register(app)
    db.register(app, settings)
    jobs.register(app)
    lease.register(app)
    site.register(app)
    locale.register(app)
    assets.register(app)
    origin.register(app)
    typed_text.register(app)
    limits.register(app)
    mail.register(app)
    mail_outbox.register(app)
    machine.register(app)
    background.register(app)
    page_server.register(app)
