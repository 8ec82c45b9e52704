"""The titles most like a text, by the runs of three letters they share: for when nothing was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from helpcenter.search.folding import folded

Thing = TypeVar("Thing")
LEAST_LIKENESS = 0.12


def closest(text: str, locale: str, titled: Iterable[tuple[str, Thing]], most: int = 5) -> list[Thing]:
    """The things whose title is most like the text, the most alike first; none that shares next to nothing."""
    wanted = _runs(text, locale)
    scored = [(_likeness(wanted, _runs(title, locale)), thing) for title, thing in titled]
    alike = sorted((row for row in scored if row[0] >= LEAST_LIKENESS), key=lambda row: -row[0])
    return [thing for _, thing in alike[:most]]


def _likeness(wanted: frozenset[str], own: frozenset[str]) -> float:
    """Dice's coefficient, 0.0 to 1.0."""
    return 2 * len(wanted & own) / (len(wanted) + len(own)) if wanted and own else 0.0


def _runs(text: str, locale: str) -> frozenset[str]:
    padded = [f" {word} " for word in folded(text, locale).split()]
    return frozenset(word[i : i + 3] for word in padded for i in range(len(word) - 2))
