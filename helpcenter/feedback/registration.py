"""Registers the list for editors, the job that lets pages show new counts, and what an erased person leaves."""

from __future__ import annotations

from flask import Flask

from helpcenter.core import jobs, subjects
from helpcenter.feedback import erasure, tally
from helpcenter.feedback.views import dones, feedback
from helpcenter.journeys import erasure as journeys_erasure

SHOW_SECONDS = 30
"""Counts reach public pages within a minute, so half of one is left for the job itself."""


def register(app: Flask) -> None:
    """Votes are a subject only so that a person can be exported; nothing links to a vote."""
    app.register_blueprint(feedback.blueprint)
    app.register_blueprint(dones.blueprint)
    jobs.every(app, "votes: show new counts", SHOW_SECONDS, tally.show_changes)
    journeys_erasure.follow(app, erasure.forget)
    subjects.register(app, "vote", subjects.pageless(erasure.export))
