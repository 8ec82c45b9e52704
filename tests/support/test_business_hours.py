from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.support.business_hours import seconds_open

OFFICE = tuple((day, 9 * 60, 17 * 60) for day in range(5))
MADRID = "Europe/Madrid"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_weekend_between_friday_and_monday_does_not_count() -> None:
    friday, monday = at("2026-03-06T16:50"), at("2026-03-09T09:10")
    assert (monday - friday).total_seconds() == 231_600
    assert seconds_open(friday, monday, OFFICE, "UTC") == 1_200


def test_hours_are_those_of_the_wall_clock_where_the_site_is() -> None:
    assert seconds_open(at("2026-03-06T08:00"), at("2026-03-06T10:00"), OFFICE, MADRID) == 7_200
    assert seconds_open(at("2026-03-06T07:00"), at("2026-03-06T08:00"), OFFICE, MADRID) == 0


def test_a_day_on_which_the_clocks_change_still_opens_at_nine() -> None:
    sunday = ((6, 9 * 60, 17 * 60),)
    assert seconds_open(at("2026-03-29T00:00"), at("2026-03-30T00:00"), sunday, MADRID) == 8 * 3600


def test_a_site_without_hours_is_never_open() -> None:
    assert seconds_open(at("2026-03-06T00:00"), at("2026-03-08T00:00"), (), "UTC") == 0


def test_hours_until_midnight_end_with_the_day() -> None:
    late = ((4, 22 * 60, 24 * 60),)
    assert seconds_open(at("2026-03-06T00:00"), at("2026-03-08T00:00"), late, "UTC") == 7_200


@pytest.mark.parametrize("zone", ["UTC", MADRID, "Asia/Kathmandu"])
@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_stretch_is_the_sum_of_its_parts_and_never_longer_than_itself(zone: str, a: int, b: int, c: int) -> None:
    first, middle, last = (at("2026-03-20T00:00") + timedelta(seconds=one) for one in sorted((a, b, c)))
    whole = seconds_open(first, last, OFFICE, zone)
    assert whole == seconds_open(first, middle, OFFICE, zone) + seconds_open(middle, last, OFFICE, zone)
    assert 0 <= whole <= (last - first).total_seconds()
