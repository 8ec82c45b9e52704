"""What an editor looked at and found right as it is: it is listed no more until that is taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db, upsert

LONGEST_REASON = 200
LONGEST_WHAT = 500


class Pardon(Model):
    """`what` names the finding within its article by what it says and not by where it stands: lines move.

    `edition_id` is the language of the article it was found in, `by_id` who says that it is right, and why.
    """

    __tablename__ = "pardon"
    __table_args__ = (UniqueConstraint("edition_id", "kind", "what"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(12))
    what: Mapped[str] = mapped_column(String(LONGEST_WHAT))
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime]


def give(edition_id: int, kind: str, what: str, reason: str, *, by: int | None) -> int:
    """Find it right as it is; its number. Whoever says it again says it last. To be called after begin_write()."""
    values = {"reason": reason[:LONGEST_REASON], "by_id": by, "at": clock.now()}
    row = upsert(Pardon).values(edition_id=edition_id, kind=kind, what=what[:LONGEST_WHAT], **values)
    row = row.on_conflict_do_update(index_elements=["edition_id", "kind", "what"], set_=values)
    number: int = db.session.execute(row.returning(Pardon.id)).scalar_one()
    return number


def take_back(pardon_id: int) -> None:
    """List it again. To be called after begin_write()."""
    gone = delete(Pardon).where(Pardon.id == pardon_id)
    db.session.execute(gone, execution_options={"synchronize_session": False})


def of_kind(kind: str) -> dict[tuple[int, str], Pardon]:
    """What was found right of a kind, by the edition and by what it says."""
    rows = db.session.scalars(select(Pardon).where(Pardon.kind == kind))
    return {(row.edition_id, row.what): row for row in rows}


def of_person(user_id: int) -> list[dict[str, str]]:
    """What a person found right, for their export."""
    rows = db.session.scalars(select(Pardon).where(Pardon.by_id == user_id).order_by(Pardon.id))
    return [{"at": row.at.isoformat(), "what": f"{row.kind}: {row.what}", "why": row.reason} for row in rows]
