"""Members point out what should not be there: once each for a post or a person, with a reason and a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, select, tuple_
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db, upsert

LONGEST_WORDS = 300
ENOUGH_TO_HIDE = 3
"""Flags of trusted members that hide a post before a moderator has looked."""
Subject = tuple[str, int]


class Flag(Model):
    """`has_weight`: by a trusted member, as of that day. `settled_act_id` is the act that answered it."""

    __tablename__ = "flag"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "user_id"),
        Index("ix_flag_settled_act_id", "settled_act_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(String(LONGEST_WORDS), default="")
    has_weight: Mapped[bool]
    created_at: Mapped[datetime]
    settled_act_id: Mapped[int | None] = mapped_column(ForeignKey("moderation_act.id"))


def put(subject: Subject, user_id: int, *, reason: str, words: str, has_weight: bool) -> bool:
    """Flag it; whether this is the first time that this person does. To be called after begin_write()."""
    row = upsert(Flag).values(
        subject_kind=subject[0],
        subject_id=subject[1],
        user_id=user_id,
        reason=reason,
        words=words[:LONGEST_WORDS],
        has_weight=has_weight,
        created_at=clock.now(),
    )
    done = db.session.execute(row.on_conflict_do_nothing().returning(Flag.id))
    return done.first() is not None


def waiting(subjects: Iterable[Subject]) -> Mapping[Subject, Sequence[Flag]]:
    """The flags of these that nobody answered yet, the oldest first."""
    wanted = list(subjects)
    if not wanted:
        return {}
    key = tuple_(Flag.subject_kind, Flag.subject_id)
    rows = db.session.scalars(select(Flag).where(key.in_(wanted), Flag.settled_act_id.is_(None)).order_by(Flag.id))
    found: dict[Subject, list[Flag]] = {}
    for row in rows:
        found.setdefault((row.subject_kind, row.subject_id), []).append(row)
    return found


def reason_to_hide(flags: Sequence[Flag]) -> str:
    """What most of the trusted members said, once there are enough of them; '' before."""
    heavy = [one.reason for one in flags if one.has_weight]
    return Counter(heavy).most_common(1)[0][0] if len(heavy) >= ENOUGH_TO_HIDE else ""


def has_flagged(subject: Subject, user_id: int) -> bool:
    """Whether this person did already."""
    theirs = (Flag.subject_kind == subject[0], Flag.subject_id == subject[1], Flag.user_id == user_id)
    return db.session.execute(select(Flag.id).where(*theirs)).first() is not None


def forget(user_ids: Iterable[int]) -> None:
    """Forget what these people flagged, and what was said about them. To be called after begin_write()."""
    ids = list(user_ids)
    about = (Flag.subject_kind == "user") & Flag.subject_id.in_(ids)
    gone = delete(Flag).where(Flag.user_id.in_(ids) | about)
    db.session.execute(gone, execution_options={"synchronize_session": False})
