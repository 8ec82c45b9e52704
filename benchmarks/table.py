"""The table of a run: a row for each goal, with what was measured and whether it was met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from benchmarks.bystanders import Bystanders

BUSY_SHARE = 0.25
HUNDREDTHS = 100
"""Below this a figure is given to the hundredth, from there on to the whole."""


@dataclass(frozen=True)
class Row:
    """A goal. `measured` are the rounds; `at_least` or `at_most` is the bound of their median.

    With a `note` it could not be measured here, and that says why. `others` is the share of the machine that other
    processes took meanwhile: what `is_timed` is judged only while that is small.
    """

    goal: str
    measured: Sequence[float] = ()
    unit: str = "×"
    at_least: float | None = None
    at_most: float | None = None
    is_timed: bool = True
    note: str = ""
    others: float = 0.0

    def line(self) -> str:
        """The row as text."""
        return f"{self.goal:78} {self._bound():>8} | {self._middle():>12} | {self._spread():>17} | {self.verdict()}"

    def verdict(self) -> str:
        """What is said last: met, missed, not judged, or that there is no goal to meet."""
        if not self.measured:
            return f"{self.note}: not judged"
        if self.at_least is None and self.at_most is None:
            return "for comparison"
        if self.is_timed and self.others > BUSY_SHARE:
            return "not judged"
        middle = median(self.measured)
        met = middle >= self.at_least if self.at_least is not None else middle <= (self.at_most or 0)
        return "met" if met else "missed"

    def _bound(self) -> str:
        if self.at_least is not None:
            return f"≥ {self.at_least:g}"
        return "" if self.at_most is None else f"≤ {self.at_most:g}"

    def _middle(self) -> str:
        return f"{figure(median(self.measured))} {self.unit:3}" if self.measured else ""

    def _spread(self) -> str:
        return f"{figure(min(self.measured))} – {figure(max(self.measured))}" if len(self.measured) > 1 else ""


def figure(value: float) -> str:
    """A number as a table gives it."""
    return f"{value:,.0f}" if abs(value) >= HUNDREDTHS else f"{value:.2f}"


def watched(measure: Callable[[], Sequence[Row]]) -> list[Row]:
    """The rows of a measurement, each knowing what others took of the machine while it was made."""
    bystanders = Bystanders()
    rows = measure()
    others = bystanders.share()
    return [replace(row, others=others) for row in rows]
