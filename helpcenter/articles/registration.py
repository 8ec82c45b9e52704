"""Registers articles: the kind, the readers' pages, the votes on them, the studio."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from helpcenter.accounts.notifications import kind
from helpcenter.articles import journal_names, review_telling, subject, verification_letter
from helpcenter.articles.authors import authors_of
from helpcenter.articles.folder import relinking
from helpcenter.articles.studio import registration as studio
from helpcenter.articles.studio.views import help_keys
from helpcenter.articles.views import articles, helps, stucks, votes
from helpcenter.core import jobs, journal, subjects
from helpcenter.journeys import exclusion

HOUR_SECONDS = 3600


def register(app: Flask) -> None:
    """Articles as others may ask about them, and their pages."""
    subjects.register(app, subject.KIND, subject.SUBJECT)
    exclusion.register_authors(app, subject.KIND, authors_of)
    app.register_blueprint(articles.blueprint)
    app.register_blueprint(votes.blueprint)
    app.register_blueprint(stucks.blueprint)
    app.register_blueprint(helps.blueprint)
    app.register_blueprint(help_keys.blueprint)
    review_telling.register(app)
    journal.name(app, journal_names.NAMES)
    studio.register(app)
    kind.register_letter(
        app, verification_letter.LETTER, _l("Articles I look after that want to be verified"), verb="edit_articles"
    )
    jobs.every(app, "articles: letters about what is overdue", HOUR_SECONDS, verification_letter.send_due)
    jobs.every(app, "articles: lead links to new addresses", relinking.EVERY_SECONDS, relinking.relink)
