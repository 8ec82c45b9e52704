"""Registers articles: the kind, the readers' pages, the votes on them, the studio."""

from __future__ import annotations

from flask import Flask

from helpcenter.articles import subject
from helpcenter.articles.authors import authors_of
from helpcenter.articles.health import registration as health
from helpcenter.articles.studio import registration as studio
from helpcenter.articles.studio.views import help_keys
from helpcenter.articles.views import articles, helps, stucks, votes
from helpcenter.core import subjects
from helpcenter.journeys import exclusion


def register(app: Flask) -> None:
    """Articles as others may ask about them, and their pages."""
    subjects.register(app, subject.KIND, subject.SUBJECT)
    exclusion.register_authors(app, subject.KIND, authors_of)
    app.register_blueprint(articles.blueprint)
    app.register_blueprint(votes.blueprint)
    app.register_blueprint(stucks.blueprint)
    app.register_blueprint(helps.blueprint)
    app.register_blueprint(help_keys.blueprint)
    studio.register(app)
    health.register(app)
