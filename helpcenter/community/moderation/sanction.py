"""Somebody who may not post any more, and everything that was taken back with it, so that it can be given back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Model, db

_STANDING = text("ended_at IS NULL")


class Sanction(Model):
    """It holds while `ended_at` is None. `taken` says which posts, votes, flags and acceptances went with it."""

    __tablename__ = "sanction"
    __table_args__ = (
        Index("ix_sanction_standing", "user_id", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    act_id: Mapped[int] = mapped_column(ForeignKey("moderation_act.id"), unique=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    taken: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def standing(user_id: int) -> Sanction | None:
    """What holds against somebody now."""
    wanted = (Sanction.user_id == user_id, Sanction.ended_at.is_(None))
    return db.session.scalars(select(Sanction).where(*wanted)).first()


def is_blocked(user_id: int | None) -> bool:
    """Whether somebody may not post, vote, accept or flag."""
    if user_id is None:
        return False
    wanted = (Sanction.user_id == user_id, Sanction.ended_at.is_(None))
    return db.session.execute(select(Sanction.id).where(*wanted)).first() is not None
