"""What the table of a benchmark says about a goal."""

from __future__ import annotations

import pytest

from benchmarks.table import BUSY_SHARE, Row, figure, watched

BUSY = BUSY_SHARE + 0.01


@pytest.mark.parametrize(("measured", "verdict"), [([0.9, 1.0, 5.0], "met"), ([0.9, 1.1, 1.2], "missed")])
def test_the_median_of_the_rounds_meets_a_goal_or_misses_it(measured, verdict):
    assert Row("a page", measured, at_most=1).verdict() == verdict


@pytest.mark.parametrize(("measured", "verdict"), [([0.4], "met"), ([0.39], "missed")])
def test_a_goal_may_be_the_least_that_is_enough(measured, verdict):
    assert Row("a vote", measured, at_least=0.4).verdict() == verdict


def test_a_goal_of_none_at_all_is_missed_by_one():
    assert [Row("errors", [count], at_most=0).verdict() for count in (0, 1)] == ["met", "missed"]


def test_nothing_timed_is_judged_while_others_are_busy():
    assert Row("a page", [0.5], at_most=1, others=BUSY).verdict() == "not judged"
    assert Row("a page", [0.5], at_most=1, others=BUSY_SHARE).verdict() == "met"


def test_what_is_counted_is_judged_while_others_are_busy():
    assert Row("queries", [7], at_most=6, is_timed=False, others=BUSY).verdict() == "missed"


def test_a_row_without_a_goal_is_there_for_comparison():
    assert Row("nginx", [0.1]).verdict() == "for comparison"


def test_what_could_not_be_measured_is_not_judged_and_says_why():
    line = Row("the largest paint", at_most=1, note="Chromium is not installed").line()

    assert line.endswith("| Chromium is not installed: not judged")
    assert line.count("|") == 3


def test_a_row_is_goal_measured_spread_and_verdict():
    parts = [part.strip() for part in Row("a page", [0.5, 0.7, 0.6], at_most=1).line().split("|")]

    assert parts == ["a page" + " " * 72 + "      ≤ 1", "0.60 ×", "0.50 – 0.70", "met"]


def test_small_figures_are_given_to_the_hundredth_and_large_ones_to_the_whole():
    assert [figure(value) for value in (0.125, 99.5, 2345.6)] == ["0.12", "99.50", "2,346"]


def test_a_measurement_knows_what_others_took_meanwhile():
    rows = watched(lambda: [Row("a page", [0.5]), Row("another", [0.5])])

    assert len({row.others for row in rows}) == 1
    assert 0 <= rows[0].others <= 1
