"""A reply is held back for a moment, so that whoever sent it too early can take it back as if it had never been.

Until then its letter waits in the outbox, and its writer sees neither it nor what it changed. The moment it goes out is
that of the message, of the letter and of the first response alike, so nothing has to run then: what was committed when
the button was pressed is all there is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.core.refusals import Conflict
from helpcenter.journeys.actor import Actor
from helpcenter.support import attachment, conversation, letters, standing
from helpcenter.support.attachment import Attachment
from helpcenter.support.conversation import Conversation
from helpcenter.support.message import Kind, Message
from helpcenter.support.status import Ending, Status

HOLD = timedelta(seconds=10)
SAID = timedelta(minutes=1)
CLOSING = ("status", "ending", "last_closed_at")


def send(row: Conversation, text: str, *, by: Actor, files: Sequence[Attachment] = (), closes: bool = False) -> Message:
    """Reply, and close where that is wanted; the letter leaves when the moment is over. After begin_write()."""
    before, told, is_first = standing.noted(row), row.told_status, row.first_reply_at is None
    message = conversation.reply(row, text, by=by, after=HOLD)
    attachment.belong(files, message.id, row.id)
    if closes:
        conversation.close(row, Ending.ANSWERED, by=by)
    letters.reply(row, message)
    row.held_until = message.sent_at
    row.held = {
        "message": message.id,
        "told": told,
        "is_first": is_first,
        "version": row.version,
        "before": before,
        "after": standing.noted(row),
    }
    return message


def take_back(row: Conversation, message_id: int, *, by: Actor) -> tuple[str, list[Attachment]]:
    """Undo it, also where its writer wrote meanwhile; its text, and its files, which wait again.

    What one of us answered since, by mail, stays an answer. Raises Conflict once it is on its way, or when another
    reply is held by now.

    To be called after begin_write(), with the locked row.
    """
    held = row.held
    is_this = row.is_held and held["message"] == message_id
    message = db.session.get(Message, message_id) if is_this else None
    if message is None or not letters.take_back(message):
        raise Conflict
    text, files = message.text, attachment.release(message.id, row.id)
    db.session.delete(message)
    row.human_replies -= 1
    later = _next_reply_at(message)
    if held["is_first"]:
        conversation.time_first_reply(row, later)
    if later is None:
        _bring_back(row, held, by)
    else:
        row.version += 1
        _forget_closing(row, held["before"], held["after"])
    row.held_until, row.held = None, {}
    return text, files


def _next_reply_at(message: Message) -> datetime | None:
    """When the next reply of ours after this one went out; None without one."""
    others = (Message.conversation_id == message.conversation_id, Message.kind == Kind.REPLY, Message.id > message.id)
    return db.session.scalar(select(Message.sent_at).where(*others).order_by(Message.id).limit(1))


def was_just_sent(row: Conversation) -> bool:
    """Whether a reply went out so lately that an open page should say so."""
    return row.held_until is not None and timedelta() <= clock.now() - row.held_until < SAID


def _bring_back(row: Conversation, held: Mapping[str, Any], by: Actor) -> None:
    """How it stood before, with what happened since on top."""
    now, before, after = standing.noted(row), held["before"], held["after"]
    owner = before["assignee_id"] if row.assignee_id == after["assignee_id"] else row.assignee_id
    if all(now[name] == after[name] for name in CLOSING):
        changed_at = before["changed_at"] if row.version == held["version"] else now["changed_at"]
        standing.restore(row, {**before, "assignee_id": owner, "changed_at": changed_at}, by=by)
        return
    row.assignee_id = owner
    row.version += 1
    if row.status == Status.OURS:
        _go_on(row, before, after)


def _go_on(row: Conversation, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """They wrote while it was held, and answered nothing: they go on where they were."""
    if before["status"] == Status.NEW:
        row.status = Status.NEW
    row.waits_since = standing.moment(before["waits_since"]) or row.waits_since
    _forget_closing(row, before, after)


def _forget_closing(row: Conversation, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Where the reply that is taken back closed it, it never was closed by it."""
    if standing.noted(row)["last_closed_at"] == after["last_closed_at"]:
        row.first_closed_at = standing.moment(before["first_closed_at"])
        row.last_closed_at = standing.moment(before["last_closed_at"])
    was_over = before["status"] == Status.CLOSED
    row.was_reopened_soon = before["was_reopened_soon"] or (was_over and row.was_reopened_soon)
