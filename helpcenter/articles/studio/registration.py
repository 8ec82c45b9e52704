"""Registers the studio."""

from __future__ import annotations

from flask import Flask

from helpcenter.articles.studio import planning, working_copy
from helpcenter.articles.studio.blueprint import studio
from helpcenter.articles.studio.views import (
    archivals,
    articles,
    editions,
    forecasts,
    links,
    mine,
    pictures,
    plans,
    previews,
    reconciliations,
    reviews,
    revisions,
    topic_articles,
    translations,
    verifications,
    working_copies,
)
from helpcenter.core import jobs

DAY_SECONDS = 24 * 3600
PAGES = (
    articles,
    editions,
    forecasts,
    revisions,
    archivals,
    previews,
    pictures,
    working_copies,
    reconciliations,
    reviews,
    plans,
    translations,
    mine,
    topic_articles,
    verifications,
    links,
)
"""Named, because importing them is what puts their addresses on the blueprint."""


def register(app: Flask) -> None:
    """Everything under /studio that is about articles."""
    app.register_blueprint(studio)
    jobs.every(app, "articles: forget old working copies", DAY_SECONDS, working_copy.forget_old)
    jobs.every(app, "articles: do what is planned", planning.LOOK_SECONDS, planning.do_due)
