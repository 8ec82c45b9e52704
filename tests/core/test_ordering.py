from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpcenter.core.ordering import in_order, numbers, stepped

IDS = st.lists(st.integers(1, 30), unique=True, max_size=12)


def test_rows_take_the_order_that_is_asked_for() -> None:
    assert in_order([1, 2, 3], [3, 1, 2]) == [3, 1, 2]


def test_a_row_that_nobody_names_keeps_its_place() -> None:
    assert in_order([1, 9, 2, 3], [3, 2, 1]) == [3, 9, 2, 1]


def test_an_unknown_row_and_one_named_twice_count_for_nothing() -> None:
    assert in_order([1, 2], [7, 2, 2, 1]) == [2, 1]


@given(IDS, IDS)
def test_no_row_is_ever_lost_or_doubled(now: list[int], wanted: list[int]) -> None:
    assert sorted(in_order(now, wanted)) == sorted(now)


@given(IDS.filter(bool), st.integers(-40, 40))
def test_a_step_past_an_end_stays_at_the_end(now: list[int], steps: int) -> None:
    after = stepped(now, now[0], steps)
    assert sorted(after) == sorted(now)
    assert after.index(now[0]) == max(0, min(len(now) - 1, steps))


def test_numbers_that_tell_an_order_are_kept() -> None:
    assert numbers([30, 10, 20], 99) == [10, 20, 30]


def test_numbers_that_tell_no_order_are_counted_anew() -> None:
    assert numbers([0, 0, 5], 99) == [1, 2, 3]
    assert numbers([4, 4], 99) == [1, 2]
    assert numbers([100, 4], 99) == [1, 2]
