"""Registers what belongs to no single package."""

from __future__ import annotations

from flask import Flask

from helpcenter.web import errors, headers, navigation, ways_back
from helpcenter.web.settings import registration as settings
from helpcenter.web.views import feeds, handovers, health, home, machines, outgoing_mail, search, topics


def register(app: Flask) -> None:
    """Headers on every answer, a page for every error, health, the letters that wait, settings."""
    headers.register(app)
    errors.register(app)
    health.register(app)
    navigation.register(app)
    for page in (home, topics, search, feeds, machines, outgoing_mail, handovers):
        app.register_blueprint(page.blueprint)
    settings.register(app)
    errors.find_closest(app, ways_back.closest_pages)
    errors.find_moved(app, ways_back.moved)
