"""Registers search: the engine, and the job that keeps its index up to date."""

from __future__ import annotations

from flask import Flask

from helpcenter.core import health, jobs, mail, subjects
from helpcenter.search import drainer, engines, finding, gauges, outbox, pin, state, synonym, wait_check, waiting
from helpcenter.search.views import expectations, index, pins, synonyms, waits
from helpcenter.search.views.blueprint import search_words

# Short, because a changed page is looked for at once; an idle round costs one query.
DRAIN_EVERY_SECONDS = 1
TELL_EVERY_SECONDS, FORGET_SECONDS = 60, 24 * 3600
PAGES = (index, synonyms, pins, expectations)
"""Named, because importing them is what puts their addresses on the blueprint."""


def register(app: Flask) -> None:
    """The engine of this process, its drainer, and the pages on which editors tune it."""
    engines.register(app)
    jobs.every(app, "search index", DRAIN_EVERY_SECONDS, drainer.drain)
    # A damaged index heals itself and titles answer until then: taking the site away from readers would be worse.
    health.check(app, "search index", state.problem, is_vital=False)
    gauges.register(app)
    app.register_blueprint(search_words)
    app.register_blueprint(waits.blueprint)
    subjects.register(app, "search_wait", subjects.pageless(waiting.export, waiting.erase))
    mail.follow_forgetting(app, waiting.forget_address)
    jobs.every(app, "search: tell who waits", TELL_EVERY_SECONDS, wait_check.tell_of_news)
    jobs.every(app, "search: forget old waits", FORGET_SECONDS, waiting.forget_old)


__all__ = ["finding", "outbox", "pin", "register", "synonym"]
