"""Questions that were asked before: each points to the one that counts, which points nowhere itself.

So there is neither a chain nor a circle: whoever points to a duplicate points to what that one points to, and what
pointed to a question that becomes a duplicate points to its original from then on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, ScalarSelect, Select, Text, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.community import telling
from helpcenter.community.question import SUBJECT, Question, recounted
from helpcenter.core import clock
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import Model, db
from helpcenter.core.refusals import Conflict
from helpcenter.search import outbox
from helpcenter.topics.audience import Audience
from helpcenter.topics.tree import tree

_STANDING = text("ended_at IS NULL")
LONGEST_CONTEST = 600


class Loop(ValueError):
    """A question can not be a duplicate of itself, neither at once nor by a way round."""


class NotForAll(ValueError):
    """Not everybody who reads the question may read what it would point to."""


class DuplicateMark(Model):
    """It stands while `ended_at` is None. `contest` is what the asker says against it, until a moderator decided."""

    __tablename__ = "duplicate_mark"
    __table_args__ = (
        Index(
            "ix_duplicate_mark_standing",
            "question_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index("ix_duplicate_mark_contested_at", "contested_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    original_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), index=True)
    marked_by: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    marked_at: Mapped[datetime]
    contest: Mapped[str] = mapped_column(Text, default="")
    contested_at: Mapped[datetime | None]
    kept_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    kept_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None]

    @property
    def waits(self) -> bool:
        """Whether the asker contests it and nobody has decided yet."""
        return self.contested_at is not None and self.kept_at is None


def pointing(question_id: int, wanted_id: int, marks: Mapping[int, int]) -> dict[int, int]:
    """What points where once a question is a duplicate: its own mark and those that move along. Raises Loop.

    `marks` holds the originals of duplicates, none of which is a duplicate itself; it stays so.
    """
    original_id = marks.get(wanted_id, wanted_id)
    if original_id == question_id or wanted_id == question_id:
        raise Loop(question_id)
    return {question_id: original_id, **{one: original_id for one, to in marks.items() if to == question_id}}


def mark(question_id: int, wanted_id: int, *, by_id: int) -> None:
    """Say that a question was asked before. To be called after begin_write(). Raises Loop, NotForAll, Conflict."""
    # Locked in the order of their numbers, so that two who mark crosswise wait for each other and not for ever.
    near = _near(question_id, wanted_id)
    rows = {row.id: row for row in db.session.scalars(_locked(near))}
    marks = {row.id: row.original_id for row in rows.values() if row.original_id is not None}
    if _near(question_id, wanted_id) != near or not {question_id, wanted_id} <= rows.keys():
        raise Conflict
    moving = pointing(question_id, wanted_id, marks)
    for one, original_id in moving.items():
        if not _is_for_all(rows[one], rows[original_id]):
            raise NotForAll(one)
        _end(one, by_id)
        db.session.add(DuplicateMark(question_id=one, original_id=original_id, marked_by=by_id, marked_at=clock.now()))
        _show(rows[one], original_id)
    asked = rows[question_id]
    original = (SUBJECT, moving[question_id])
    telling.asked_before((SUBJECT, question_id), original, asker_id=asked.author_id, by_id=by_id)


def undo(question: Question, *, by_id: int) -> None:
    """It is a question of its own again. After begin_write(), with the locked row."""
    original_id = question.original_id
    if original_id is not None:
        _end(question.id, by_id)
        _show(question, original_id)


def standing_near(question_id: int) -> list[tuple[int, int]]:
    """The marks that marking this question would end, each with its question: its own, and those that lead to it."""
    near = or_(DuplicateMark.question_id == question_id, DuplicateMark.original_id == question_id)
    rows = select(DuplicateMark.question_id, DuplicateMark.id).where(near, DuplicateMark.ended_at.is_(None))
    return [(one, mark_id) for one, mark_id in db.session.execute(rows.order_by(DuplicateMark.id))]


def revive(question: Question, mark_id: int, *, by_id: int) -> None:
    """An ended mark stands again in place of the present one, unless what it leads to leads on by now.

    After begin_write(), with the locked row.
    """
    row = db.session.get_one(DuplicateMark, mark_id)
    if db.session.scalar(select(Question.original_id).where(Question.id == row.original_id)) is None:
        _end(question.id, by_id)
        row.ended_at, row.ended_by = None, None
        _show(question, row.original_id)


def contest(question: Question, words: str) -> None:
    """The asker says that it is another question; once for each mark. After begin_write(), with the locked row."""
    row = standing(question.id)
    if row is not None and row.contested_at is None:
        row.contest, row.contested_at = words, clock.now()
        db.session.flush()
        content_changed()


def uphold(question: Question, *, by_id: int) -> None:
    """A moderator looked at what the asker says, and the mark stays. After begin_write(), with the locked row."""
    row = standing(question.id)
    if row is not None and row.waits:
        row.kept_by, row.kept_at = by_id, clock.now()
        db.session.flush()
        content_changed()


def standing(question_id: int) -> DuplicateMark | None:
    """The mark that counts now."""
    wanted = (DuplicateMark.question_id == question_id, DuplicateMark.ended_at.is_(None))
    return db.session.scalars(select(DuplicateMark).where(*wanted)).first()


def contested() -> Select[DuplicateMark]:
    """Marks that wait for a moderator's word, the oldest contest first."""
    waits = (
        DuplicateMark.ended_at.is_(None),
        DuplicateMark.contested_at.is_not(None),
        DuplicateMark.kept_at.is_(None),
    )
    return select(DuplicateMark).where(*waits).order_by(DuplicateMark.contested_at, DuplicateMark.id)


