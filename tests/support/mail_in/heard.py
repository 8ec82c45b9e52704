"""A conversation before and after letters came: closed, and what was said in it."""

from __future__ import annotations

from helpcenter.core.db import begin_write, db
from helpcenter.journeys import visitor
from helpcenter.journeys.actor import Actor
from helpcenter.support import conversation
from helpcenter.support.conversation import Conversation
from helpcenter.support.message import Message
from helpcenter.support.said import messages
from helpcenter.support.status import Ending


def said(row: Conversation) -> list[tuple[str, str]]:
    db.session.rollback()
    return [(one.kind, one.text) for one in messages(row, with_notes=True)]


def last(row: Conversation) -> Message:
    return messages(row, with_notes=True)[-1]


def closed(row: Conversation) -> Conversation:
    begin_write()
    row = conversation.locked(row.id)
    conversation.close(row, Ending.ANSWERED, by=Actor(visitor.new_id()))
    db.session.commit()
    return row
