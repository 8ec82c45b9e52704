"""What a set of response times says: median, 90th percentile, share within a target. The mean is nobody's wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Summary:
    """Seconds; `share_within` is None without a target."""

    count: int
    median: float
    p90: float
    share_within: float | None


def summary(seconds: Sequence[float], target: float | None = None) -> Summary | None:
    """The summary of some response times; None without any, because nothing is not zero."""
    if not seconds:
        return None
    within = None if target is None else sum(one <= target for one in seconds) / len(seconds)
    tenths = quantiles(seconds, n=10, method="inclusive") if len(seconds) > 1 else [*seconds] * 9
    return Summary(len(seconds), median(seconds), tenths[8], within)
