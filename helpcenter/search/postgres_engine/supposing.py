"""The index as it will be: the tables as they are, and beside them, in memory, what a change would take and put.

Nothing is written. Documents that are supposed are weighed one by one with the figures that will be, by the sums that
the statements make.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from helpcenter.search.document import Document, SubjectKey
from helpcenter.search.engine import Hit, Results
from helpcenter.search.indexed import last_of_each
from helpcenter.search.known_words import KnownWords
from helpcenter.search.postgres_engine.figures import Posting, Term
from helpcenter.search.postgres_engine.rows import Prepared, prepared
from helpcenter.search.postgres_engine.source import TableSource, plain_tags
from helpcenter.search.postgres_engine.state import State
from helpcenter.search.postgres_engine.statements import of_slot
from helpcenter.search.query import Query
from helpcenter.search.reading import Reading
from helpcenter.search.source import Candidate, Found, Key, Shown
from helpcenter.search.synonyms import NO_SYNONYMS, Synonyms
from helpcenter.search.terms import Group

TAKEN = """
SELECT d.id, d.locale, d.place, d.title_length, d.keyword_length, d.body_length, d.terms, d.words
FROM search_document_{slot} d JOIN unnest(%(kinds)s::text[], %(ids)s::bigint[]) AS gone(kind, id)
ON d.kind = gone.kind AND d.subject_id = gone.id
"""
TAKEN_TERMS = """
SELECT t.locale, t.term, count(*) FILTER (WHERE p.title > 0), count(*) FILTER (WHERE p.keyword > 0),
       count(*) FILTER (WHERE p.body > 0)
