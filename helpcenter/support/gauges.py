"""What a monitor reads about the conversations that wait for the team."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask
from sqlalchemy import func, select

from helpcenter.core.db import db
from helpcenter.core.metrics.background import seconds_since
from helpcenter.core.metrics.gauge import Gauge, Value, read_with
from helpcenter.support.conversation import Conversation
from helpcenter.support.status import Status

GAUGES = (
    Gauge("conversations_waiting", "Conversations in which the team has the next word."),
    Gauge("conversations_oldest_wait_seconds", "How long the one that has waited longest has; 0 for none."),
)


def _read() -> Sequence[Value]:
    waits = Conversation.status.in_((Status.NEW, Status.OURS))
    number, since = db.session.execute(select(func.count(), func.min(Conversation.waits_since)).where(waits)).one()
    return number, seconds_since(since)


def register(app: Flask) -> None:
    """Have them read."""
    read_with(app, GAUGES, _read)
