"""Undo instead of asking first: the message of an act carries a signed note of how the conversation stood before it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import flash, url_for
from itsdangerous import BadData

from helpcenter.core import clock
from helpcenter.core.refusals import Conflict
from helpcenter.core.signing import signer
from helpcenter.journeys.actor import Actor
from helpcenter.support import standing
from helpcenter.support.conversation import Conversation
from helpcenter.support.standing import Standing

_PURPOSE = "support.undo"
WITHIN = timedelta(minutes=10)
"""Later it is no slip any more: what was closed is opened again, and counts as that."""


def offer(text: str, row: Conversation, before: Standing) -> None:
    """Say what happened, on the next page, with a button that takes it back."""
    message: Any = {
        "text": text,
        "undo_url": url_for("undoings.create", conversation_id=row.id),
        "token": token_for(row, before),
    }
    flash(message, "success")


def token_for(row: Conversation, before: Standing) -> str:
    """The note, for the version that the act made. To be asked for once the act is done."""
    at = clock.now().timestamp()
    return str(signer(_PURPOSE).dumps({"id": row.id, "version": row.version, "at": at, "before": dict(before)}))


def undo(row: Conversation, token: str, *, by: Actor) -> None:
    """Take the act back. Raises Conflict when anything else happened since, or too much time passed.

    To be called after begin_write(), with the locked row.
    """
    note = _read(token)
    is_of_now = note.get("id") == row.id and note.get("version") == row.version
    if not is_of_now or clock.now().timestamp() - note["at"] > WITHIN.total_seconds():
        raise Conflict
    standing.restore(row, note["before"], by=by)


def _read(token: str) -> dict[str, Any]:
    try:
        return dict(signer(_PURPOSE).loads(token))
    except BadData:
        return {}
