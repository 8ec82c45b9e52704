"""What a snapshot answers to the rules of searching."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nlargest

from helpcenter.search.document import SubjectKey
from helpcenter.search.known_words import KnownWords, ListedWords
from helpcenter.search.languages import LANGUAGES
from helpcenter.search.place import Place
from helpcenter.search.query import Query
from helpcenter.search.reading import Reading
from helpcenter.search.source import Candidate, Found, Key, Shown
from helpcenter.search.terms import Group
from helpcenter.search.whoosh_engine.message import MessageScorer
from helpcenter.search.whoosh_engine.schema import TAG, field_name
from helpcenter.search.whoosh_engine.scoring import Scorer
from helpcenter.search.whoosh_engine.snapshot import Snapshot
from helpcenter.search.whoosh_engine.summing import Scored
from helpcenter.search.whoosh_engine.vocabulary import Vocabulary
from helpcenter.search.whoosh_engine.writing import key_of


@dataclass
class WhooshIndex:
    """A snapshot and what was worked out from it. The word lists are made when first needed, once for all threads."""

    snapshot: Snapshot
    _vocabularies: dict[str, Vocabulary] = field(default_factory=dict)
    _scorers: dict[str, Scorer] = field(default_factory=dict)
    _message_scorers: dict[str, MessageScorer] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def reading(self) -> Reading:
        """What the snapshot answers."""
        return Reading(lambda query: WhooshSource(self, query))

    def scorer(self, locale: str) -> Scorer:
        """Scores searches in a language."""
        with self._lock:
            if locale not in self._scorers:
                self._scorers[locale] = Scorer(self.snapshot, locale)
            return self._scorers[locale]

    def message_scorer(self, locale: str) -> MessageScorer:
        """Scores messages in a language."""
        with self._lock:
            if locale not in self._message_scorers:
                self._message_scorers[locale] = MessageScorer(self.snapshot, locale)
            return self._message_scorers[locale]

    def vocabulary(self, locale: str) -> Vocabulary:
        """The words and titles of a language."""
        with self._lock:
            if locale not in self._vocabularies:
                self._vocabularies[locale] = Vocabulary(self.snapshot, locale)
            return self._vocabularies[locale]


class WhooshSource:
    """See Source. A document's key is its segment and its number there."""

    def __init__(self, index: WhooshIndex, query: Query) -> None:
        self._index, self._snapshot, self._query = index, index.snapshot, query
        self._scorer = index.scorer(query.locale)
        self._bodies: dict[Key, str] = {}
        self._shown: dict[Key, Shown] = {}

    @cached_property
    def words(self) -> KnownWords:
        """See Source.words."""
        vocabulary = self._index.vocabulary(self._query.locale)
        return ListedWords(vocabulary.words, vocabulary.shown_to(self._allowed))

    def languages(self) -> Collection[str]:
        """See Source.languages."""
        return [locale for locale in LANGUAGES if self._snapshot.has(locale)]

    def expect(self, terms: Mapping[str, Collection[str]]) -> None:
        """See Source.expect. Everything is at hand."""

    def frequency(self, term: str) -> int:
        """See Source.frequency."""
        return (
            self._index.message_scorer(self._query.locale).frequency(term)
            if " " in term
            else self._scorer.frequency(term)
        )

    def count(self) -> int:
        """See Source.count."""
        return self._snapshot.count_in(self._query.locale)

    def is_seen(self, term: str) -> bool:
        """See Source.is_seen."""
        allowed = self._allowed
        return any(
            allowed[segment.places[document]]
            for number, segment in enumerate(self._snapshot.segments)
            for document in self._scorer.documents(number, term)
        )

    def found(self, groups: Sequence[Group], others: Mapping[str, Sequence[Group]], most: int) -> Found:
        """See Source.found."""
        places = dict(self._counted(self._tagged_bits(self._scorer.matching(groups)), self._query.locale))
        for locale, found in others.items():
            places.update(self._counted(self._index.scorer(locale).matching(found), locale))
        # A tag is no place: whom it leaves out is known only after scoring, so everybody is scored then.
        scored = most if not self._query.tags else max(most, self._snapshot.document_count)
        return Found(self._heaviest(self._scorer.best(groups, self._passing, scored), most), places)

    def about(self, groups: Sequence[Group], most: int) -> list[Candidate]:
        """See Source.about."""
        scorer = self._index.message_scorer(self._query.locale)
        return self._heaviest(scorer.best(groups, self._passing, most), most)

    def titled(self, keys: Collection[Key], terms: Sequence[str]) -> Collection[Key]:
        """See Source.titled."""
        name = field_name("title", self._query.locale)
        readers = enumerate(segment.reader for segment in self._snapshot.segments)
        having = {
            (number, term): frozenset(reader.postings(name, term).documents)
            for number, reader in readers
            for term in terms
        }
        return [key for key in keys if all(key[1] in having[key[0], term] for term in terms)]

    def shown(self, keys: Collection[Key]) -> Mapping[Key, Shown]:
        """See Source.shown."""
        for key in keys:
            if key not in self._shown:
                number, document = key
                segment = self._snapshot.segments[number]
                head = segment.reader.head(document)
                place = self._snapshot.places[segment.places[document]]
                self._shown[key] = Shown(place, head.id, head.title, head.updated_at, head.solved)
        return {key: self._shown[key] for key in keys}

    def bodies(self, keys: Collection[Key]) -> Mapping[Key, str]:
        """See Source.bodies."""
        for key in keys:
            if key not in self._bodies:
                number, document = key
                self._bodies[key] = self._snapshot.segments[number].reader.body(document)
        return {key: self._bodies[key] for key in keys}

    def keys(self, subjects: Sequence[SubjectKey]) -> list[Key]:
        """See Source.keys."""
        passes = self._passing
        return [
            (number, document)
            for subject in subjects
            for number, document in self._snapshot.keyed(key_of(subject))
            if passes[self._snapshot.segments[number].places[document]]
        ]

    def contributions(self, group: Group, key: Key) -> list[tuple[str, str, float]]:
        """See Source.contributions."""
        return self._scorer.contributions(group, *key)

    def titles(self, text: str, limit: int) -> list[str]:
        """See Source.titles."""
        return self._index.vocabulary(self._query.locale).titles(text, limit, self._allowed)

    @cached_property
    def _allowed(self) -> bytearray:
        return self._snapshot.allowed(self._query)

    @cached_property
    def _passing(self) -> bytearray:
        """For each place whether what is there may be on the page."""
        return bytearray(place.passes(self._query) for place in self._snapshot.places)

    def _counted(self, matching: Sequence[int], locale: str) -> Iterator[tuple[Place, int]]:
        """How many of the matching are at each place of a language that the viewer may see."""
        here = [
            (number, place)
            for number, place in enumerate(self._snapshot.places)
            if place.locale == locale and self._allowed[number]
        ]
        counts: Counter[Place] = Counter()
        for segment, bits in enumerate(matching):
            of_place = self._snapshot.place_bits(segment)
            for number, place in here:
                counts[place] += (bits & of_place[number]).bit_count()
        return ((place, count) for place, count in counts.items() if count)

    def _heaviest(self, scores: Sequence[Scored], most: int) -> list[Candidate]:
        """The documents with the most points, those first that stand first in the index among equals."""
        found = [
            (value, -number, -document)
            for number, points in enumerate(scores)
            for value, document in self._tagged(number, points)
        ]
        return [Candidate(value, (-number, -document)) for value, number, document in nlargest(most, found)]

    def _tagged(self, number: int, points: Scored) -> Scored:
        if not self._query.tags:
            return points
        reader = self._snapshot.segments[number].reader
        tagged = set.intersection(*(set(reader.postings(TAG, tag.lower()).documents) for tag in self._query.tags))
        return [one for one in points if one[1] in tagged]

    def _tagged_bits(self, matching: Sequence[int]) -> Sequence[int]:
        for tag in self._query.tags:
            matching = [bits & self._snapshot.tag_bits(number, tag) for number, bits in enumerate(matching)]
        return matching
