"""Having the same question: one word from each person, which they can take back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ScalarSelect, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.community.question import Question, recounted
from helpcenter.core import clock
from helpcenter.core.db import Model, db, lock_row, upsert


class MeToo(Model):
    __tablename__ = "me_too"
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True)
    said_at: Mapped[datetime]


def say(question: Question, user_id: int) -> None:
    """Say it; twice is once. To be called after begin_write(), with the locked row."""
    row = upsert(MeToo).values(question_id=question.id, user_id=user_id, said_at=clock.now())
    db.session.execute(row.on_conflict_do_nothing())
    _count(question)


def take_back(question: Question, user_id: int) -> None:
    """Take it back. To be called after begin_write(), with the locked row."""
    _delete(MeToo.question_id == question.id, MeToo.user_id == user_id)
    _count(question)


def forget(user_ids: Iterable[int]) -> None:
    """Take back whatever these people said, and count. To be called after begin_write()."""
    theirs = MeToo.user_id.in_(list(user_ids))
    question_ids = db.session.scalars(select(MeToo.question_id).where(theirs).distinct()).all()
    for question_id in sorted(question_ids):
        question = lock_row(select(Question).where(Question.id == question_id))
        _delete(MeToo.question_id == question_id, theirs)
        _count(question)


def count_of(question_id: Any) -> ScalarSelect[int]:
    """How many people have the same question."""
    return select(func.count(MeToo.user_id)).where(MeToo.question_id == question_id).scalar_subquery()


def _count(question: Question) -> None:
    recounted(question, me_too=db.session.scalar(select(count_of(question.id))) or 0)


def _delete(*where: Any) -> None:
    db.session.execute(delete(MeToo).where(*where), execution_options={"synchronize_session": False})
