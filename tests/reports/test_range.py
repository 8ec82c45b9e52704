from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.reports.range import LONGEST, PRESETS, Range

TODAY = date(2026, 3, 10)


def asked(**words: str) -> Range:
    return Range.of({name.rstrip("_"): value for name, value in words.items()}, TODAY)


def test_the_usual_range_is_four_weeks_with_today() -> None:
    assert asked() == Range(date(2026, 2, 11), TODAY, "28")
    assert asked().days == 28


def test_before_comes_as_many_days_right_before() -> None:
    assert asked(range="7").before == Range(date(2026, 2, 25), date(2026, 3, 3))


def test_before_a_month_come_the_same_days_of_the_one_before() -> None:
    assert asked(range="month") == Range(date(2026, 3, 1), TODAY, "month")
    assert asked(range="month").before == Range(date(2026, 2, 1), date(2026, 2, 10))
    end_of_march = Range.named("month", date(2026, 3, 31))
    assert end_of_march.before == Range(date(2026, 2, 1), date(2026, 2, 28))


def test_dates_of_ones_own_win_in_either_order() -> None:
    assert asked(from_="2026-01-05", to="2026-01-07") == Range(date(2026, 1, 5), date(2026, 1, 7))
    assert asked(from_="2026-01-07", to="2026-01-05") == Range(date(2026, 1, 5), date(2026, 1, 7))


def test_the_dates_of_a_named_range_are_that_range() -> None:
    assert asked(range="7", from_="2026-03-04", to="2026-03-10").name == "7"


@pytest.mark.parametrize("nonsense", ["", "yesterday", "2026-13-45", "0001-01-01", "9999-12-31", "-", "٢٠٢٦"])
def test_nonsense_is_left_out(nonsense: str) -> None:
    assert asked(range=nonsense, from_=nonsense, to=nonsense) == asked()


@given(st.sampled_from(["", *PRESETS]), st.dates(), st.dates(), st.dates(date(2001, 1, 1), date(2100, 1, 1)))
def test_a_range_has_its_days_and_so_has_its_address(name: str, first: date, last: date, today: date) -> None:
    found = Range.of({"range": name, "from": first.isoformat(), "to": last.isoformat()}, today)
    assert found.first <= found.last
    assert found.last - found.first <= LONGEST
    assert list(found)[:: found.days - 1 or 1] in ([found.first, found.last], [found.first])
    assert Range.of(found.as_query(), today) == found
    dates = Range.of(found.as_dates(), today)
    assert (dates.first, dates.last) == (found.first, found.last)
    assert found.before.last == found.first - timedelta(days=1) or name == "month"
    assert found.before.last < found.first
