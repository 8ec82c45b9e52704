"""Adding up what the words of a query give the documents of one segment, and no more than the first page needs.

Source for leaving out what can not matter any more: Turtle and Flood 1995, IP&M 31:831.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import inf

from helpcenter.search.whoosh_engine.snapshot import LiveSegment

ROUNDING = 1e-6
# Measured: looking for the best so far costs about as much as adding half as many postings as there are documents, and
# looking a document up in a group as much as adding twenty.
WORTH_A_LOOK = 0.5
LOOK_UPS = 20

Scored = list[tuple[float, int]]


@dataclass(frozen=True)
class Points:
    """Documents of a segment in order and, beside them, what a term gives each; the largest of that."""

    documents: Sequence[int]
    values: Sequence[float]
    largest: float


@dataclass(frozen=True)
class Prepared:
    """A group in one segment: what each of its terms gives, with the weight of the term; and the most it can give."""

    terms: tuple[tuple[Points, float], ...]
    bound: float

    @property
    def size(self) -> int:
        """How many postings its terms have."""
        return sum(len(points.documents) for points, _ in self.terms)


def best_of_segment(groups: list[Prepared], segment: LiveSegment, passes: bytearray, most: int) -> Scored:
    """The heaviest groups come first; once the rest can lift no new document among the best, it is added to the likely
    ones only, if that is less work than adding it to all."""
    size = len(segment.places)
    left = sum(group.size for group in groups)
    # With more postings than documents a list is quicker than a dict, though all of it has to be looked through.
    points: list[float] | dict[int, float] = [0.0] * size if left > size else defaultdict(float)
    remaining = sum(group.bound for group in groups)
    # What the last of the best has at least, and what was added since that was looked up.
    reached, since, worth_from = 0.0, 0.0, inf
    for at, group in enumerate(groups):
        if (
            at
            and left > WORTH_A_LOOK * len(points)
            and remaining < min(reached + since, worth_from)
            and remaining < max(_values(points), default=0.0)
        ):
            top = _top(points, segment, passes, most)
            reached, since = (nlargest(most, top)[-1][0] if len(top) >= most else 0.0), 0.0
            if remaining < reached:
                likely = _at_least(points, reached - remaining - ROUNDING, segment, passes)
                if len(likely) * LOOK_UPS < left:
                    return _added(likely, groups[at:])
                worth_from = remaining / 2
        _add(points, group)
        remaining -= group.bound
        since += group.bound
        left -= group.size
    return _top(points, segment, passes, most)


def _top(points: list[float] | dict[int, float], segment: LiveSegment, passes: bytearray, most: int) -> Scored:
    """At least the `most` best that may pass, or all of them. Few are hidden mostly, so twice as many are looked at."""
    best = nlargest(2 * most, _values(points))
    if len(best) == 2 * most:
        found = _at_least(points, best[-1], segment, passes)
        if len(found) >= most:
            return found
    return _at_least(points, 0.0, segment, passes)


def _at_least(points: list[float] | dict[int, float], least: float, segment: LiveSegment, passes: bytearray) -> Scored:
    places = segment.places
    # 0.0 of a list is a document that was not found at all.
    found = [(value, document) for document, value in _pairs(points) if value >= least and value]
    return [(value, document) for value, document in found if passes[places[document]]]


def _add(points: list[float] | dict[int, float], group: Prepared) -> None:
    if len(group.terms) == 1:
        one, weight = group.terms[0]
        documents: Iterable[int] = one.documents
        values: Iterable[float] = one.values if weight == 1.0 else [value * weight for value in one.values]
    else:
        best: dict[int, float] = {}
        for one, weight in group.terms:
            for document, value in zip(one.documents, one.values, strict=True):
                if value * weight > best.get(document, 0.0):
                    best[document] = value * weight
        documents, values = best.keys(), best.values()
    if not points and isinstance(points, dict):
        points.update(zip(documents, values, strict=True))
        return
    for document, value in zip(documents, values, strict=True):
        points[document] += value


def _added(likely: Scored, groups: list[Prepared]) -> Scored:
    return [(value + sum(_given(document, group) for group in groups), document) for value, document in likely]


def _given(document: int, group: Prepared) -> float:
    """What a group gives a document: the most any of its terms does."""
    best = 0.0
    for points, weight in group.terms:
        at = bisect_left(points.documents, document)
        if at < len(points.documents) and points.documents[at] == document:
            best = max(best, points.values[at] * weight)
    return best


def _values(points: list[float] | dict[int, float]) -> Iterable[float]:
    return points if isinstance(points, list) else points.values()


def _pairs(points: list[float] | dict[int, float]) -> Iterable[tuple[int, float]]:
    return enumerate(points) if isinstance(points, list) else points.items()
