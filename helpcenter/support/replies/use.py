"""When a saved reply was used: one row for each message that was sent with it, so that the counts are a question.

It counts when it is sent and not when it is inserted, and only while at least half of its words are still there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, case, func, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db
from helpcenter.support.message import Message
from helpcenter.support.replies.saved_reply import SavedReply

LATELY = timedelta(days=28)
_WORD = re.compile(r"\w+")


class SavedReplyUse(Model):
    """A message holds what a saved reply says. It goes with its message, so one that is taken back was no use."""

    __tablename__ = "saved_reply_use"
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), primary_key=True)
    reply_id: Mapped[int] = mapped_column(
        ForeignKey("saved_reply.id", ondelete="CASCADE"), primary_key=True, index=True
    )


@dataclass(frozen=True)
class Usage:
    """How often a saved reply went out in the last 28 days, and when it last did."""

    lately: int = 0
    last_at: datetime | None = None


def is_still_in(inserted: str, sent: str) -> bool:
    """Whether at least half of the words of what was inserted stand in what is sent."""
    wanted, there = _words(inserted), _words(sent)
    return wanted.total() > 0 and 2 * (wanted & there).total() >= wanted.total()


def note(message: Message, inserted: Mapping[int, str]) -> None:
    """Keep which of these saved replies, as they were filled in, the message was sent with. After begin_write()."""
    # Locked, so that nobody deletes one between this look and the commit.
    there = select(SavedReply.id).where(SavedReply.id.in_(list(inserted))).with_for_update(key_share=True)
    for reply_id in sorted(db.session.scalars(there)):
        if is_still_in(inserted[reply_id], message.text):
            db.session.add(SavedReplyUse(message_id=message.id, reply_id=reply_id))


def usage() -> dict[int, Usage]:
    """Of each saved reply that was ever sent. One statement."""
    now = clock.now()
    lately = func.sum(case((Message.sent_at > now - LATELY, 1), else_=0))
    rows = db.session.execute(
        select(SavedReplyUse.reply_id, lately.label("lately"), func.max(Message.sent_at).label("last_at"))
        .join(Message, Message.id == SavedReplyUse.message_id)
        .where(Message.sent_at <= now)
        .group_by(SavedReplyUse.reply_id)
    )
    return {row.reply_id: Usage(int(row.lately), row.last_at) for row in rows}


def held_in(message_id: int) -> list[int]:
    """The saved replies that a message was sent with."""
    wanted = select(SavedReplyUse.reply_id).where(SavedReplyUse.message_id == message_id)
    return list(db.session.scalars(wanted.order_by(SavedReplyUse.reply_id)))


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))
