"""What a monitor reads about the episodes that deflection is counted by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import func, select

from helpcenter.core.db import db
from helpcenter.core.metrics.gauge import Gauge, Value, read_with
from helpcenter.journeys.episode import EpisodeRow

GAUGES = (Gauge("episodes_provisional", "Episodes whose judgement may still change by time alone."),)
# "Later than ever" is found by the index on next_at; "not empty" SQLite would look for in every row.
_EVER = datetime(1970, 1, 1, tzinfo=UTC)


def _read() -> Sequence[Value]:
    return (db.session.scalar(select(func.count()).select_from(EpisodeRow).where(EpisodeRow.next_at > _EVER)) or 0,)


def register(app: Flask) -> None:
    """Have them read."""
    read_with(app, GAUGES, _read)
