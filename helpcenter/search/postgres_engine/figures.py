"""What ranking knows of the terms of a query, and what each of them gives a document.

The same sums as in statements.py, here for one document at a time: for whoever asks why it ranks where it does, and for
documents that no table holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from helpcenter.search import message
from helpcenter.search.postgres_engine.state import Statistics
from helpcenter.search.terms import Group
from helpcenter.search.weighing import FIELD_WEIGHTS, FIELDS, K1, B, rarity

NO_NUMBER = 0
"""Of a term that no table holds."""


@dataclass(frozen=True)
class Term:
    """A term of a language: its number, and in how many documents it stands in each field."""

    number: int
    frequencies: tuple[int, ...]
    is_seen: bool

    @property
    def frequency(self) -> int:
        """The largest of its fields'."""
        return max(self.frequencies)


UNKNOWN = Term(NO_NUMBER, (0, 0, 0), False)


class Posting(NamedTuple):
    """How often a term stands in each field of a document, and how long those fields are."""

    times: tuple[int, ...]
    lengths: tuple[int, ...]


@dataclass(frozen=True)
class Figures:
    """What a search weighs its terms by."""

    statistics: Statistics

    @property
    def documents(self) -> int:
        """How many documents there are in the language, at least 1."""
        return max(1, self.statistics.documents)

    @property
    def parameters(self) -> dict[str, float]:
        """What SEARCH_POINTS asks for."""
        slopes = zip(FIELDS, self.statistics.averages, strict=True)
        return {"base": K1 * (1 - B), **{f"{field}_slope": K1 * B / average for field, average in slopes}}

    def factors(self, term: Term, weight: float) -> tuple[float, ...]:
        """What a term gives at most in each field."""
        pairs = zip(FIELD_WEIGHTS.values(), term.frequencies, strict=True)
        return tuple(weight * factor * rarity(self.documents, frequency) * (K1 + 1) for factor, frequency in pairs)

    def points(self, term: Term, weight: float, posting: Posting) -> list[tuple[str, float]]:
        """What a term gives a document: each field it stands in, and the points."""
        given = zip(FIELDS, self.factors(term, weight), *posting, self.statistics.averages, strict=True)
        return [
            (field, factor * times / (times + K1 * (1 - B + B * length / average)))
            for field, factor, times, length, average in given
            if times
        ]

    def best(self, group: Group, terms: Mapping[str, Term], postings: Mapping[str, Posting]) -> list[Any]:
        """Term, field and points of a group for one document, of which `postings` holds what it has of the terms."""
        found: list[list[tuple[str, str, float]]] = [
            [(term, field, points) for field, points in self.points(terms[term], weight, postings[term])]
            for term, weight in group.terms
            if term in postings and term in terms
        ]
        return max(found, key=lambda parts: sum(part[2] for part in parts), default=[])

    def total(self, groups: Sequence[Group], terms: Mapping[str, Term], postings: Mapping[str, Posting]) -> float:
        """What all groups give one document, rounded as the statement does."""
        points: float = sum(part[2] for group in groups for part in self.best(group, terms, postings))
        return round(points * 1e6) / 1e6


def message_parameters(statistics: Statistics) -> dict[str, float]:
    """What MESSAGE_POINTS asks for."""
    found: dict[str, float] = {}
    for (field, (times, discount)), average in zip(message.FIELD_SHARES.items(), statistics.averages, strict=True):
        found |= {f"{field}_times": times, f"{field}_base": 1 - discount, f"{field}_slope": discount / average}
    return found


def message_factors(documents: int, term: str, known: Term, weight: float) -> tuple[float, float, float]:
    """Of a pair what it gives, and nothing else; of a word what it gives at most, after how it grows."""
    telling = weight * rarity(documents, known.frequency)
    return (telling, 0.0, 0.0) if " " in term else (0.0, message.K1, telling * (message.K1 + 1))
