"""How often somebody may post in a day: a newcomer a few times, until a week showed that they mean it."""

from __future__ import annotations

from datetime import timedelta

from helpcenter.accounts import user
from helpcenter.accounts.viewer import Viewer
from helpcenter.core import clock, limits

NEW_FOR = timedelta(days=7)
QUESTIONS_OF_NEW, ANSWERS_OF_NEW = "3 per day", "10 per day"
QUESTIONS, ANSWERS = "30 per day", "200 per day"


def spend_question(viewer: Viewer) -> None:
    """Count a question. Raises TooMany. To be called before begin_write()."""
    limits.spend(QUESTIONS_OF_NEW if is_new(viewer) else QUESTIONS, "question", f"user:{viewer.id}")


def spend_answer(viewer: Viewer) -> None:
    """Count an answer. Raises TooMany. To be called before begin_write()."""
    limits.spend(ANSWERS_OF_NEW if is_new(viewer) else ANSWERS, "answer", f"user:{viewer.id}")


def is_new(viewer: Viewer) -> bool:
    """Whether somebody has been here for less than a week."""
    person = user.by_id(viewer.id or 0)
    return person is None or clock.now() - person.created_at < NEW_FOR
