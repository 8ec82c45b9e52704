"""Registers topics."""

from __future__ import annotations

from flask import Flask

from helpcenter.core import subjects
from helpcenter.topics import subject
from helpcenter.topics.views import places, topics

PAGES = (topics, places)
"""Named, because importing them is what puts their addresses on the blueprint."""


def register(app: Flask) -> None:
    """Topics as others may ask about them, and the pages on which editors arrange them."""
    subjects.register(app, subject.KIND, subject.SUBJECT)
    app.register_blueprint(topics.blueprint)
