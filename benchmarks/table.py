"""The table of a run: a row for each goal, with what was measured and whether it was met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

BUSY_SHARE = 0.25


@dataclass(frozen=True)
class Row:
    """A goal. `measured` are the rounds; `at_least` or `at_most` is the bound of their median."""

    goal: str
    measured: Sequence[float]
    unit: str = "×"
    at_least: float | None = None
    at_most: float | None = None
    is_timed: bool = True

    def line(self, is_quiet: bool) -> str:
        """The row as text."""
        bound = (
            f"≥ {self.at_least:g}"
            if self.at_least is not None
            else f"≤ {self.at_most:g}"
            if self.at_most is not None
            else ""
        )
        middle = median(self.measured)
        spread = f"{min(self.measured):.2f} – {max(self.measured):.2f}" if len(self.measured) > 1 else ""
        verdict = self._verdict(middle, is_quiet)
        return f"{self.goal:58} {bound:>8} | {middle:9.2f} {self.unit:3} | {spread:>17} | {verdict}"

    def _verdict(self, middle: float, is_quiet: bool) -> str:
        if self.at_least is None and self.at_most is None:
            return "for comparison"
        if self.is_timed and not is_quiet:
            return "not judged"
        met = middle >= self.at_least if self.at_least is not None else middle <= (self.at_most or 0)
        return "met" if met else "missed"


class Bystanders:
    """What other processes take of this machine while we measure."""

    def __init__(self) -> None:
        self._begun = _machine()

    def share(self, own_seconds: float) -> float:
        """The part of the machine, 0.0 to 1.0, that went to neither us nor idleness since the beginning."""
        busy, total = (now - then for now, then in zip(_machine(), self._begun, strict=True))
        return max(0.0, busy - own_seconds) / total if total else 0.0


def _machine() -> tuple[float, float]:
    ticks = [int(part) for part in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    total = sum(ticks) / 100
    return total - (ticks[3] + ticks[4]) / 100, total
