"""How long it usually takes until somebody answers, as it was in the last four weeks.

Questions that nobody has answered count as waiting longer than any other, so that silence makes the time no shorter.
"""

from __future__ import annotations

from datetime import timedelta

from flask_babel import ngettext
from sqlalchemy import func, select

from helpcenter.community.answer import Answer
from helpcenter.community.moderation.state import State
from helpcenter.community.question import Kind, Question
from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.core.rough_time import rough

WINDOW = timedelta(days=28)
FEWEST = 5
"""Of fewer questions than this the middle one says nothing."""
MOST = 500


def usual_seconds() -> float | None:
    """The median over questions of 28 days, of others' answers; None for too few, or where most were not answered."""
    asked = (
        select(Question.id, Question.author_id, Question.created_at)
        .where(
            Question.created_at > clock.now() - WINDOW,
            Question.kind == Kind.QUESTION,
            Question.state == State.SHOWN.value,
            Question.original_id.is_(None),
        )
        .order_by(Question.created_at.desc(), Question.id.desc())
        .limit(MOST)
        .subquery()
    )
    by_others = (
        Answer.question_id == asked.c.id,
        Answer.author_id != asked.c.author_id,
        Answer.state == State.SHOWN.value,
        # One that moved here from another question may be older than this one.
        Answer.created_at >= asked.c.created_at,
    )
    first = select(func.min(Answer.created_at)).where(*by_others).scalar_subquery()
    waits = sorted(
        (answered_at - asked_at).total_seconds() if answered_at else float("inf")
        for asked_at, answered_at in db.session.execute(select(asked.c.created_at, first))
    )
    # Of an even number the later of the two in the middle: a promise is kept more often than not.
    median = waits[len(waits) // 2] if len(waits) >= FEWEST else float("inf")
    return None if median == float("inf") else median


def told() -> str:
    """The sentence for a question that waits; '' where nothing can be said."""
    seconds = usual_seconds()
    if seconds is None:
        return ""
    unit, number = rough(seconds)
    if unit == "minute":
        return str(
            ngettext(
                "The first answer usually comes within %(num)d minute.",
                "The first answer usually comes within %(num)d minutes.",
                number,
            )
        )
    if unit == "hour":
        return str(
            ngettext(
                "The first answer usually comes within %(num)d hour.",
                "The first answer usually comes within %(num)d hours.",
                number,
            )
        )
    return str(
        ngettext(
            "The first answer usually comes within %(num)d day.",
            "The first answer usually comes within %(num)d days.",
            number,
        )
    )
