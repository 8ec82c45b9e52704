from __future__ import annotations

from array import array
from collections import defaultdict
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from helpcenter.search.whoosh_engine.snapshot import LiveSegment
from helpcenter.search.whoosh_engine.summing import Points, Prepared, best_of_segment

HERE, HIDDEN = 1, 2
PASSES = bytearray([False, True, False])


class OnlyLookedUp(list[float]):
    """Values that are there for whoever asks for one of them, and not to be added one after the other."""

    def __iter__(self) -> Any:
        raise AssertionError("everything was added, though nothing new could be among the best")


def segment_of(places: list[int]) -> LiveSegment:
    reader: Any = None
    return LiveSegment(reader, array("I", places), frozenset(places), is_whole=True)


def group_of(*terms: tuple[Points, float]) -> Prepared:
    return Prepared(terms, max(points.largest * weight for points, weight in terms))


def points_of(given: dict[int, float]) -> Points:
    documents = sorted(given)
    return Points(documents, [given[one] for one in documents], max(given.values()))


def made_up(chance: Random, size: int) -> list[Prepared]:
    """Rare words that weigh much and frequent ones that weigh little, the heaviest first."""
    groups = []
    for _ in range(chance.randint(1, 14)):
        terms = []
        for _ in range(chance.choice((1, 1, 1, 2))):
            having = chance.sample(range(size), max(1, int(size * chance.random() ** 3)))
            heavy = 8.0 * (1.0 - len(having) / (size + 1))
            values = {one: heavy * chance.choice((0.25, 0.5, 1.0, chance.random() + 0.01)) for one in having}
            terms.append((points_of(values), chance.choice((1.0, 0.4))))
        groups.append(group_of(*terms))
    return sorted(groups, key=lambda one: -one.bound)


def added_up(groups: list[Prepared], segment: LiveSegment) -> dict[int, float]:
    """What the documents that may pass get, nothing left out."""
    total: dict[int, float] = defaultdict(float)
    for group in groups:
        best: dict[int, float] = {}
        for points, weight in group.terms:
            for document, value in zip(points.documents, points.values, strict=True):
                best[document] = max(best.get(document, 0.0), value * weight)
        for document, value in best.items():
            total[document] += value
    return {document: value for document, value in total.items() if PASSES[segment.places[document]]}


@given(st.integers(0, 2**32), st.integers(1, 400), st.integers(1, 12))
def test_the_best_are_those_of_adding_everything(seed: int, size: int, most: int) -> None:
    chance = Random(seed)
    segment = segment_of([chance.choice((HERE, HERE, HERE, HIDDEN)) for _ in range(size)])
    groups = made_up(chance, size)
    wanted = added_up(groups, segment)
    found = {document: value for value, document in best_of_segment(groups, segment, PASSES, most)}
    last = sorted(wanted.values(), reverse=True)[:most][-1] if wanted else 0.0
    assert {document for document, value in wanted.items() if value > last - 1e-9} <= found.keys()
    assert len(found) >= min(most, len(wanted))
    assert all(abs(wanted[document] - value) < 1e-6 for document, value in found.items())


def test_what_can_not_be_among_the_best_any_more_is_not_added() -> None:
    size = 1_000
    rare = group_of((points_of({7: 9.0, 8: 8.0}), 1.0))
    everywhere = Points(range(size), OnlyLookedUp([0.5] * size), 0.5)
    segment = segment_of([HERE] * size)
    found = best_of_segment([rare, group_of((everywhere, 1.0))], segment, PASSES, 2)
    assert sorted(found, reverse=True) == [(9.5, 7), (8.5, 8)]


def test_what_is_hidden_takes_nobodys_place() -> None:
    size = 1_000
    rare = group_of((points_of({one: 9.0 - one / 10 for one in range(10)}), 1.0))
    frequent = group_of((points_of(dict.fromkeys(range(size), 0.25)), 1.0))
    segment = segment_of([HIDDEN] * 9 + [HERE] * (size - 9))
    found = max(best_of_segment([rare, frequent], segment, PASSES, 1))
    assert found == (8.1 + 0.25, 9)
