"""Registers visitors, the beacon and what an erased person leaves."""

from __future__ import annotations

from flask import Flask

from helpcenter.core import jobs, subjects
from helpcenter.journeys import erasure, gauges, kept_history, search_query, settlement, visitor
from helpcenter.journeys.views import events

DAY_SECONDS = 24 * 3600
SETTLE_SECONDS = 120


def register(app: Flask) -> None:
    """The table of events is a subject only so that a person can be exported and erased; nothing links to an event."""
    visitor.register(app)
    app.register_blueprint(events.blueprint)
    jobs.every(app, "searches: forget old words", DAY_SECONDS, search_query.forget_old)
    jobs.every(app, "episodes: settle", SETTLE_SECONDS, settlement.settle)
    gauges.register(app)
    erasure.follow(app, kept_history.forget)
    subjects.register(app, "event", subjects.pageless(erasure.export, erasure.erase))
