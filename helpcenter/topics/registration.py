"""Registers topics."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from helpcenter.core import journal, subjects
from helpcenter.topics import subject
from helpcenter.topics.views import places, topics

PAGES = (topics, places)
"""Named, because importing them is what puts their addresses on the blueprint."""


def register(app: Flask) -> None:
    """Topics as others may ask about them, and the pages on which editors arrange them."""
    subjects.register(app, subject.KIND, subject.SUBJECT)
    app.register_blueprint(topics.blueprint)
    journal.name(
        app,
        {
            "topic_added": _l("added a topic"),
            "topic_changed": _l("changed a topic"),
            "topic_deleted": _l("deleted a topic"),
        },
    )
