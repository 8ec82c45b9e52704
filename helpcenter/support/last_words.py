"""What a row of the inbox shows of a conversation beside its title: the first line of what was said last.

Where that is the title, because nothing was said since, it is the line after it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from helpcenter.core.db import db
from helpcenter.core.text import shortened
from helpcenter.support.conversation import Conversation, title_of
from helpcenter.support.message import Kind, Message

READ = 600
"""Letters of a message that are read to find its first line."""
LONGEST = 140


@dataclass(frozen=True)
class LastWords:
    """`is_ours` for a reply, whose `author_id` may be unknown."""

    text: str
    is_ours: bool
    author_id: int | None


def last_words(rows: Collection[Conversation]) -> dict[int, LastWords]:
    """By number of the conversation; notes are left out. One statement."""
    newest = (
        select(func.max(Message.id))
        .where(Message.conversation_id.in_([row.id for row in rows]), Message.kind != Kind.NOTE)
        .group_by(Message.conversation_id)
    )
    wanted = select(
        Message.conversation_id, Message.kind, Message.author_id, func.substr(Message.text, 1, READ).label("text")
    ).where(Message.id.in_(newest))
    titles = {row.id: row.title for row in rows}
    return {
        one.conversation_id: LastWords(
            _first_line(one.text, titles[one.conversation_id]), one.kind == Kind.REPLY, one.author_id
        )
        for one in db.session.execute(wanted)
    }


def _first_line(text: str, title: str) -> str:
    lines = (line.strip() for line in text.splitlines() if line.strip())
    return shortened(next((line for line in lines if title_of(line) != title), ""), LONGEST)
