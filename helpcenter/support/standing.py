"""Where a conversation stands, written down before an act, and brought back exactly when that act is undone.

An undone closing never was one for the times of the conversation: `first_closed_at`, `last_closed_at` and
`was_reopened_soon` are again what they were, or every slip of a finger would cost a conversation its single touch.
Events are only ever added: what was closed and is open again has a reopening, which also makes spam a contact again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.support.conversation import SUBJECT, Conversation

MOMENTS = ("changed_at", "waits_since", "first_closed_at", "last_closed_at")
PLAIN = ("status", "ending", "assignee_id", "was_reopened_soon")
Standing = Mapping[str, Any]
"""What JSON can keep: moments are written in ISO 8601."""


def noted(row: Conversation) -> dict[str, Any]:
    """How it stands now."""
    moments = {name: getattr(row, name) for name in MOMENTS}
    return {name: getattr(row, name) for name in PLAIN} | {
        name: value.isoformat() if value else None for name, value in moments.items()
    }


def restore(row: Conversation, before: Standing, *, by: Actor) -> None:
    """Bring it back, as a version of its own. After begin_write()."""
    was_closed = row.is_closed
    for name in PLAIN:
        setattr(row, name, before[name])
    for name in MOMENTS:
        setattr(row, name, moment(before[name]))
    row.version += 1
    if was_closed != row.is_closed:
        _record(row, by)


def moment(text: str | None) -> datetime | None:
    """A moment as it was noted."""
    return datetime.fromisoformat(text) if text else None


def _record(row: Conversation, by: Actor) -> None:
    kind = "conversation_closed" if row.is_closed else "conversation_reopened"
    recorder.record(kind, by=by, subject=(SUBJECT, row.id))
    if row.is_void:
        recorder.record("contact_voided", by=by, subject=(SUBJECT, row.id), detail={"reason": row.ending})
