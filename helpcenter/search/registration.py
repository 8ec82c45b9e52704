"""Registers search: the engine, and the job that keeps its index up to date."""

from __future__ import annotations

from flask import Flask

from helpcenter.core import health, jobs
from helpcenter.search import drainer, engines, finding, outbox, pin, state, synonym

# Short, because a changed page is looked for at once; an idle round costs one query.
DRAIN_EVERY_SECONDS = 1


def register(app: Flask) -> None:
    """The engine of this process and its drainer."""
    engines.register(app)
    jobs.every(app, "search index", DRAIN_EVERY_SECONDS, drainer.drain)
    # A damaged index heals itself and titles answer until then: taking the site away from readers would be worse.
    health.check(app, "search index", state.problem, is_vital=False)


__all__ = ["finding", "outbox", "pin", "register", "synonym"]
