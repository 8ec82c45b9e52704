"""Whether an answer helped: the votes of feedback, and what they add up to for the question."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, func, select

from helpcenter.community.answer import SUBJECT, Answer
from helpcenter.community.moderation.state import State
from helpcenter.community.question import Question, recounted
from helpcenter.core.db import db
from helpcenter.feedback import vote
from helpcenter.feedback.tally import HelpfulTally
from helpcenter.journeys.actor import Actor


def cast_vote(question: Question, answer: Answer, *, helpful: bool, by: Actor) -> None:
    """Cast or change a vote, and count. To be called after begin_write(), with the locked question."""
    vote.cast_vote(
        subject=(SUBJECT, answer.id),
        revision_id=answer.revision,
        helpful=helpful,
        by=by,
        locale=question.locale,
        topic_id=question.root_topic_id,
    )
    _count(question)


def withdraw(question: Question, answer: Answer, *, by: Actor) -> None:
    """Take a vote back, and count. To be called after begin_write(), with the locked question."""
    vote.withdraw(
        subject=(SUBJECT, answer.id),
        revision_id=answer.revision,
        by=by,
        locale=question.locale,
        topic_id=question.root_topic_id,
    )
    _count(question)


def count_of(question_id: Any) -> ScalarSelect[int]:
    """How many times somebody said that an answer of this question helped; of those that readers see."""
    # Not a join: SQLite would begin one with every tally of the site.
    of_answer = select(HelpfulTally.yes).where(tally_of_answer()).correlate(Answer).scalar_subquery()
    shown = (Answer.question_id == question_id, Answer.state == State.SHOWN.value)
    return select(func.coalesce(func.sum(of_answer), 0)).where(*shown).scalar_subquery()


def tally_of_answer() -> Any:
    """How an answer meets the votes on what it says now."""
    return (
        (HelpfulTally.subject_kind == SUBJECT)
        & (HelpfulTally.subject_id == Answer.id)
        & (HelpfulTally.revision_id == Answer.revision)
    )


def _count(question: Question) -> None:
    recounted(question, helpful=int(db.session.scalar(select(count_of(question.id))) or 0))
