"""From points to the hits of a page: what may be seen, how many there are, what stands first among equals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

from helpcenter.search.analysis import index_terms
from helpcenter.search.document import SubjectKey
from helpcenter.search.engine import Facets, Hit
from helpcenter.search.folding import cleaned, folded
from helpcenter.search.query import Query
from helpcenter.search.snippets import Marker
from helpcenter.search.whoosh_engine.schema import TAG
from helpcenter.search.whoosh_engine.scoring import Scores
from helpcenter.search.whoosh_engine.snapshot import Place, Snapshot

# Bonuses are small: they decide between documents that are otherwise about as good.
EXACT_TITLE_BONUS = 0.5
TITLE_PHRASE_BONUS = 0.12
BODY_PHRASE_BONUS = 0.05
JUDGED_FOR_TITLE = 50
JUDGED_FOR_BODY = 10


@dataclass(frozen=True)
class Candidate:
    """A document with its points; `bonus` is the share of its points that was added for its title or a phrase."""

    points: float
    segment: int
    document: int
    bonus: float = 0.0

    @property
    def total(self) -> float:
        """Points and bonus."""
        return self.points * (1 + self.bonus)


@dataclass(frozen=True)
class Ranking:
    """Ranks the scores of one query."""

    snapshot: Snapshot
    query: Query

    def counted(self, scores: Sequence[Scores]) -> tuple[int, Facets]:
        """How many documents the viewer may see and the filters let pass, and how many each filter would let pass."""
        by_place: Counter[int] = Counter()
        for segment, points in zip(self.snapshot.segments, self._tagged(scores), strict=True):
            by_place.update(map(segment.places.__getitem__, points))
        kinds: Counter[str] = Counter()
        topics: Counter[int | None] = Counter()
        total = 0
        allowed = self.snapshot.allowed(self.query)
        for number, count in by_place.items():
            place = self.snapshot.places[number]
            if not allowed[number]:
                continue
            is_topic, is_kind = self._is_topic(place), self._is_kind(place)
            kinds[place.kind] += count * is_topic
            topics[place.topic_id] += count * is_kind
            total += count * (is_topic and is_kind)
        return total, Facets(dict(+kinds), dict(+topics), {self.query.locale: total} if total else {})

    def best(self, scores: Sequence[Scores]) -> list[Candidate]:
        """The documents of the page, best first. Equal ones stand in the order of their kind and id, always."""
        passes = self.passing()
        most = max(JUDGED_FOR_TITLE, self.query.offset + self.query.limit)
        found: list[tuple[float, int, int]] = []
        for number, points in enumerate(self._tagged(scores)):
            places = self.snapshot.segments[number].places
            found += nlargest(most, ((v, number, d) for d, v in points.items() if passes[places[d]]))
        candidates = [Candidate(*one) for one in nlargest(most, found)]
        judged = self._in_order(self._with_title_bonus(candidates))
        head = self._in_order(self._with_body_bonus(judged[:JUDGED_FOR_BODY]))
        ordered = [*head, *judged[JUDGED_FOR_BODY:]]
        return ordered[self.query.offset : self.query.offset + self.query.limit]

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
            title_parts=marker.mark(head.title),
            passage=marker.passage(segment.reader.body(candidate.document), self.query.passage_length),
            topic_id=place.topic_id,
            audience=place.audience,
            updated_at=head.updated_at,
            solved=head.solved,
        )

    def passing(self) -> bytearray:
        """For each place whether what is there may be on the page: visible, of this language, let pass by the filters."""
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

    def _tagged(self, scores: Sequence[Scores]) -> Sequence[Scores]:
        if not self.query.tags:
            return scores
        kept = []
        for segment, points in zip(self.snapshot.segments, scores, strict=True):
            of_tag = [set(segment.reader.postings(TAG, tag.lower()).documents) for tag in sorted(self.query.tags)]
            wanted = set.intersection(*of_tag)
            kept.append({document: value for document, value in points.items() if document in wanted})
        return kept

    def _in_order(self, candidates: list[Candidate]) -> list[Candidate]:
        return sorted(candidates, key=lambda one: (-round(one.total, 9), *self._subject(one)))

    def _subject(self, candidate: Candidate) -> SubjectKey:
        segment = self.snapshot.segments[candidate.segment]
        kind = self.snapshot.places[segment.places[candidate.document]].kind
        return kind, segment.reader.head(candidate.document).id

    def _with_title_bonus(self, candidates: list[Candidate]) -> list[Candidate]:
        locale = self.query.locale
        exact = _spelling(self.query.text, locale)
        wanted = index_terms(self.query.text, locale)
        result = []
        for one in candidates:
            title = self.snapshot.segments[one.segment].reader.head(one.document).title
            bonus = 0.0
            if _spelling(title, locale) == exact:
                bonus = EXACT_TITLE_BONUS
            elif len(wanted) > 1 and _stands_in(wanted, index_terms(title, locale)):
                bonus = TITLE_PHRASE_BONUS
            result.append(Candidate(one.points, one.segment, one.document, bonus))
        return result

    def _with_body_bonus(self, candidates: list[Candidate]) -> list[Candidate]:
        phrase = folded(cleaned(self.query.text), self.query.locale)
        if " " not in phrase:
            return candidates
        result = []
        for one in candidates:
            body = self.snapshot.segments[one.segment].reader.body(one.document)
            stands = phrase in folded(body, self.query.locale)
            bonus = one.bonus + BODY_PHRASE_BONUS * stands
            result.append(Candidate(one.points, one.segment, one.document, bonus))
        return result


def _spelling(text: str, locale: str) -> str:
    return " ".join(folded(cleaned(text), locale).split()).strip(" ?!.؟¿¡")


def _stands_in(wanted: list[str], terms: list[str]) -> bool:
    size = len(wanted)
    return any(terms[at : at + size] == wanted for at in range(len(terms) - size + 1))
