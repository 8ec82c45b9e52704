"""Registers the list for editors, the job that lets pages show new counts, and what an erased person leaves."""

from __future__ import annotations

from flask import Flask

from helpcenter.core import jobs, mail, subjects
from helpcenter.feedback import erasure, subject, tally, thanks, vote_address
from helpcenter.feedback.views import feedback, states
from helpcenter.journeys import erasure as journeys_erasure

FORGET_SECONDS = 24 * 3600
SHOW_SECONDS = 30
"""Counts reach public pages within a minute, so half of one is left for the job itself."""


def register(app: Flask) -> None:
    """A vote is a subject so that a person can take theirs along, and be told what became of one."""
    app.register_blueprint(feedback.blueprint)
    app.register_blueprint(states.blueprint)
    jobs.every(app, "votes: show new counts", SHOW_SECONDS, tally.show_changes)
    journeys_erasure.follow(app, erasure.forget)
    subjects.register(app, thanks.VOTE, subject.SUBJECT)
    thanks.register(app)
    mail.follow_forgetting(app, vote_address.forget_address)
    jobs.every(app, "votes: forget old addresses", FORGET_SECONDS, vote_address.forget_old)
