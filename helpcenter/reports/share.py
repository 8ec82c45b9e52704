"""A part of a whole, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

from helpcenter.feedback import wilson

FEWEST = 20
"""Of fewer than this no percentage is told: it would say more than is known."""


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, both counts; of fewer than `fewest` no percentage is told."""

    part: int
    whole: int
    fewest: int = FEWEST

    @property
    def is_few(self) -> bool:
        """Whether there is too little to tell a percentage."""
        return self.whole < self.fewest

    @property
    def rests_on_little(self) -> bool:
        """Whether a percentage that is told all the same has to say so."""
        return not self.is_few and self.whole < FEWEST

    @property
    def value(self) -> float | None:
        """The share, 0.0 to 1.0; None where there is too little."""
        return None if self.is_few else self.part / self.whole

    @property
    def interval(self) -> tuple[float, float]:
        """Both ends of the 95 % Wilson interval, each 0.0 to 1.0."""
        return wilson.interval(self.part, self.whole)
