"""How much of a stretch of time fell into the opening hours of the site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Hours = Sequence[tuple[int, int, int]]
"""(weekday with 0 for Monday, opens, closes), in minutes after midnight."""


def seconds_open(begin: datetime, end: datetime, hours: Hours, zone: str) -> int:
    """Seconds between two moments in which the site was open; 0 when they are the wrong way round."""
    place = ZoneInfo(zone)
    total = timedelta()
    day = begin.astimezone(place).date()
    while day <= end.astimezone(place).date():
        for weekday, opens, closes in hours:
            if weekday == day.weekday():
                start, stop = max(begin, _moment(day, opens, place)), min(end, _moment(day, closes, place))
                total += max(stop - start, timedelta())
        day += timedelta(days=1)
    return int(total.total_seconds())


def _moment(day: date, minutes: int, place: ZoneInfo) -> datetime:
    # By the wall clock, so that a day on which the clocks change still opens at nine; 24:00 is the next midnight.
    days, rest = divmod(minutes, 24 * 60)
    return datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), place).astimezone(UTC)
