"""What each day counts, added up from its episodes: a report reads a few rows instead of every episode."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, func, insert, select

from helpcenter.core.db import db
from helpcenter.journeys.cluster import portions
from helpcenter.journeys.episode import LATE, DailyCount, EpisodeRow

_KEY = (
    EpisodeRow.counted_day,
    EpisodeRow.counted_state,
    func.coalesce(EpisodeRow.counted_channel, ""),
    EpisodeRow.locale,
    func.coalesce(EpisodeRow.topic_id, 0),
)
_IS_COUNTED = EpisodeRow.counted_state != LATE
_COLUMNS = ["day", "state", "channel", "locale", "topic_id", "episodes"]


def count_anew(changed: Collection[date]) -> None:
    """Count these days from the episodes. To be called after begin_write()."""
    for some in portions(changed):
        db.session.execute(delete(DailyCount).where(DailyCount.day.in_(some)))
        counted = select(*_KEY, func.count()).where(EpisodeRow.counted_day.in_(some), _IS_COUNTED).group_by(*_KEY)
        db.session.execute(insert(DailyCount).from_select(_COLUMNS, counted))


def count_everything() -> None:
    """Count every day from the episodes. To be called after begin_write()."""
    db.session.execute(delete(DailyCount))
    counted = select(*_KEY, func.count()).where(_IS_COUNTED).group_by(*_KEY)
    db.session.execute(insert(DailyCount).from_select(_COLUMNS, counted))


def differing() -> int:
    """How many days are not what their episodes add up to."""
    columns = [getattr(DailyCount, name) for name in _COLUMNS]
    kept = {tuple(row) for row in db.session.execute(select(*columns).where(DailyCount.episodes > 0))}
    counted = {tuple(row) for row in db.session.execute(select(*_KEY, func.count()).where(_IS_COUNTED).group_by(*_KEY))}
    return len({row[0] for row in kept ^ counted})
