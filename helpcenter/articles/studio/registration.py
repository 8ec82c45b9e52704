"""Registers the studio."""

from __future__ import annotations

from flask import Flask

from helpcenter.articles.studio.blueprint import studio
from helpcenter.articles.studio.views import (
    archivals,
    articles,
    editions,
    mine,
    pictures,
    previews,
    revisions,
    topic_articles,
    verifications,
)

PAGES = (articles, editions, mine, revisions, archivals, previews, pictures, topic_articles, verifications)
"""Named, because importing them is what puts their addresses on the blueprint."""


def register(app: Flask) -> None:
    """Everything under /studio that is about articles."""
    app.register_blueprint(studio)
