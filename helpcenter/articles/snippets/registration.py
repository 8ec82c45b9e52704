"""Registers snippets: the kind, their pages, and the job that makes anew what shows them."""

from __future__ import annotations

from flask import Flask

from helpcenter.articles.snippets import changing, rerendering, subject
from helpcenter.articles.snippets.views import choices, proposals, snippets
from helpcenter.core import jobs, subjects


def register(app: Flask) -> None:
    """Everything under /studio/snippets."""
    subjects.register(app, changing.KIND, subject.SUBJECT)
    for page in (snippets, proposals, choices):
        app.register_blueprint(page.blueprint)
    jobs.every(app, "articles: show snippets as they are now", rerendering.EVERY_SECONDS, rerendering.render_outdated)
