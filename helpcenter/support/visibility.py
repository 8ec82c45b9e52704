"""The one gate to conversations: for whoever wrote or holds the key, and for those who answer. Others know of none."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from sqlalchemy import Select, func, select

from helpcenter.accounts.viewer import Viewer
from helpcenter.core.db import db
from helpcenter.core.refusals import NotFound
from helpcenter.support.conversation import Conversation
from helpcenter.support.status import Status

ANSWERS = "answer_conversations"


def readable(conversation_id: int, viewer: Viewer, key: str = "") -> Conversation:
    """The conversation for its writer: signed in as who wrote it, or with its key. Raises NotFound."""
    row = db.session.get(Conversation, conversation_id)
    if row is None or not _is_writers(row, viewer, key):
        raise NotFound
    return row


def answerable(conversation_id: int, viewer: Viewer) -> Conversation:
    """The conversation for one of us. Raises NotFound, also for whoever may not answer."""
    row = db.session.get(Conversation, conversation_id)
    if row is None or not viewer.may(ANSWERS):
        raise NotFound
    return row


def own(viewer: Viewer) -> Select[Conversation]:
    """The conversations a signed-in person began."""
    return select(Conversation).where(Conversation.writer_id == viewer.id)


def queue(name: str, viewer: Viewer) -> Select[Conversation]:
    """The conversations of a view of the inbox: a status, or `mine`. Those that stop somebody's work come first."""
    rows = select(Conversation)
    if name == "mine":
        return rows.where(Conversation.assignee_id == viewer.id, Conversation.status != Status.CLOSED)
    return rows.where(Conversation.status == name)


def counted(queues: Mapping[str, Select[Conversation]]) -> dict[str, int]:
    """How many conversations each select has; one statement."""
    counts = [select(func.count()).select_from(rows.subquery()).scalar_subquery() for rows in queues.values()]
    return dict(zip(queues, db.session.execute(select(*counts)).one(), strict=True))


def _is_writers(row: Conversation, viewer: Viewer, key: str) -> bool:
    if viewer.id is not None and row.writer_id == viewer.id:
        return True
    return bool(key) and hmac.compare_digest(row.key.encode(), key.encode())
