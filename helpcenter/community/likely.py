"""Questions that read "likely answered": somebody was helped, and nothing was said for two weeks.

It is a word for readers and counts as nothing: no solution, no evidence.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from helpcenter.community.question import Kind, Question
from helpcenter.core import clock
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db

QUIET = timedelta(days=14)
LOOK_SECONDS = 3600


def is_likely_answered(question: Question) -> bool:
    """Whether an answer helped somebody, nobody accepted one, and it has been quiet since."""
    return (
        question.can_be_solved
        and not question.is_solved
        and question.original_id is None
        and question.helpful > 0
        and clock.now() - question.active_at >= QUIET
    )


def show_quiet() -> bool:
    """Let public pages say so of what became quiet since the last look; whether anything did. Commits: a job."""
    before = clock.now() - QUIET
    # Twice the pause, so that a look that came late misses none.
    became = (Question.active_at <= before, Question.active_at > before - timedelta(seconds=2 * LOOK_SECONDS))
    open_ones = (Question.kind == Kind.QUESTION, Question.helpful > 0, Question.solution_id.is_(None))
    if db.session.execute(select(Question.id).where(*became, *open_ones).limit(1)).first() is None:
        return False
    begin_write()
    content_changed()
    db.session.commit()
    return True