FROM unnest(%(terms)s::int[], %(documents)s::int[]) AS gone(term, document)
JOIN search_posting_{slot} p ON p.term = gone.term AND p.document = gone.document
JOIN search_term_{slot} t ON t.id = p.term
GROUP BY t.locale, t.term
"""

Answer = TypeVar("Answer")


class Stated(Protocol):
    """See PostgresEngine: gives a question a connection and the newest state."""

    def __call__(self, question: Callable[[Connection, State], Answer]) -> Answer:
        """The answer."""


@dataclass(frozen=True)
class Overlay:
    """What differs from the tables. `added` are the documents by their keys; `terms` and `words` what is counted more.

    A word is counted for its language and the number of its place in `state`, the state as it will be.
    """

    state: State
    without: tuple[int, ...]
    subjects: frozenset[SubjectKey]
    added: Mapping[Key, Prepared]
    terms: Mapping[tuple[str, str], Sequence[int]]
    words: Mapping[tuple[str, str, int], int]


class Supposed:
    """Answers of an index in which these documents are."""

    def __init__(self, stated: Stated, documents: Sequence[Document]) -> None:
        self._stated = stated
        self._documents = [prepared(document) for document in last_of_each(documents)]
        self._known: tuple[State, Overlay] | None = None
        # So that whoever asks for a forecast is told at once that there is no index.
        stated(lambda connection, state: self._overlay(connection, state))

    def search(self, query: Query, synonyms: Synonyms = NO_SYNONYMS) -> Results:
        """See Engine.search."""
        return self._ask(lambda reading: reading.search(query, synonyms))

    def lookup(self, subjects: Sequence[SubjectKey], query: Query) -> list[Hit]:
        """See Engine.lookup."""
        return self._ask(lambda reading: reading.lookup(subjects, query))

    def _ask(self, question: Callable[[Reading], Answer]) -> Answer:
        def asked(connection: Connection, state: State) -> Answer:
            overlay = self._overlay(connection, state)
            return question(Reading(lambda query: SupposedSource(connection, overlay, query)))

        return self._stated(asked)

    def _overlay(self, connection: Connection, state: State) -> Overlay:
        """What differs from this state, made anew when the index has moved on."""
        if self._known is None or self._known[0] != state:
            self._known = state, overlay_on(connection, state, self._documents)
        return self._known[1]


def overlay_on(connection: Connection, state: State, documents: Sequence[Prepared]) -> Overlay:
    """What differs from a state when the subjects of these documents leave it and the documents enter it."""
    subjects = frozenset(one.document.subject for one in documents)
    terms: dict[tuple[str, str], list[int]] = {}
    words: Counter[tuple[str, str, int]] = Counter()
    given = {"kinds": [kind for kind, _ in subjects], "ids": [id for _, id in subjects]}
    rows = connection.exec_driver_sql(of_slot(TAKEN, state.slot), given).all()
    held = [(term, row.id) for row in rows for term in row.terms]
    taken = {"terms": [term for term, _ in held], "documents": [id for _, id in held]}
    for locale, term, *fewer in connection.exec_driver_sql(of_slot(TAKEN_TERMS, state.slot), taken):
        terms[locale, term] = [-count for count in fewer]
    for row in rows:
        state = state.counting(row.locale, tuple(row[3:6]), -1)
        words.subtract((row.locale, word, row.place) for word in row.words)
    added: dict[Key, Prepared] = {}
    for one in documents:
        state, place = state.with_place(one.place)
        state = replace(state.counting(one.place.locale, one.lengths), last_document=state.last_document + 1)
        added[state.last_document,] = one
        words.update((one.place.locale, word, place) for word in one.words)
        for term, counts in one.terms.items():
            more = terms.setdefault((one.place.locale, term), [0, 0, 0])
            for at, count in enumerate(counts):
                more[at] += count > 0
    return Overlay(state, tuple(row.id for row in rows), subjects, added, terms, words)


class SupposedSource(TableSource):
    """See Source."""

    def __init__(self, connection: Connection, overlay: Overlay, query: Query) -> None:
        super().__init__(connection, overlay.state, query, overlay.without)
        self._overlay = overlay
        for key, one in overlay.added.items():
            document = one.document
            shown = Shown(one.place, document.id, document.title, document.updated_at, document.solved)
            self._shown[key], self._bodies[key] = shown, document.body

    @cached_property
    def words(self) -> KnownWords:
        """See Source.words."""
        more: Counter[str] = Counter()
        allowed = set(self._sight.numbers)
        for (locale, word, place), count in self._overlay.words.items():
            if locale == self._query.locale and place in allowed:
                more[word] += count
        return SupposedWords(super().words, more)

    def expect(self, terms: Mapping[str, Collection[str]]) -> None:
        """See Source.expect."""
        wanted = self._unasked(terms)
        super().expect(terms)
        for key in wanted:
            if key in self._overlay.terms:
                held, more = self._terms[key], self._overlay.terms[key]
                frequencies = tuple(count + of_it for count, of_it in zip(held.frequencies, more, strict=True))
                self._terms[key] = Term(held.number, frequencies, held.is_seen or self._is_added(*key))

    def found(self, groups: Sequence[Group], others: Mapping[str, Sequence[Group]], most: int) -> Found:
        """See Source.found."""
        found = super().found(groups, others, most)
        places, candidates = Counter(found.places), list(found.candidates)
        known = {term: self._term(term) for group in groups for term, _ in group.terms}
        for key, one in self._added():
            is_here = one.place.locale == self._query.locale
            wanted = groups if is_here else others.get(one.place.locale, ())
            if not self._is_tagged(one) or not any(term in one.terms for group in wanted for term, _ in group.terms):
                continue
            places[one.place] += 1
            if one.place.passes(self._query):
                postings = {term: Posting(one.terms[term], one.lengths) for term in known if term in one.terms}
                candidates.append(Candidate(self._figures.total(groups, known, postings), key))
        candidates.sort(key=lambda one: (-one.points, one.key))
        return Found(candidates[:most], places)

    def keys(self, subjects: Sequence[SubjectKey]) -> list[Key]:
        """See Source.keys."""
        found = {self._shown[key].subject: key for key in super().keys(subjects)}
        for subject in self._overlay.subjects:
            found.pop(subject, None)
        found |= {one.document.subject: key for key, one in self._added() if one.place.passes(self._query)}
        return [found[subject] for subject in subjects if subject in found]

    def _added(self) -> Iterator[tuple[Key, Prepared]]:
        """The supposed documents that the viewer may see."""
        return ((key, one) for key, one in self._overlay.added.items() if one.place.is_seen_by(self._query))

    def _is_added(self, locale: str, term: str) -> bool:
        return any(one.place.locale == locale and term in one.terms for _, one in self._added())

    def _is_tagged(self, one: Prepared) -> bool:
        if one.place.locale != self._query.locale:
            return True
        return plain_tags(self._query.tags) <= {tag.lower() for tag in one.document.tags}


class SupposedWords:
    """See KnownWords. `more` says in how many more documents a word will stand."""

    def __init__(self, words: KnownWords, more: Mapping[str, int]) -> None:
        self._words, self._more = words, more

    def completions(self, prefix: str, limit: int) -> list[str]:
        """See KnownWords.completions."""
        return self._words.completions(prefix, limit)

    def counts(self, words: Iterable[str]) -> Mapping[str, int]:
        """See KnownWords.counts."""
        wanted = list(dict.fromkeys(words))
        held = self._words.counts(wanted)
        counts = {word: held.get(word, 0) + self._more.get(word, 0) for word in wanted}
        return {word: count for word, count in counts.items() if count > 0}

    def begun(self, prefixes: Collection[str]) -> set[str]:
        """See KnownWords.begun."""
        fresh = self._fresh
        return self._words.begun(prefixes) | {one for one in prefixes if any(word.startswith(one) for word in fresh)}

    def beginning_with(self, prefix: str, lengths: range) -> Iterable[str]:
        """See KnownWords.beginning_with."""
        fresh = (word for word in self._fresh if word.startswith(prefix) and len(word) in lengths)
        return sorted({*self._words.beginning_with(prefix, lengths), *fresh})

    def first_of_each(self, prefixes: Collection[str], most: int) -> Iterator[tuple[str, str]]:
        """See KnownWords.first_of_each."""
        fresh = {(prefix, word) for word in self._fresh for prefix in prefixes if word.startswith(prefix)}
        pairs = sorted({*self._words.first_of_each(prefixes, most), *fresh})
        for _, of_one in groupby(pairs, lambda pair: pair[0]):
            yield from list(of_one)[:most]

    @property
    def _fresh(self) -> list[str]:
        return [word for word, count in self._more.items() if count > 0]
