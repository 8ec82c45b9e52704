from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from helpcenter.reports.chart import NARROW, WIDE, draw, points
from helpcenter.reports.counts import DayCount
from helpcenter.reports.figures import Counted
from helpcenter.reports.range import Range

FIRST = date(2026, 3, 2)
COUNTS = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.sampled_from(["confirmed", "participated", "assumed", "contacted", "direct", "pending"]),
        st.integers(1, 30),
    ),
    max_size=60,
)


def days(*rows: tuple[int, str, int]) -> list[DayCount]:
    return [DayCount(FIRST + timedelta(days=day), Counted(state, "", count)) for day, state, count in rows]


def weeks(count: int) -> Range:
    return Range(FIRST, FIRST + timedelta(days=7 * count - 1))


def test_every_day_has_its_place_also_an_empty_one() -> None:
    found = points(days((0, "confirmed", 2), (6, "confirmed", 1)), weeks(1), None)
    assert [one.figures.deflected for one in found] == [2, 0, 0, 0, 0, 0, 1]


def test_a_long_range_is_drawn_in_weeks_that_lose_nothing() -> None:
    found = points(days(*((day, "confirmed", 1) for day in range(140))), weeks(20), None)
    assert len(found) == 20
    assert {one.figures.deflected for one in found} == {7}


def test_a_week_is_provisional_as_soon_as_one_of_its_days_is() -> None:
    found = points([], weeks(20), FIRST + timedelta(days=136))
    assert [one.is_provisional for one in found] == [False] * 19 + [True]


def test_time_runs_from_the_left_and_the_later_days_are_lighter() -> None:
    counted = days((0, "confirmed", 1), (3, "confirmed", 4), (6, "confirmed", 2))
    drawing = draw(points(counted, weeks(1), FIRST + timedelta(days=5)), WIDE)
    assert [bar.x for bar in drawing.bars] == sorted(bar.x for bar in drawing.bars)
    assert [bar.is_provisional for bar in drawing.bars] == [False, False, True]
    assert drawing.peak is not None and drawing.peak.count == 4
    assert drawing.bars[1].height == 4 * drawing.bars[0].height


def test_nothing_is_named_that_is_not_drawn() -> None:
    drawing = draw(points([], weeks(1), None), WIDE)
    assert (drawing.bars, drawing.labels, drawing.line, drawing.peak) == ([], [], "", None)


@given(COUNTS, st.integers(1, 8), st.sampled_from([WIDE, NARROW]))
def test_everything_stays_on_the_paper_and_no_label_covers_another(counted: list, length: int, size: object) -> None:
    within = [row for row in counted if row[0] < length * 7]
    drawing = draw(points(days(*sorted(within)), weeks(length), None), size)  # type: ignore[arg-type]
    for bar in drawing.bars:
        assert bar.x >= 0 and bar.x + bar.width <= drawing.plot_width + 0.1
        assert bar.y >= 0 and bar.y + bar.height <= drawing.zero + 0.1
        assert bar.width > 0 and bar.height > 0
    for place in drawing.line.split():
        x, y = map(float, place.split(","))
        assert 0 <= x <= drawing.plot_width and 0 <= y <= drawing.zero
    heights = sorted(label.y for label in drawing.labels)
    assert all(high - low >= 20 for low, high in pairwise(heights))
    assert all(0 < y < drawing.zero for y in heights)
