"""Where a conversation stands in a queue of the inbox, so that the next page begins after it and costs no more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, tuple_

from helpcenter.core.row_id import row_id
from helpcenter.support.conversation import Conversation

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_WORDS = re.compile("([0-9]{0,17})-([01])-([0-9]{1,10})")


@dataclass(frozen=True)
class QueuePlace:
    """What a conversation was ordered by; `waits_since` None: nobody waits for us. As text it stands in an address."""

    waits_since: datetime | None
    is_urgent: bool
    id: int

    def __str__(self) -> str:
        waits = "" if self.waits_since is None else (self.waits_since - EPOCH) // MICROSECOND
        return f"{waits}-{int(self.is_urgent)}-{self.id}"

    def after(self) -> ColumnElement[bool]:
        """The conversations that come after this place, also when the one that stood there moved or went."""
        waits, urgent = Conversation.waits_since, Conversation.is_urgent
        if self.waits_since is None:
            same, later = waits.is_(None), Conversation.id > self.id
            return and_(same, self._less_urgent() | (urgent.is_(self.is_urgent) & later))
        later = tuple_(waits, Conversation.id) > (self.waits_since, self.id)
        return or_(waits.is_(None), self._less_urgent(), urgent.is_(self.is_urgent) & later)

    def _less_urgent(self) -> ColumnElement[bool]:
        return and_(Conversation.is_urgent.is_(False), Conversation.is_urgent.is_not(self.is_urgent))


def order() -> tuple[Any, ...]:
    """What waits for us before what does not, what stops somebody's work first, then whose target ends first.

    All of one kind have the same target, so that of who has waited longest ends first.
    """
    waits = Conversation.waits_since
    return (waits.is_(None), Conversation.is_urgent.desc(), waits, Conversation.id)


def place_of(row: Conversation) -> QueuePlace:
    """Where a conversation stands now."""
    return QueuePlace(row.waits_since, row.is_urgent, row.id)


def place_in(text: str) -> QueuePlace:
    """The place a text names. Raises ValueError for any other text."""
    words = _WORDS.fullmatch(text)
    if words is None:
        raise ValueError("no place in a queue")
    waits, urgent, number = words.groups()
    since = EPOCH + int(waits) * MICROSECOND if waits else None
    return QueuePlace(since, urgent == "1", row_id(number))
