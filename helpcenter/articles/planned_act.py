"""What shall happen to an edition at a moment to come: its words are published, or it is archived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db

LONGEST_FAILURE = 300


class Act(StrEnum):
    """What is planned."""

    PUBLISH = "publish"
    ARCHIVE = "archive"


class PlannedAct(Model):
    """One of each for an edition; the row ends with the act. `failure` says why it could not be done, else ''."""

    __tablename__ = "planned_act"
    __table_args__ = (UniqueConstraint("edition_id", "act"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    act: Mapped[str] = mapped_column(String(8))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(index=True)
    planned_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    failure: Mapped[str] = mapped_column(String(LONGEST_FAILURE), default="")


def of(edition_id: int) -> dict[str, PlannedAct]:
    """What is planned for an edition, by the act."""
    rows = db.session.scalars(select(PlannedAct).where(PlannedAct.edition_id == edition_id))
    return {row.act: row for row in rows}


def plan(edition_id: int, act: Act, at: datetime, *, by: int | None, revision_id: int | None = None) -> PlannedAct:
    """Plan it, or plan it otherwise. To be called after begin_write()."""
    drop(edition_id, act)
    row = PlannedAct(edition_id=edition_id, act=act, at=at, planned_by=by, revision_id=revision_id)
    db.session.add(row)
    db.session.flush()
    return row


def drop(edition_id: int, act: Act, *, revision_id: int | None = None) -> None:
    """Nothing of this kind is planned any more, or nothing of this revision. To be called after begin_write()."""
    gone = delete(PlannedAct).where(PlannedAct.edition_id == edition_id, PlannedAct.act == act)
    if revision_id is not None:
        gone = gone.where(PlannedAct.revision_id == revision_id)
    db.session.execute(gone)


def due() -> Sequence[int]:
    """The ids of what has to be done now, the earliest first; what failed waits for a person."""
    now = select(PlannedAct.id).where(PlannedAct.at <= clock.now(), PlannedAct.failure == "")
    return db.session.scalars(now.order_by(PlannedAct.at, PlannedAct.id)).all()
