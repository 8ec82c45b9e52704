"""Known answers and the laws of the interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.feedback import wilson


@pytest.mark.parametrize(
    ("yes", "total", "low", "high"),
    [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (80, 100, 0.7112, 0.8666)],
)
def test_known_answers(yes: int, total: int, low: float, high: float) -> None:
    assert wilson.interval(yes, total) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@pytest.mark.parametrize(("yes", "total", "high"), [(12, 30, 0.5768), (60, 100, 0.6906), (14, 20, 0.8545)])
def test_known_upper_ends_of_the_revise_queue(yes: int, total: int, high: float) -> None:
    assert wilson.upper(yes, total) == pytest.approx(high, abs=5e-5)


def test_nothing_is_known_without_votes() -> None:
    assert (wilson.lower(0, 0), wilson.upper(0, 0)) == (0.0, 1.0)


@pytest.mark.parametrize(("yes", "total"), [(2, 1), (-1, 3), (1, 0)])
def test_more_yes_than_votes_is_no_share(yes: int, total: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson.interval(yes, total)


SHARES = st.integers(0, 5000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@given(SHARES)
def test_the_share_lies_within_and_the_ends_are_shares(given: tuple[int, int]) -> None:
    yes, total = given
    low, high = wilson.interval(yes, total)
    assert 0.0 <= low <= high <= 1.0
    if total:
        assert low <= yes / total <= high


@given(SHARES)
def test_no_mirrors_yes(given: tuple[int, int]) -> None:
    yes, total = given
    low, high = wilson.interval(yes, total)
    other_low, other_high = wilson.interval(total - yes, total)
    assert (other_low, other_high) == (pytest.approx(1 - high, abs=1e-9), pytest.approx(1 - low, abs=1e-9))


@given(SHARES.filter(lambda pair: pair[1] > 0), st.integers(2, 20))
def test_more_votes_of_the_same_share_make_it_surer(given: tuple[int, int], times: int) -> None:
    yes, total = given
    few, many = wilson.interval(yes, total), wilson.interval(yes * times, total * times)
    assert many[1] - many[0] < few[1] - few[0]
