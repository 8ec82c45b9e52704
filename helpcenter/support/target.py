"""How long somebody has waited against the time in which they are due an answer: a pure rule, in seconds.

Time runs in the opening hours of the site; a site that names none is never closed, so there the calendar counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from helpcenter.support.business_hours import Hours, seconds_open

HOUR = 3600
NEAR = 0.75
"""From this share of its target on, a wait is near its end."""


@dataclass(frozen=True)
class Wait:
    """Seconds waited, and seconds in which an answer is due."""

    waited: int
    due: int

    @property
    def late_by(self) -> int:
        """Seconds beyond the target; 0 in time."""
        return max(self.waited - self.due, 0)

    @property
    def state(self) -> str:
        """'in_time', 'near' its end, or 'late'."""
        if self.waited > self.due:
            return "late"
        return "near" if self.waited >= NEAR * self.due else "in_time"


def wait(since: datetime, now: datetime, *, due_hours: int, hours: Hours, zone: str) -> Wait:
    """The wait that began at `since`, by the opening hours, or by the calendar where there are none."""
    waited = seconds_open(since, now, hours, zone) if hours else max(int((now - since).total_seconds()), 0)
    return Wait(waited, due_hours * HOUR)
