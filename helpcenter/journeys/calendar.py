"""Which day of the site a moment belongs to, and when the numbers of a day stop changing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

PROVISIONAL_DAYS = 8
"""For this long after its end a day may change; then it is frozen."""


@dataclass(frozen=True)
class Calendar:
    """Zones by the moment from which they hold, so that a site that moves keeps the days it has published.

    `changes` is in the order of time; the first zone holds from always.
    """

    changes: tuple[tuple[datetime, str], ...] = ((datetime.min.replace(tzinfo=UTC), "UTC"),)

    @classmethod
    def of(cls, changes: Sequence[tuple[datetime, str]]) -> Calendar:
        """A calendar; UTC where no zone was ever kept."""
        return cls(tuple(sorted(changes))) if changes else cls()

    def day(self, at: datetime) -> date:
        """The local date of a moment."""
        return at.astimezone(ZoneInfo(self._zone(at))).date()

    def frozen_at(self, at: datetime) -> datetime:
        """When the day of this moment is frozen, in UTC."""
        return _end(self.day(at) + timedelta(days=PROVISIONAL_DAYS), self._zone(at))

    def _zone(self, at: datetime) -> str:
        place = bisect_right(self.changes, at, key=lambda change: change[0]) - 1
        return self.changes[max(place, 0)][1]


@lru_cache(maxsize=4096)
def _end(day: date, zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
