"""A time as people say it: rounded up, in the unit that leaves a small number."""

from __future__ import annotations

HOUR, DAY = 3600, 24 * 3600
STEP_MINUTES = 5


def rough(seconds: float) -> tuple[str, int]:
    """The unit, "minute", "hour" or "day", and how many of it; minutes in steps of five."""
    if seconds <= HOUR:
        return "minute", max(STEP_MINUTES, -(-int(seconds) // (STEP_MINUTES * 60)) * STEP_MINUTES)
    if seconds <= DAY:
        return "hour", -(-int(seconds) // HOUR)
    return "day", -(-int(seconds) // DAY)
