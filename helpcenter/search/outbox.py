"""What changed and waits to be indexed: one row, written in the transaction of the change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db


class Outbox(Model):
    __tablename__ = "search_outbox"
    __table_args__ = {"sqlite_autoincrement": True}
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    queued_at: Mapped[datetime]


def note(kind: str, subject_id: int) -> None:
    """Have a subject indexed anew after the commit. To be called after begin_write()."""
    db.session.add(Outbox(kind=kind, subject_id=subject_id, queued_at=clock.now()))
