"""Registers what belongs to no single package."""

from __future__ import annotations

from flask import Flask

from helpcenter.web import errors, headers
from helpcenter.web.views import health, outgoing_mail


def register(app: Flask) -> None:
    """Headers on every answer, a page for every error, health, and the letters that wait."""
    headers.register(app)
    errors.register(app)
    health.register(app)
    app.register_blueprint(outgoing_mail.blueprint)
