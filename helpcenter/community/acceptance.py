"""The answer that solved it: who accepted it and when, taken back by those who may, with every earlier one kept."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, ScalarSelect, String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.community import telling
from helpcenter.community.answer import SUBJECT as ANSWER
from helpcenter.community.answer import Answer
from helpcenter.community.question import SUBJECT as QUESTION
from helpcenter.community.question import Question, recounted
from helpcenter.core import clock
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import Model, db
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.search import outbox

_STANDING = text("withdrawn_at IS NULL")


class Via(StrEnum):
    """On whose word it counts as solved."""

    ASKER = "asker"
    STAFF = "staff"
    TRUSTED = "trusted"


class Acceptance(Model):
    """One acceptance; it stands while `withdrawn_at` is None, and one at most stands for each question."""

    __tablename__ = "acceptance"
    __table_args__ = (
        ForeignKeyConstraint(["question_id", "answer_id"], ["answer.question_id", "answer.id"], onupdate="CASCADE"),
        CheckConstraint("via IN ('asker', 'staff', 'trusted')", name="via"),
        Index(
            "ix_acceptance_standing",
            "question_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int]
    answer_id: Mapped[int] = mapped_column(index=True)
    via: Mapped[str] = mapped_column(String(8))
    accepted_by: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    accepted_at: Mapped[datetime]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None]


def accept(question: Question, answer: Answer, *, by: Actor, user_id: int, via: Via) -> None:
    """This answer solved it; whichever stood before makes room. To be called after begin_write(), with the locked row.

    Raises ValueError for an experience, which has nothing to solve.
    """
    if not question.can_be_solved:
        raise ValueError("an experience has no solution")
    before = standing(question.id)
    if before is not None and before.answer_id == answer.id:
        return
    if before is not None:
        _end(before, question, by=by, user_id=user_id)
    now = clock.now()
    db.session.add(
        Acceptance(question_id=question.id, answer_id=answer.id, via=via.value, accepted_by=user_id, accepted_at=now)
    )
    question.active_at, answer.not_yet_at = now, None
    _record("accepted", (ANSWER, answer.id), question, by)
    telling.accepted((QUESTION, question.id), (ANSWER, answer.id), author_id=answer.author_id, accepted_by=user_id)
    _show(question)


def withdraw(question: Question, *, by: Actor, user_id: int | None) -> None:
    """It is open again, if it was solved. To be called after begin_write(), with the locked row."""
    before = standing(question.id)
    if before is None:
        return
    _end(before, question, by=by, user_id=user_id)
    _show(question)


def say_not_solved(question: Question, answer: Answer, *, by: Actor, user_id: int) -> None:
    """The asker says that an answer did not help: it counts as no solution, and they are not asked about it again.

    To be called after begin_write(), with the locked row.
    """
    answer.not_yet_at = clock.now()
    recorder.record(
        "not_solved", by=by, subject=(QUESTION, question.id), locale=question.locale, topic_id=question.root_topic_id
    )
    if question.solution_id == answer.id:
        withdraw(question, by=by, user_id=user_id)


def stand_again(acceptance_id: int, question: Question, *, by: Actor) -> None:
    """What stood before its answer was hidden stands again, unless another answer solved it since.

    It is a row of its own, with whoever accepted then: their word was never taken back. With the locked question.
    """
    before = db.session.get(Acceptance, acceptance_id)
    if before is None or standing(question.id) is not None:
        return
    db.session.add(
        Acceptance(
            question_id=question.id,
            answer_id=before.answer_id,
            via=before.via,
            accepted_by=before.accepted_by,
            accepted_at=before.accepted_at,
        )
    )
    _record("accepted", (ANSWER, before.answer_id), question, by)
    _show(question)


def set_aside(question: Question, *, by_id: int) -> Acceptance | None:
    """Take down the solution and say so in no event: whoever accepted it still found it solved. With the locked row."""
    row = standing(question.id)
    if row is not None:
        row.withdrawn_at, row.withdrawn_by = clock.now(), by_id
        _show(question)
    return row


def take_up(row: Acceptance, question: Question) -> None:
    """What was set aside stands again, unless its answer is gone or out of sight, or another one solved it meanwhile.

    With the locked question.
    """
    answer = db.session.get(Answer, row.answer_id, populate_existing=True)
    is_there = answer is not None and answer.is_shown and answer.question_id == question.id
    if is_there and standing(question.id) is None:
        row.withdrawn_at, row.withdrawn_by = None, None
        _show(question)


def standing(question_id: int) -> Acceptance | None:
    """The acceptance that counts now."""
    wanted = (Acceptance.question_id == question_id, Acceptance.withdrawn_at.is_(None))
    return db.session.scalars(select(Acceptance).where(*wanted)).first()


def solution_of(question_id: Any) -> ScalarSelect[int]:
    """The answer that stands accepted; NULL for none."""
    wanted = (Acceptance.question_id == question_id, Acceptance.withdrawn_at.is_(None))
    return select(Acceptance.answer_id).where(*wanted).scalar_subquery()


def _end(row: Acceptance, question: Question, *, by: Actor, user_id: int | None) -> None:
    row.withdrawn_at, row.withdrawn_by = clock.now(), user_id
    # Before the next one is written: two may not stand at once, not even for a moment.
    db.session.flush()
    _record("acceptance_withdrawn", (ANSWER, row.answer_id), question, by)


def _record(kind: str, subject: tuple[str, int], question: Question, by: Actor) -> None:
    recorder.record(
        kind,
        by=by,
        subject=subject,
        locale=question.locale,
        topic_id=question.root_topic_id,
        detail={"question": question.id},
    )


def _show(question: Question) -> None:
    db.session.flush()
    question.solution_id = db.session.scalar(select(solution_of(question.id)))
    recounted(question)
    outbox.note(QUESTION, question.id)
    content_changed()
