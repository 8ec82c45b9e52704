"""Registers search: the engine, and the job that keeps its index up to date."""

from __future__ import annotations

from flask import Flask

from helpcenter.core import jobs
from helpcenter.search import drainer, engines, finding, outbox, pin, synonym

# Short, because a changed page is looked for at once; an idle round costs one query.
DRAIN_EVERY_SECONDS = 1


def register(app: Flask) -> None:
    """The engine of this process and its drainer."""
    engines.register(app)
    jobs.every(app, "search index", DRAIN_EVERY_SECONDS, drainer.drain)


__all__ = ["finding", "outbox", "pin", "register", "synonym"]
