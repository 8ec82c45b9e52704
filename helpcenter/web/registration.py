"""Registers what belongs to no single package."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from helpcenter.core import journal as core_journal
from helpcenter.web import errors, headers, navigation, ways_back
from helpcenter.web.settings import registration as settings
from helpcenter.web.views import (
    feeds,
    handovers,
    health,
    home,
    journal,
    machines,
    metrics,
    outgoing_mail,
    search,
    topics,
)


def register(app: Flask) -> None:
    """Headers on every answer, a page for every error, health, the letters that wait, settings."""
    headers.register(app)
    errors.register(app)
    health.register(app)
    navigation.register(app)
    for page in (home, topics, search, feeds, machines, metrics, outgoing_mail, handovers, journal):
        app.register_blueprint(page.blueprint)
    settings.register(app)
    core_journal.name(app, {"site_changed": _l("changed settings of the site")})
    errors.find_closest(app, ways_back.closest_pages)
    errors.find_moved(app, ways_back.moved)
