"""How long people waited: the middle one, the longest of nine in ten, and how sure the middle is. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, sqrt

from helpcenter.feedback.wilson import Z_95
from helpcenter.reports.share import FEWEST
from helpcenter.support.response_times import summary


@dataclass(frozen=True)
class WaitingTime:
    """Seconds. `low` and `high` hold the true median 19 times out of 20."""

    count: int
    median: float
    p90: float
    low: float
    high: float

    @property
    def is_few(self) -> bool:
        """Whether there is too little to tell a time."""
        return self.count < FEWEST


def waiting_time(seconds: Iterable[float | None]) -> WaitingTime | None:
    """What these times say; those that are not over are left out, and of none there is nothing to say.

    The interval is that of the ranks around the middle, which asks nothing of how the times are spread. Source:
    Conover 1999, Practical Nonparametric Statistics, 3.2.
    """
    over = sorted(one for one in seconds if one is not None)
    found = summary(over)
    if found is None:
        return None
    middle, half = len(over) / 2, Z_95 * sqrt(len(over)) / 2
    low, high = max(floor(middle - half), 1), min(ceil(middle + half), len(over))
    return WaitingTime(found.count, found.median, found.p90, over[low - 1], over[high - 1])
