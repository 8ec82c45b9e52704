"""Registers the community: its two kinds, and the jobs that keep its counts and drafts."""

from __future__ import annotations

from flask import Flask

from helpcenter.community import answer, counting, draft, erasure, question, subject
from helpcenter.core import jobs, subjects
from helpcenter.journeys import erasure as journeys_erasure

SHOW_SECONDS = 30
DAY_SECONDS = 24 * 3600


def register(app: Flask) -> None:
    """Questions and answers as others may ask about them."""
    subjects.register(app, question.SUBJECT, subject.QUESTION)
    subjects.register(app, answer.SUBJECT, subject.ANSWER)
    journeys_erasure.follow(app, erasure.forget)
    jobs.every(app, "community: show new counts", SHOW_SECONDS, counting.show_changes)
    jobs.every(app, "community: forget old drafts", DAY_SECONDS, draft.forget_old)
