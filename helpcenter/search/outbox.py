"""What changed and waits to be indexed: one row, written in the transaction of the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db, upsert
from helpcenter.search.document import SubjectKey


class Outbox(Model):
    __tablename__ = "search_outbox"
    # Without it SQLite would give a number again once its row is gone, and an index could not tell old from new.
    __table_args__ = {"sqlite_autoincrement": True}
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    queued_at: Mapped[datetime]


class Progress(Model):
    __tablename__ = "search_progress"
    id: Mapped[int] = mapped_column(primary_key=True)
    applied: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True)
class Waiting:
    """The state of the outbox: the largest number applied, the newest that waits (0: none), how long the oldest has."""

    applied: int
    newest: int
    oldest_at: datetime | None


@dataclass(frozen=True)
class Batch:
    """Rows taken together, and the subjects they name, each once."""

    ids: tuple[int, ...]
    subjects: tuple[SubjectKey, ...]


def note(kind: str, subject_id: int) -> None:
    """Have a subject indexed anew after the commit. To be called after begin_write()."""
    db.session.add(Outbox(kind=kind, subject_id=subject_id, queued_at=clock.now()))


def waiting() -> Waiting:
    """What waits now; one query."""
    applied = select(Progress.applied).where(Progress.id == 1).scalar_subquery()
    row = db.session.execute(select(applied, func.max(Outbox.id), func.min(Outbox.queued_at))).one()
    return Waiting(row[0] or 0, row[1] or 0, row[2])


def count() -> int:
    """How many rows wait."""
    return db.session.scalar(select(func.count()).select_from(Outbox)) or 0


def next_batch(most: int) -> Batch:
    """The oldest rows that wait, at most so many subjects; empty when none does.

    Rows are taken by their own numbers and never by "up to": PostgreSQL gives numbers before it commits, so a smaller
    one may appear later.
    """
    rows = db.session.execute(select(Outbox.id, Outbox.kind, Outbox.subject_id).order_by(Outbox.id).limit(4 * most))
    subjects: dict[SubjectKey, None] = {}
    ids = []
    for id, kind, subject_id in rows:
        if (kind, subject_id) in subjects or len(subjects) < most:
            subjects[kind, subject_id] = None
            ids.append(id)
    return Batch(tuple(ids), tuple(subjects))


def forget(ids: Sequence[int], applied: int) -> None:
    """Remove rows that the index holds now, and remember how far it is. To be called after begin_write()."""
    if ids:
        db.session.execute(delete(Outbox).where(Outbox.id.in_(ids)))
    row = upsert(Progress).values(id=1, applied=applied)
    db.session.execute(row.on_conflict_do_update(index_elements=["id"], set_={"applied": applied}))
