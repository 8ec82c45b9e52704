"""What waits for a moderator's look, one entry for each post or person, the oldest first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.community.moderation.act import ModerationAct
from helpcenter.community.moderation.flag import Flag
from helpcenter.core import clock
from helpcenter.core.db import Model, db
from helpcenter.core.refusals import Conflict, NotFound
from helpcenter.journeys.actor import Actor

_OPEN = text("settled_act_id IS NULL")
Subject = tuple[str, int]


class Because(StrEnum):
    """Why it is looked at."""

    LINK = "link"
    FAST = "fast"
    STOP_WORD = "stop_word"
    FLAGS = "flags"
    REPORT = "report"


class ReviewEntry(Model):
    """It is open while `settled_act_id` is None. `detail` keeps what the event of a waiting post says of its writer.

    One open entry at most stands for each post or person.
    """

    __tablename__ = "review_entry"
    __table_args__ = (
        Index(
            "ix_review_entry_open",
            "subject_kind",
            "subject_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_review_entry_settled_act_id", "settled_act_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    because: Mapped[str] = mapped_column(String(12))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    opened_at: Mapped[datetime]
    settled_act_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_act.id"))

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return self.subject_kind, self.subject_id


def wait(subject: Subject, because: Because, writer: Actor) -> None:
    """A post waits for its first look. To be called after begin_write()."""
    _open(subject, because, {"observable": writer.observable, "excluded": writer.excluded_reason})


def look(subject: Subject, because: Because) -> None:
    """Somebody flagged it; one entry is enough. To be called after begin_write()."""
    if of(subject) is None:
        _open(subject, because, {})


def of(subject: Subject) -> ReviewEntry | None:
    """The open entry about this."""
    wanted = (
        ReviewEntry.subject_kind == subject[0],
        ReviewEntry.subject_id == subject[1],
        ReviewEntry.settled_act_id.is_(None),
    )
    return db.session.scalars(select(ReviewEntry).where(*wanted)).first()


def locked_entry(entry_id: int) -> ReviewEntry:
    """An entry, locked until the commit. After begin_write(). Raises NotFound, Conflict for one already settled."""
    row = db.session.scalars(select(ReviewEntry).where(ReviewEntry.id == entry_id).with_for_update()).first()
    if row is None:
        raise NotFound
    if row.settled_act_id is not None:
        raise Conflict
    return row


def writer_of(subject: Subject, author_id: int) -> Actor:
    """Whoever wrote a post that waits, as they were when they sent it; their browser is not asked again."""
    wanted = (ReviewEntry.subject_kind == subject[0], ReviewEntry.subject_id == subject[1])
    detail: Mapping[str, Any] = (
        db.session.scalar(select(ReviewEntry.detail).where(*wanted).order_by(ReviewEntry.id).limit(1)) or {}
    )
    return Actor(None, author_id, observable=detail.get("observable", True), excluded_reason=detail.get("excluded"))


def settle(subject: Subject, act: ModerationAct) -> None:
    """An act answered whatever waited about this: the entry and every flag."""
    for row, theirs in ((ReviewEntry, _about(ReviewEntry, subject)), (Flag, _about(Flag, subject))):
        _run(update(row).where(theirs, row.settled_act_id.is_(None)).values(settled_act_id=act.id))


def reopen(act: ModerationAct) -> None:
    """The act was undone: what it answered waits again, unless another entry about the same is open."""
    answered = select(ReviewEntry).where(ReviewEntry.settled_act_id == act.id).with_for_update()
    for row in db.session.scalars(answered).all():
        if of(row.subject) is None:
            row.settled_act_id = None
            db.session.flush()
    _run(update(Flag).where(Flag.settled_act_id == act.id).values(settled_act_id=None))


def _open(subject: Subject, because: Because, detail: dict[str, Any]) -> None:
    row = ReviewEntry(
        subject_kind=subject[0], subject_id=subject[1], because=because.value, detail=detail, opened_at=clock.now()
    )
    db.session.add(row)
    db.session.flush()


def _about(row: Any, subject: Subject) -> Any:
    return (row.subject_kind == subject[0]) & (row.subject_id == subject[1])


def _run(statement: Any) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})
