"""Registers articles: the kind, the readers' pages, the votes on them, the studio."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from helpcenter.accounts.notifications import kind
from helpcenter.articles import (
    feedback_parts,
    journal_names,
    review_telling,
    subject,
    suggestion,
    suggestion_answer,
    suggestion_subject,
    verification_letter,
)
from helpcenter.articles.authors import authors_of
from helpcenter.articles.folder import relinking, rerendering
from helpcenter.articles.health import registration as health
from helpcenter.articles.snippets import registration as snippets
from helpcenter.articles.studio import registration as studio
from helpcenter.articles.studio.views import help_keys
from helpcenter.articles.studio.views import suggestions as suggestions_studio
from helpcenter.articles.views import articles, helps, stucks, suggestions, votes
from helpcenter.core import jobs, journal, mail, subjects
from helpcenter.feedback import part
from helpcenter.journeys import erasure, exclusion

HOUR_SECONDS = 3600
DAY_SECONDS = 24 * HOUR_SECONDS


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
    review_telling.register(app)
    journal.name(app, journal_names.NAMES)
    studio.register(app)
    health.register(app)
    snippets.register(app)
    kind.register_letter(
        app, verification_letter.LETTER, _l("Articles I look after that need to be verified"), verb="edit_articles"
    )
    jobs.every(app, "articles: letters about what is overdue", HOUR_SECONDS, verification_letter.send_due)
    jobs.every(app, "articles: lead links to new addresses", relinking.EVERY_SECONDS, relinking.relink)
    jobs.every(app, "articles: make anew what was marked", rerendering.EVERY_SECONDS, rerendering.render_marked)
    _register_suggestions(app)


def _register_suggestions(app: Flask) -> None:
    subjects.register(app, suggestion_answer.SUGGESTION, suggestion_subject.SUBJECT)
    suggestion_answer.register(app)
    app.register_blueprint(suggestions.blueprint)
    app.register_blueprint(suggestions_studio.blueprint)
    # While it is still known what an erased person was called.
    erasure.follow(app, suggestion_subject.forget)
    mail.follow_forgetting(app, suggestion.forget_address)
    jobs.every(app, "suggestions: forget old addresses", DAY_SECONDS, suggestion.forget_old_addresses)
