"""What each of us has to do with a conversation: how far they read, whether they are writing, words not sent yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Text, case, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db, upsert
from helpcenter.support.conversation import Conversation

WRITING = timedelta(seconds=30)
"""An open page tells every ten seconds that somebody types; who has not been heard of for so long has stopped."""


class Presence(Model):
    """`read_version` is the last version of it that they had before them, `typed_at` when they last typed.

    `draft` is a reply that was taken back, for the field of whoever wrote it; '' without one.
    """

    __tablename__ = "presence"
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True)
    read_version: Mapped[int] = mapped_column(default=0)
    typed_at: Mapped[datetime | None]
    draft: Mapped[str] = mapped_column(Text, default="")


def draft_of(conversation_id: int, user_id: int | None) -> str:
    """The words somebody has not sent there; '' without any."""
    wanted = select(Presence.draft).where(Presence.conversation_id == conversation_id, Presence.user_id == user_id)
    return db.session.scalar(wanted) or ""


def keep_draft(row: Conversation, user_id: int | None, text: str) -> None:
    """Keep words for the field, or '' once they are sent. After begin_write()."""
    _keep(row, user_id, draft=text, typed_at=None)


def note(row: Conversation, user_id: int | None, version: int, *, types: bool = False) -> None:
    """They have this version of it before them, and perhaps type. After begin_write()."""
    _keep(row, user_id, version=version, **({"typed_at": clock.now()} if types else {}))


def has_read(row: Conversation, user_id: int | None, version: int) -> bool:
    """Whether this is noted already, so that nothing has to be written."""
    wanted = select(Presence.read_version).where(Presence.conversation_id == row.id, Presence.user_id == user_id)
    return (db.session.scalar(wanted) or 0) >= version


def unread(rows: Collection[Conversation]) -> set[int]:
    """The numbers of those in which they wrote last and none of us has opened it since. One statement."""
    waiting = {row.id: row.asked_version for row in rows if row.waits_since}
    wanted = (
        select(Presence.conversation_id, func.max(Presence.read_version).label("version"))
        .where(Presence.conversation_id.in_(waiting))
        .group_by(Presence.conversation_id)
    )
    read = {one.conversation_id: one.version for one in db.session.execute(wanted)}
    return {number for number, asked in waiting.items() if asked > read.get(number, 0)}


def writing(row: Conversation, but: int | None) -> list[int]:
    """Who of us types there now, but for one."""
    wanted = select(Presence.user_id).where(
        Presence.conversation_id == row.id, Presence.user_id != but, Presence.typed_at > clock.now() - WRITING
    )
    return list(db.session.scalars(wanted.order_by(Presence.user_id)))


def forget(user_id: int) -> None:
    """Everything of one of us who is erased. After begin_write()."""
    theirs = delete(Presence).where(Presence.user_id == user_id)
    db.session.execute(theirs, execution_options={"synchronize_session": False})


def _keep(row: Conversation, user_id: int | None, version: int | None = None, **values: object) -> None:
    read = row.version if version is None else version
    new = upsert(Presence).values(
        conversation_id=row.id, user_id=user_id, **{"draft": "", "read_version": read, **values}
    )
    # Two windows of one person: the one that is behind unreads nothing.
    ahead = case((Presence.read_version > read, Presence.read_version), else_=read)
    db.session.execute(
        new.on_conflict_do_update(index_elements=["conversation_id", "user_id"], set_={"read_version": ahead, **values})
    )
