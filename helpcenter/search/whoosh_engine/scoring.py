"""Scoring the documents of a snapshot: see weighing.py one level up."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Sequence

from helpcenter.search.terms import Group
from helpcenter.search.weighing import FIELD_WEIGHTS, FIELDS, K1, B, rarity
from helpcenter.search.whoosh_engine.schema import field_name
from helpcenter.search.whoosh_engine.segment import LENGTHS
from helpcenter.search.whoosh_engine.snapshot import Snapshot, bits_of
from helpcenter.search.whoosh_engine.summing import Points, Prepared, Scored, best_of_segment

# Each takes about 40 bytes: 16 MB in a web process.
MOST_KEPT_POINTS = 400_000
MOST_KEPT_BITS = 2_000


class Scorer:
    """Scores queries in one language of a snapshot; what it worked out for a term is kept while there is room."""

    def __init__(self, snapshot: Snapshot, locale: str) -> None:
        self._segments = snapshot.segments
        self._fields = tuple((field_name(field, locale), FIELD_WEIGHTS[field]) for field in FIELDS)
        self._count = snapshot.count_in(locale)
        self._tables = {name: self._table(name, snapshot.of_locale(locale)) for name, _ in self._fields}
        self._points: dict[tuple[int, str], Points] = {}
        self._points_kept = 0
        self._counted: dict[int, list[int]] = {}
        self._lock = threading.Lock()
        self._bits: dict[tuple[int, str], int] = {}

    def frequency(self, term: str) -> int:
        """In how many documents a term stands: the largest of its fields'. A deleted document may still be counted."""
        return max(self._frequency(name, term) for name, _ in self._fields)

    def documents(self, number: int, term: str) -> Sequence[int]:
        """The documents of a segment in which a term stands, deleted and hidden ones included."""
        return self._of(number, term).documents

    def matching(self, groups: Sequence[Group]) -> list[int]:
        """For each segment a bit for every document in which any term stands, deleted and hidden ones included."""
        terms = {term for group in groups for term, _ in group.terms if self.frequency(term)}
        found = []
        for number in range(len(self._segments)):
            bits = 0
            for term in terms:
                bits |= self._bits_of(number, term)
            found.append(bits)
        return found

    def best(self, groups: Sequence[Group], passes: bytearray, most: int) -> list[Scored]:
        """For each segment at least the `most` best documents of those that may pass, with their points, in any order.

        `passes` says it for each place.
        """
        return [
            best_of_segment(self._prepared(number, groups), segment, passes, most)
            for number, segment in enumerate(self._segments)
        ]

    def contributions(self, group: Group, number: int, document: int) -> list[tuple[str, str, float]]:
        """Term, field and points of a group for one document: of its best term only."""
        best: list[tuple[str, str, float]] = []
        for term, weight in group.terms:
            found = []
            for name, factor in self._fields:
                documents, values = self._in_field(number, name, term)
                at = bisect_left(documents, document)
                if at < len(documents) and documents[at] == document:
                    found.append((term, name.rsplit("_", 1)[0], values[at] * factor * weight))
            best = max(best, found, key=lambda parts: sum(part[2] for part in parts))
        return best

    def _frequency(self, name: str, term: str) -> int:
        return sum(segment.reader.frequency(name, term) for segment in self._segments)

    def _rarity(self, frequency: int) -> float:
        return rarity(self._count, frequency)

    def _prepared(self, number: int, groups: Sequence[Group]) -> list[Prepared]:
        """What each group gives the documents of a segment, the heaviest group first."""
        found = []
        for group in groups:
            worked_out = [(self._of(number, term), weight) for term, weight in group.terms]
            terms = tuple((points, weight) for points, weight in worked_out if points.documents)
            if terms:
                found.append(Prepared(terms, max(points.largest * weight for points, weight in terms)))
        return sorted(found, key=lambda one: -one.bound)

    def _of(self, number: int, term: str) -> Points:
        found = self._points.get((number, term))
        if found is None:
            found = self._worked_out(number, term)
            self._keep((number, term), found)
        return found

    def _keep(self, key: tuple[int, str], found: Points) -> None:
        with self._lock:
            if self._points_kept > MOST_KEPT_POINTS:
                # The half that was worked out last stays; whoever reads the old dictionary still may.
                self._points = dict(list(self._points.items())[len(self._points) // 2 :])
                self._points_kept = sum(len(points.documents) + 20 for points in self._points.values())
            self._points[key] = found
            self._points_kept += len(found.documents) + 20

    def _worked_out(self, number: int, term: str) -> Points:
        """The points of a term in all fields together."""
        found = [(*self._in_field(number, name, term), factor) for name, factor in self._fields]
        # Nearly all documents that have a term have it in one field, so the others are added to that one.
        found.sort(key=lambda one: -len(one[0]))
        (documents, values, factor), *rest = found
        total = dict(zip(documents, values if factor == 1.0 else [value * factor for value in values], strict=True))
        for more, values, factor in rest:
            for document, value in zip(more, values, strict=True):
                total[document] = total.get(document, 0.0) + value * factor
        # Lists of shared numbers: an array would make a new object for each that a loop looks at, twice the time.
        numbers = self._numbers(number)
        is_in_order = len(total) == len(documents)
        ordered = [numbers[document] for document in (documents if is_in_order else sorted(total))]
        points = list(total.values()) if is_in_order else [total[document] for document in ordered]
        return Points(ordered, points, max(points, default=0.0))

    def _numbers(self, number: int) -> list[int]:
        if number not in self._counted:
            self._counted[number] = list(range(len(self._segments[number].places)))
        return self._counted[number]

    def _in_field(self, number: int, name: str, term: str) -> tuple[Sequence[int], list[float]]:
        """Documents and points of a term in one field, before the weight of the field."""
        frequency = self._frequency(name, term)
        reader = self._segments[number].reader
        if not reader.frequency(name, term):
            return (), []
        postings = reader.postings(name, term)
        table, lengths = self._tables[name], reader.lengths(name)
        factor = self._rarity(frequency) * (K1 + 1)
        if postings.times is None:
            once = [factor / (1 + divisor) for divisor in table]
            return postings.documents, [once[lengths[document]] for document in postings.documents]
        pairs = zip(postings.documents, postings.times, strict=True)
        return postings.documents, [factor * times / (times + table[lengths[document]]) for document, times in pairs]

    def _table(self, name: str, here: bytearray) -> list[float]:
        """k1·(1 - b + b·length/average) for each byte a length is kept in."""
        average = self._average(name, here)
        return [K1 * (1 - B + B * length / average) for length in LENGTHS]

    def _average(self, name: str, here: bytearray) -> float:
        """How long a field is, where there is one."""
        lengths = [
            LENGTHS[byte]
            for segment in self._segments
            for byte, place in zip(segment.reader.lengths(name), segment.places, strict=True)
            if byte and here[place]
        ]
        return max(1.0, sum(lengths) / max(1, len(lengths)))

    def _bits_of(self, number: int, term: str) -> int:
        found = self._bits.get((number, term))
        if found is None:
            found = bits_of(self._of(number, term).documents, len(self._segments[number].places))
            if len(self._bits) > MOST_KEPT_BITS:
                self._bits = {}
            self._bits[number, term] = found
        return found
