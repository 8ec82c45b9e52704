"""The same words sent twice: a button pressed two times, or once more because no page came back the first time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.support import attachment
from helpcenter.support.attachment import Attachment
from helpcenter.support.conversation import Conversation
from helpcenter.support.message import Kind, Message

WITHIN = timedelta(minutes=10)


def is_repeated(row: Conversation, kind: Kind, text: str, *, by: int | None, files: Sequence[Attachment]) -> bool:
    """Whether the last that was said there, just now and here on the page, is this. To be asked with the locked row."""
    newest = select(Message).where(Message.conversation_id == row.id).order_by(Message.id.desc()).limit(1)
    last = db.session.scalar(newest)
    if kind is Kind.INCOMING and row.is_closed:
        # Whoever says it once more wants it open again.
        return False
    if last is None or (last.kind, last.text, last.author_id, last.sender) != (kind, text, by, ""):
        return False
    before = attachment.of_messages([last.id]).get(last.id, [])
    is_recent = clock.now() - last.sent_at <= WITHIN
    return is_recent and Counter(one.name for one in before) == Counter(one.name for one in files)
