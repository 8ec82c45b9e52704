"""From points to the hits of a page: what may be seen, how many there are, what stands first among equals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import NamedTuple

from helpcenter.search.analysis import index_terms
from helpcenter.search.engine import Facets, Hit
from helpcenter.search.folding import cleaned, folded
from helpcenter.search.query import Query
from helpcenter.search.snippets import Marker
from helpcenter.search.whoosh_engine.schema import TAG, field_name
from helpcenter.search.whoosh_engine.snapshot import Place, Snapshot
from helpcenter.search.whoosh_engine.summing import Scored

# Who types a title wants that page, so it comes first. The bonuses are small: they decide among equals.
TITLE_PHRASE_BONUS = 0.12
BODY_PHRASE_BONUS = 0.05
JUDGED_FOR_TITLE = 20
JUDGED_FOR_BODY = 10


class Candidate(NamedTuple):
    """A document with its points; `bonus` is the share of its points that a phrase in it adds."""

    points: float
    segment: int
    document: int
    bonus: float = 0.0
    has_exact_title: bool = False

    @property
    def total(self) -> float:
        """Points and bonus."""
        return self.points * (1 + self.bonus)


@dataclass(frozen=True)
class Ranking:
    """Ranks the scores of one query."""

    snapshot: Snapshot
    query: Query
    _bodies: dict[tuple[int, int], str] = field(default_factory=dict)
    _titles: dict[tuple[int, str], frozenset[int]] = field(default_factory=dict)

    def counted(self, matching: Sequence[int]) -> tuple[int, Facets]:
        """How many documents the viewer may see and the filters let pass, and how many each filter would let pass.

        `matching` has for each segment a bit for every document that was found.
        """
        kinds: Counter[str] = Counter()
        topics: Counter[int | None] = Counter()
        total = 0
        allowed = self.snapshot.allowed(self.query)
        for segment, bits in enumerate(self._tagged_bits(matching)):
            here = self.snapshot.place_bits(segment)
            for number, place in enumerate(self.snapshot.places):
                count = (bits & here[number]).bit_count() if allowed[number] else 0
                if count and place.locale == self.query.locale:
                    is_topic, is_kind = self._is_topic(place), self._is_kind(place)
                    kinds[place.kind] += count * is_topic
                    topics[place.topic_id] += count * is_kind
                    total += count * (is_topic and is_kind)
        return total, Facets(dict(+kinds), dict(+topics), {self.query.locale: total} if total else {})

    @property
    def most(self) -> int:
        """How many of the best have to be known to fill the page."""
        return max(JUDGED_FOR_TITLE, self.query.offset + self.query.limit)

    def best(self, scores: Sequence[Scored]) -> list[Candidate]:
        """The documents of the page, best first."""
        candidates = self.heaviest(scores, self.most)
        likely, rest = candidates[:JUDGED_FOR_TITLE], candidates[JUDGED_FOR_TITLE:]
        judged = [*_in_order(self._with_title_bonus(likely)), *rest]
        head = _in_order(self._with_body_bonus(judged[:JUDGED_FOR_BODY]))
        ordered = [*head, *judged[JUDGED_FOR_BODY:]]
        return ordered[self.query.offset : self.query.offset + self.query.limit]

    def heaviest(self, scores: Sequence[Scored], most: int) -> list[Candidate]:
        """The documents with the most points, those first that stand first in the index among equals."""
        found = [
            (value, -number, -document)
            for number, points in enumerate(scores)
            for value, document in self._tagged(number, points)
        ]
        return [Candidate(value, -number, -document) for value, number, document in nlargest(most, found)]

    def hit(self, candidate: Candidate, marker: Marker) -> Hit:
        """A candidate as it is shown."""
        segment = self.snapshot.segments[candidate.segment]
        head = segment.reader.head(candidate.document)
        place = self.snapshot.places[segment.places[candidate.document]]
        return Hit(
            kind=place.kind,
            id=head.id,
            locale=place.locale,
            score=round(candidate.total, 4),
            title=head.title,
            passage=marker.passage(self._body(candidate), self.query.passage_length),
            topic_id=place.topic_id,
            audience=place.audience,
            updated_at=head.updated_at,
            solved=head.solved,
        )

    def passing(self) -> bytearray:
        """For each place whether what is there may be on the page: visible, of this language, not filtered out."""
        allowed = self.snapshot.allowed(self.query)
        here = self.snapshot.of_locale(self.query.locale)
        return bytearray(
            allowed[number] and here[number] and self._is_kind(place) and self._is_topic(place)
            for number, place in enumerate(self.snapshot.places)
        )

    def _is_kind(self, place: Place) -> bool:
        return not self.query.kinds or place.kind in self.query.kinds

    def _is_topic(self, place: Place) -> bool:
        return not self.query.topics or place.topic_id in self.query.topics

    def _tagged(self, number: int, points: Scored) -> Scored:
        if not self.query.tags:
            return points
        reader = self.snapshot.segments[number].reader
        tagged = set.intersection(*(set(reader.postings(TAG, tag.lower()).documents) for tag in self.query.tags))
        return [one for one in points if one[1] in tagged]

    def _tagged_bits(self, matching: Sequence[int]) -> Sequence[int]:
        for tag in self.query.tags:
            matching = [bits & self.snapshot.tag_bits(number, tag) for number, bits in enumerate(matching)]
        return matching

    def _with_title_bonus(self, candidates: list[Candidate]) -> list[Candidate]:
        locale = self.query.locale
        exact, wanted = _spelling(self.query.text, locale), index_terms(self.query.text, locale)
        result = []
        for one in candidates:
            title = self.snapshot.segments[one.segment].reader.title(one.document)
            # Taking a title apart costs more than asking which titles have the words, which few have all of.
            may_hold_it = len(wanted) > 1 and all(one.document in self._titled(one.segment, term) for term in wanted)
            has_phrase = may_hold_it and _stands_in(wanted, index_terms(title, locale))
            bonus = TITLE_PHRASE_BONUS if has_phrase else 0.0
            result.append(one._replace(bonus=bonus, has_exact_title=_spelling(title, locale) == exact))
        return result

    def _titled(self, segment: int, term: str) -> frozenset[int]:
        """The documents of a segment with a term in their title."""
        found = self._titles.get((segment, term))
        if found is None:
            reader, name = self.snapshot.segments[segment].reader, field_name("title", self.query.locale)
            found = self._titles[segment, term] = frozenset(reader.postings(name, term).documents)
        return found

    def _with_body_bonus(self, candidates: list[Candidate]) -> list[Candidate]:
        phrase = folded(cleaned(self.query.text), self.query.locale)
        if " " not in phrase:
            return candidates
        result = []
        for one in candidates:
            stands = phrase in folded(self._body(one), self.query.locale)
            result.append(one._replace(bonus=one.bonus + BODY_PHRASE_BONUS * stands))
        return result

    def _body(self, candidate: Candidate) -> str:
        key = (candidate.segment, candidate.document)
        if key not in self._bodies:
            self._bodies[key] = self.snapshot.segments[candidate.segment].reader.body(candidate.document)
        return self._bodies[key]


def _in_order(candidates: list[Candidate]) -> list[Candidate]:
    """An exact title, then best first; equal ones as they stand in the index, so that pages do not overlap."""
    return sorted(candidates, key=lambda one: (not one.has_exact_title, -one.total, one.segment, one.document))


def _spelling(text: str, locale: str) -> str:
    return " ".join(folded(cleaned(text), locale).split()).strip(" ?!.؟¿¡")


def _stands_in(wanted: Sequence[str], terms: Sequence[str]) -> bool:
    size = len(wanted)
    return any(terms[at : at + size] == wanted for at in range(len(terms) - size + 1))
