"""The same words sent twice: a button pressed two times, or once more because no page came back the first time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.files.file import File
from helpcenter.support import attachment
from helpcenter.support.attachment import Attachment
from helpcenter.support.conversation import Conversation
from helpcenter.support.message import Kind, Message

WITHIN = timedelta(minutes=10)


def is_repeated(
    row: Conversation, kind: Kind, text: str, *, by: int | None, files: Sequence[Attachment], keys: Collection[str] = ()
) -> bool:
    """Whether the last that was said there, just now and here on the page, is this. To be asked with the locked row.

    `keys` are those under which files waited for it: what came along the first time does not wait any more.
    """
    newest = select(Message).where(Message.conversation_id == row.id).order_by(Message.id.desc()).limit(1)
    last = db.session.scalar(newest)
    if kind is Kind.INCOMING and row.is_closed:
        # Whoever says it once more wants it open again.
        return False
    if last is None or (last.kind, last.text, last.author_id, last.sender) != (kind, text, by, ""):
        return False
    before = [one for one in attachment.of_messages([last.id]).get(last.id, []) if one.key not in keys]
    is_recent = clock.now() - last.sent_at <= WITHIN
    return is_recent and Counter(map(_told, before)) == Counter(map(_told, files))


def _told(one: Attachment) -> tuple[object, ...]:
    """What tells a file from another: telephones give every picture the same name."""
    picture = db.session.get(File, one.file_id) if one.file_id is not None else None
    return one.name, one.text, (picture.bytes, picture.width, picture.height) if picture else None
