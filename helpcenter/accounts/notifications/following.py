"""What somebody follows: a question, a topic, a tag. A no is kept too, so that nothing follows again by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.accounts.member_page import OwnRows
from helpcenter.accounts.notifications.kind import Ref
from helpcenter.core import clock
from helpcenter.core.db import Model, db, upsert

LONGEST_SUBJECT_KIND = 20


class Follow(Model):
    """`wanted` False: whoever it is said no, and is not told even of what is their own."""

    __tablename__ = "follow"
    __table_args__ = (
        UniqueConstraint("user_id", "subject_kind", "subject_id"),
        Index("ix_follow_subject", "subject_kind", "subject_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    subject_kind: Mapped[str] = mapped_column(String(LONGEST_SUBJECT_KIND))
    subject_id: Mapped[int]
    wanted: Mapped[bool]
    changed_at: Mapped[datetime]


def say(user_id: int, subject: Ref, *, wanted: bool) -> None:
    """Follow it, or do not. To be called after begin_write()."""
    values = {"wanted": wanted, "changed_at": clock.now()}
    row = upsert(Follow).values(user_id=user_id, subject_kind=subject[0], subject_id=subject[1], **values)
    db.session.execute(row.on_conflict_do_update(index_elements=["user_id", "subject_kind", "subject_id"], set_=values))


def follow_unasked(user_id: int, subject: Ref) -> None:
    """Follow what somebody takes part in, unless they said yes or no before. To be called after begin_write()."""
    row = upsert(Follow).values(
        user_id=user_id, subject_kind=subject[0], subject_id=subject[1], wanted=True, changed_at=clock.now()
    )
    db.session.execute(row.on_conflict_do_nothing())


def follow_along(subject: Ref, other: Ref) -> list[int]:
    """Who follows one follows the other too, unless they said yes or no to that before; whose it is new for.

    To be called after begin_write().
    """
    followers = select(Follow.user_id).where(*_is(subject), Follow.wanted)
    have_said = select(Follow.user_id).where(*_is(other))
    new = list(db.session.scalars(followers.where(Follow.user_id.not_in(have_said)).order_by(Follow.user_id)))
    for user_id in new:
        follow_unasked(user_id, other)
    return new


def part_ways(user_ids: Sequence[int], subject: Ref, since: datetime) -> None:
    """These follow it no more, unless they said something about it since. To be called after begin_write()."""
    unasked = (*_is(subject), Follow.user_id.in_(user_ids), Follow.wanted, Follow.changed_at <= since)
    db.session.execute(delete(Follow).where(*unasked), execution_options={"synchronize_session": False})


def said(user_id: int | None, subject: Ref) -> bool | None:
    """What somebody said of it; None for nothing, and without a query for a stranger."""
    if user_id is None:
        return None
    return db.session.scalar(select(Follow.wanted).where(Follow.user_id == user_id, *_is(subject)))


def said_rows(subject: Ref) -> OwnRows:
    """What makes a page that can be followed somebody's own: that they said they follow it, or that they do not."""
    return OwnRows(_SAID, {"kind": subject[0], "number": subject[1]})


def followed_by(user_id: int) -> Select[Follow]:
    """Everything somebody follows; to be paged by id."""
    return select(Follow).where(Follow.user_id == user_id, Follow.wanted)


def ids_followed(user_id: int, kind: str) -> set[int]:
    """What somebody follows of a kind."""
    wanted = (Follow.user_id == user_id, Follow.subject_kind == kind, Follow.wanted)
    return set(db.session.scalars(select(Follow.subject_id).where(*wanted)))


def forget(user_id: int) -> None:
    """They follow nothing any more. To be called after begin_write()."""
    db.session.execute(delete(Follow).where(Follow.user_id == user_id))


def move_topic(from_id: int, to_id: int) -> int:
    """Who followed a topic that goes follows the other one; how many. To be called after begin_write()."""
    of_old = (Follow.subject_kind == "topic", Follow.subject_id == from_id)
    have_said = select(Follow.user_id).where(Follow.subject_kind == "topic", Follow.subject_id == to_id)
    options = {"synchronize_session": False}
    db.session.execute(delete(Follow).where(*of_old, Follow.user_id.in_(have_said)), execution_options=options)
    moved = db.session.execute(update(Follow).where(*of_old).values(subject_id=to_id), execution_options=options)
    return int(moved.rowcount)  # type: ignore[attr-defined]


def _is(subject: Ref) -> tuple[ColumnElement[bool], ...]:
    return Follow.subject_kind == subject[0], Follow.subject_id == subject[1]


# Whether a `user` said anything of a subject.
_SAID = select(Follow.id).where(
    Follow.user_id == bindparam("user"),
    Follow.subject_kind == bindparam("kind"),
    Follow.subject_id == bindparam("number"),
)
