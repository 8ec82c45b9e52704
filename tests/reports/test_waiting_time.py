from __future__ import annotations

import pytest

from helpcenter.reports.waiting_time import waiting_time
from helpcenter.reports.writing import duration


def test_nothing_is_not_zero() -> None:
    assert waiting_time([]) is None
    assert waiting_time([None]) is None


def test_what_is_not_over_is_left_out() -> None:
    found = waiting_time([60, None, 120])
    assert found is not None
    assert (found.count, found.median) == (2, 90)


def test_the_interval_is_that_of_the_ranks_around_the_middle() -> None:
    found = waiting_time(range(1, 101))
    assert found is not None
    assert (found.low, found.median, found.high) == (40, 50.5, 60)


def test_a_few_times_are_told_to_be_few() -> None:
    few, enough = waiting_time([60] * 19), waiting_time([60] * 20)
    assert few and few.is_few
    assert enough and not enough.is_few


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (90, "2 min"),
        (3570, "1 h"),
        (3600, "1 h"),
        (4800, "1 h 20 min"),
        (36_000, "10 h"),
        (85_000, "1 day"),
        (100_000, "1 day 4 h"),
        (231_600, "2 days 16 h"),
        (864_000, "10 days"),
    ],
)
def test_a_time_is_told_in_two_units_at_most(app: object, seconds: int, words: str) -> None:
    assert duration(seconds) == words
