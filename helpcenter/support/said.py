"""What was said in a conversation: all of it, or a part: the newest messages, or those before one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.core.paging import page_of
from helpcenter.support.conversation import Conversation
from helpcenter.support.message import Kind, Message

MOST_SHOWN = 100


@dataclass(frozen=True)
class Said:
    """Messages, the oldest first. Earlier ones come before `earlier`; None where there are none.

    `is_newest`: nothing was said after them.
    """

    messages: Sequence[Message]
    earlier: int | None
    is_newest: bool


def messages(row: Conversation, *, with_notes: bool) -> list[Message]:
    """What was said, the oldest first; without notes also without a reply that is not sent yet."""
    wanted = select(Message).where(Message.conversation_id == row.id).order_by(Message.id)
    return list(db.session.scalars(wanted if with_notes else wanted.where(is_public())))


def is_public() -> ColumnElement[bool]:
    """Of messages: what its writer may read. Theirs always, whatever the clock of the machine says that took them."""
    return (Message.kind == Kind.INCOMING) | ((Message.kind == Kind.REPLY) & (Message.sent_at <= clock.now()))


def said(row: Conversation, before: int | None = None, *, with_notes: bool) -> Said:
    """The newest hundred messages, or those before one of this id; without notes also without a reply not sent yet."""
    wanted = select(Message).where(Message.conversation_id == row.id)
    page = page_of(wanted if with_notes else wanted.where(is_public()), Message.id, before, MOST_SHOWN)
    return Said(page.rows[::-1], page.next_after, before is None)
