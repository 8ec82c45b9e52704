"""A part of what was said in a conversation: the newest messages, or those before one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from helpcenter.core.paging import page_of
from helpcenter.support.conversation import Conversation, is_public
from helpcenter.support.message import Message

MOST_SHOWN = 100


@dataclass(frozen=True)
class Said:
    """Messages, the oldest first. Earlier ones come before `earlier`; None where there are none.

    `is_newest`: nothing was said after them.
    """

    messages: Sequence[Message]
    earlier: int | None
    is_newest: bool


def said(row: Conversation, before: int | None = None, *, with_notes: bool) -> Said:
    """The newest hundred messages, or those before one of this id; without notes also without a reply not sent yet."""
    wanted = select(Message).where(Message.conversation_id == row.id)
    page = page_of(wanted if with_notes else wanted.where(is_public()), Message.id, before, MOST_SHOWN)
    return Said(page.rows[::-1], page.next_after, before is None)
