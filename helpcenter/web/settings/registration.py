"""Registers the settings page and what every page shows of it."""

from __future__ import annotations

from typing import Any

from flask import Flask

from helpcenter.core import locale, site
from helpcenter.web.settings import hours, page


def register(app: Flask) -> None:
    """The page, and the line of hours for templates."""
    app.register_blueprint(page.blueprint)
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    # A function, so that a page that does not show the hours does not write them.
    return {"hours_text": lambda: hours.text(site.current().hours, site.current().time_zone, locale.current())}
