from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.reports.share import FEWEST, Share


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(5, 10, 0.2366, 0.7634), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (80, 100, 0.7112, 0.8666)],
)
def test_the_interval_of_a_share_is_the_one_of_wilson(part: int, whole: int, low: float, high: float) -> None:
    assert Share(part, whole).interval == pytest.approx((low, high), abs=0.00005)


def test_of_fewer_than_twenty_no_share_is_told() -> None:
    assert (Share(10, 19).value, Share(0, 0).value) == (None, None)
    assert Share(10, 20).value == 0.5


@pytest.mark.parametrize(("whole", "fewest", "little"), [(4, 5, False), (5, 5, True), (19, 5, True), (20, 5, False)])
def test_a_percentage_of_fewer_than_twenty_says_so(whole: int, fewest: int, little: bool) -> None:
    assert Share(2, whole, fewest).rests_on_little is little
    assert not Share(2, whole).rests_on_little


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_share_lies_within_its_interval(part: int, rest: int) -> None:
    share = Share(part, part + rest)
    low, high = share.interval
    if share.value is None:
        assert share.whole < FEWEST
    else:
        assert 0 <= low <= share.value <= high <= 1
