from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.support.target import HOUR, Wait, wait

OFFICE = tuple((day, 9 * 60, 17 * 60) for day in range(5))
FRIDAY_NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)


def after(hours: float, *, hours_open: tuple[tuple[int, int, int], ...] = OFFICE, due: int = 8) -> Wait:
    return wait(FRIDAY_NOON, FRIDAY_NOON + timedelta(hours=hours), due_hours=due, hours=hours_open, zone="UTC")


def test_the_weekend_between_friday_noon_and_monday_costs_no_time() -> None:
    assert after(5) == Wait(5 * HOUR, 8 * HOUR)
    assert after(3 * 24 - 3) == Wait(5 * HOUR, 8 * HOUR)
    assert after(3 * 24 - 1) == Wait(7 * HOUR, 8 * HOUR)
    assert after(3 * 24 + 3).late_by == 3 * HOUR


def test_a_site_without_opening_hours_is_measured_by_the_calendar() -> None:
    assert after(10, hours_open=()) == Wait(10 * HOUR, 8 * HOUR)
    assert after(10, hours_open=()).late_by == 2 * HOUR


@pytest.mark.parametrize(
    ("seconds", "state"),
    [
        (0, "in_time"),
        (6 * HOUR - 1, "in_time"),
        (6 * HOUR, "near"),
        (8 * HOUR, "near"),
        (8 * HOUR + 1, "late"),
    ],
)
def test_a_wait_is_near_in_its_last_quarter_and_late_after_its_target(seconds: int, state: str) -> None:
    assert Wait(seconds, 8 * HOUR).state == state


def test_whoever_wrote_a_moment_ahead_of_our_clock_has_not_waited() -> None:
    assert after(-1).waited == after(-1, hours_open=()).waited == 0


@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 400))
def test_who_has_waited_longer_is_late_no_later(one: int, other: int, due: int) -> None:
    longer, shorter = after(max(one, other), due=due), after(min(one, other), due=due)
    assert longer.late_by >= shorter.late_by
    assert longer.waited >= shorter.waited