def original_of(question_id: Any) -> ScalarSelect[int]:
    """What a question is a duplicate of; NULL for none."""
    wanted = (DuplicateMark.question_id == question_id, DuplicateMark.ended_at.is_(None))
    return select(DuplicateMark.original_id).where(*wanted).scalar_subquery()


def others_of(question_ids: Sequence[int]) -> dict[int, list[Question]]:
    """The questions that point to each of these, so that these are found by their words too."""
    found: dict[int, list[Question]] = {}
    for row in db.session.scalars(select(Question).where(Question.original_id.in_(question_ids)).order_by(Question.id)):
        found.setdefault(row.original_id or 0, []).append(row)
    return found


def audience_of(row: Question) -> str:
    """Who may read a question, by its topic."""
    node = tree().nodes.get(row.topic_id or 0)
    return node.audience if node else Audience.EVERYONE


def _is_for_all(row: Question, original: Question) -> bool:
    return audience_of(original) in (Audience.EVERYONE, audience_of(row))


def _near(question_id: int, wanted_id: int) -> set[int]:
    """Every question that marking may touch."""
    further = db.session.scalars(select(Question.original_id).where(Question.id == wanted_id)).first()
    pointing_here = db.session.scalars(select(Question.id).where(Question.original_id == question_id))
    return {question_id, wanted_id, *pointing_here, *([further] if further else [])}


def _locked(question_ids: set[int]) -> Select[Question]:
    rows = select(Question).where(Question.id.in_(question_ids)).order_by(Question.id).with_for_update()
    return rows.execution_options(populate_existing=True)


def _end(question_id: int, by_id: int) -> None:
    row = standing(question_id)
    if row is not None:
        row.ended_at, row.ended_by = clock.now(), by_id
        # Before the next one is written: two may not stand at once, not even for a moment.
        db.session.flush()


def _show(question: Question, other_id: int) -> None:
    db.session.flush()
    before = question.original_id
    recounted(question, original_id=db.session.scalar(select(original_of(question.id))))
    for question_id in {question.id, other_id, *([before] if before else [])}:
        outbox.note(SUBJECT, question_id)
    content_changed()
