"""The chart of a report as numbers: where each bar and label stands in a drawing of a given size. Pure.

Time runs from the left in every language. A bar is what did not need to happen, in its two parts; the line is what
reached support. The only rule across is that of zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from helpcenter.journeys.evidence import CONFIRMED, PARTICIPATED
from helpcenter.reports.counts import DayCount
from helpcenter.reports.figures import Figures, figures_of
from helpcenter.reports.range import Range

MOST_DAYS_ONE_BY_ONE = 100
WEEK = 7
LEAST_TOP = 4


@dataclass(frozen=True)
class Point:
    """A day, or a week beginning with it. `last` is its last day; a provisional one may still change."""

    first: date
    last: date
    figures: Figures
    is_provisional: bool = False


def points(days: Iterable[DayCount], range: Range, provisional_from: date | None) -> list[Point]:
    """A point for each day of the range, or for each week of a long one, also where nothing happened."""
    length = 1 if range.days <= MOST_DAYS_ONE_BY_ONE else WEEK
    counted: dict[date, list[DayCount]] = {}
    for one in days:
        counted.setdefault(range.first + timedelta(days=(one.day - range.first).days // length * length), []).append(
            one
        )
    found = []
    first = range.first
    while first <= range.last:
        last = min(first + timedelta(days=length - 1), range.last)
        figures = figures_of(one.counted for one in counted.get(first, ()))
        found.append(Point(first, last, figures, provisional_from is not None and last >= provisional_from))
        first = last + timedelta(days=1)
    return found


@dataclass(frozen=True)
class Bar:
    """A rectangle, in pixels of the drawing."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    is_provisional: bool


@dataclass(frozen=True)
class Label:
    """Where a word stands that names what is drawn beside it."""

    kind: str
    x: float
    y: float


@dataclass(frozen=True)
class Peak:
    """The highest bar, and the number above it."""

    x: float
    y: float
    count: int


@dataclass(frozen=True)
class Drawing:
    """Everything of the chart. `line` is what a polyline takes; `zero` the height of the only rule."""

    width: int
    height: int
    plot_width: int
    zero: int
    bars: Sequence[Bar]
    line: str
    labels: Sequence[Label]
    peak: Peak | None
    first: Point
    last: Point


@dataclass(frozen=True)
class Size:
    """The paper: its width and height, the room for words at the end, above the bars, and below zero."""

    width: int
    height: int
    for_words: int
    above: int = 26
    below: int = 28
    apart: int = 22


WIDE = Size(960, 280, 150)
NARROW = Size(440, 280, 118, apart=24)


def draw(found: Sequence[Point], size: Size) -> Drawing:
    """The drawing of at least one point."""
    plot, zero = size.width - size.for_words, size.height - size.below
    step = plot / len(found)
    most = max(LEAST_TOP, *(max(_deflected(one), _reached(one)) for one in found))
    unit = (zero - size.above) / most
    bars = [bar for place, one in enumerate(found) for bar in _bars(one, place * step, step, zero, unit)]
    line = [(round((place + 0.5) * step, 1), round(zero - _reached(one) * unit, 1)) for place, one in enumerate(found)]
    highest = max(range(len(found)), key=lambda place: (_deflected(found[place]), place))
    count = _deflected(found[highest])
    peak = Peak(round((highest + 0.5) * step, 1), round(zero - count * unit - 8, 1), count) if count else None
    return Drawing(
        size.width,
        size.height,
        plot,
        zero,
        bars,
        " ".join(f"{x},{y}" for x, y in line) if any(map(_reached, found)) else "",
        _labels(found, bars, line[-1][1], plot + 12.0, size),
        peak,
        found[0],
        found[-1],
    )


def _deflected(one: Point) -> int:
    return one.figures.deflected


def _reached(one: Point) -> int:
    return one.figures.count("reached_support")


def _bars(one: Point, x: float, step: float, zero: int, unit: float) -> list[Bar]:
    gap = min(6.0, step * 0.28)
    found, foot = [], float(zero)
    for kind in (CONFIRMED, PARTICIPATED):
        height = one.figures.count(kind) * unit
        if height:
            top = foot - height
            # A hair of paper between the two parts tells them apart without their colours.
            shown = height - 1.5 if foot < zero else height
            found.append(
                Bar(
                    kind,
                    round(x + gap / 2, 1),
                    round(top, 1),
                    round(step - gap, 1),
                    round(shown, 1),
                    one.is_provisional,
                )
            )
            foot = top
    return found


def _labels(found: Sequence[Point], bars: Sequence[Bar], line_end: float, x: float, size: Size) -> list[Label]:
    """A word for each thing that is drawn, beside its last place, and none over another."""
    wanted = {bar.kind: bar.y + bar.height / 2 for bar in bars}
    if any(map(_reached, found)):
        wanted["reached_support"] = line_end
    lowest, labels = size.height - size.below - 4.0, []
    for kind, y in sorted(wanted.items(), key=lambda one: -one[1]):
        y = min(y + 4, lowest)
        labels.append(Label(kind, x, round(y, 1)))
        lowest = y - size.apart
    return labels
