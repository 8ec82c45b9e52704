"""Registers articles: the kind, the readers' pages, the votes on them, the studio."""

from __future__ import annotations

from flask import Flask

from helpcenter.articles import feedback_parts, subject, suggestion, suggestion_answer, suggestion_subject
from helpcenter.articles.authors import authors_of
from helpcenter.articles.studio import registration as studio
from helpcenter.articles.studio.views import help_keys
from helpcenter.articles.studio.views import suggestions as suggestions_studio
from helpcenter.articles.views import articles, helps, stucks, suggestions, votes
from helpcenter.core import jobs, mail, subjects
from helpcenter.feedback import part
from helpcenter.journeys import erasure, exclusion

FORGET_SECONDS = 24 * 3600


def register(app: Flask) -> None:
    """Articles as others may ask about them, and their pages."""
    subjects.register(app, subject.KIND, subject.SUBJECT)
    exclusion.register_authors(app, subject.KIND, authors_of)
    part.offer(app, subject.KIND, feedback_parts.parts_of)
    app.register_blueprint(articles.blueprint)
    app.register_blueprint(votes.blueprint)
    app.register_blueprint(stucks.blueprint)
    app.register_blueprint(helps.blueprint)
    app.register_blueprint(help_keys.blueprint)
    studio.register(app)
    _register_suggestions(app)


def _register_suggestions(app: Flask) -> None:
    subjects.register(app, suggestion_answer.SUGGESTION, suggestion_subject.SUBJECT)
    suggestion_answer.register(app)
    app.register_blueprint(suggestions.blueprint)
    app.register_blueprint(suggestions_studio.blueprint)
    # While it is still known what an erased person was called.
    erasure.follow(app, suggestion_subject.forget)
    mail.follow_forgetting(app, suggestion.forget_address)
    jobs.every(app, "suggestions: forget old addresses", FORGET_SECONDS, suggestion.forget_old_addresses)
