"""A reader says that a solved question solved it for them too: once for each person, and they can take it back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ScalarSelect, String, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.community.question import SUBJECT, Question, recounted
from helpcenter.core import clock
from helpcenter.core.db import Model, db, lock_row
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor


class SolvedForMe(Model):
    """`voter` is one word for one person, as in their votes."""

    __tablename__ = "solved_for_me"
    __table_args__ = (UniqueConstraint("question_id", "voter"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    voter: Mapped[str] = mapped_column(String(40), index=True)
    said_at: Mapped[datetime]


def say(question: Question, *, by: Actor) -> None:
    """Say it; twice is once, also before and after signing in. After begin_write(), with the locked row."""
    if has_said(question.id, by):
        return
    db.session.add(SolvedForMe(question_id=question.id, voter=by.person, said_at=clock.now()))
    _count(question)
    _record("solved_for_me", question, by)


def take_back(question: Question, *, by: Actor) -> None:
    """It did not after all. To be called after begin_write(), with the locked row."""
    if not has_said(question.id, by):
        return
    _delete(SolvedForMe.question_id == question.id, SolvedForMe.voter.in_(by.names))
    _count(question)
    _record("not_solved", question, by)


def has_said(question_id: int, by: Actor) -> bool:
    """Whether this person said so, signed in or before."""
    theirs = (SolvedForMe.question_id == question_id, SolvedForMe.voter.in_(by.names))
    return db.session.execute(select(SolvedForMe.id).where(*theirs).limit(1)).first() is not None


def forget(voters: Collection[str]) -> None:
    """Take back whatever these voters said without a trace, and count. To be called after begin_write()."""
    theirs = SolvedForMe.voter.in_(sorted(voters))
    question_ids = db.session.scalars(select(SolvedForMe.question_id).where(theirs).distinct()).all()
    for question_id in sorted(question_ids):
        question = lock_row(select(Question).where(Question.id == question_id))
        _delete(SolvedForMe.question_id == question_id, theirs)
        _count(question)


def count_of(question_id: Any) -> ScalarSelect[int]:
    """How many people it solved it for besides the asker."""
    return select(func.count(SolvedForMe.id)).where(SolvedForMe.question_id == question_id).scalar_subquery()


def _count(question: Question) -> None:
    db.session.flush()
    recounted(question, solved_for=db.session.scalar(select(count_of(question.id))) or 0)


def _record(kind: str, question: Question, by: Actor) -> None:
    recorder.record(
        kind, by=by, subject=(SUBJECT, question.id), locale=question.locale, topic_id=question.root_topic_id
    )


def _delete(*where: Any) -> None:
    db.session.execute(delete(SolvedForMe).where(*where), execution_options={"synchronize_session": False})
