"""Putting documents in and taking them out, each batch in one transaction.

What is counted over all documents (in how many a term stands, how long the fields are) is kept by adding and taking
away, so a change costs as much as the documents of the change are long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from helpcenter.search.document import Document, SubjectKey
from helpcenter.search.indexed import last_of_each
from helpcenter.search.postgres_engine import state as states
from helpcenter.search.postgres_engine.rows import (
    Prepared,
    copy_documents,
    copy_postings,
    copy_terms,
    document_row,
    posting_lines,
    prepared,
    word_row,
)
from helpcenter.search.postgres_engine.sight import array
from helpcenter.search.postgres_engine.state import State
from helpcenter.search.postgres_engine.statements import of_slot
from helpcenter.search.postgres_engine.tables import LARGEST_ID

TAKE_DOCUMENTS = """
DELETE FROM search_document_{slot} d USING unnest(%(kinds)s::text[], %(ids)s::bigint[]) AS gone(kind, id)
WHERE d.kind = gone.kind AND d.subject_id = gone.id
RETURNING d.id, d.locale, d.place, d.title_length, d.keyword_length, d.body_length, d.terms, d.words
"""
TAKE_POSTINGS = """
WITH taken AS (
    DELETE FROM search_posting_{slot} p USING unnest(%(terms)s::int[], %(documents)s::int[]) AS gone(term, document)
    WHERE p.term = gone.term AND p.document = gone.document
    RETURNING p.term, p.title > 0 AS title, p.keyword > 0 AS keyword, p.body > 0 AS body
)
SELECT term, sum(title::int)::int, sum(keyword::int)::int, sum(body::int)::int FROM taken GROUP BY term
"""
KNOWN_TERMS = """
SELECT t.locale, t.term, t.id FROM unnest(%(locales)s::text[], %(terms)s::text[]) AS wanted(locale, term)
JOIN search_term_{slot} t ON t.locale = wanted.locale AND t.term = wanted.term
"""
COUNT_TERMS = """
UPDATE search_term_{slot} t
SET title = t.title + more.title, keyword = t.keyword + more.keyword, body = t.body + more.body
FROM unnest(%(ids)s::int[], %(title)s::int[], %(keyword)s::int[], %(body)s::int[]) AS more(id, title, keyword, body)
WHERE t.id = more.id
"""
HELD_WORDS = """
SELECT w.locale, w.word, w.places, w.counts FROM unnest(%(locales)s::text[], %(words)s::text[]) AS wanted(locale, word)
JOIN search_word_{slot} w ON w.locale = wanted.locale AND w.word = wanted.word COLLATE "C"
"""
FORGET_WORDS = """
DELETE FROM search_word_{slot} w USING unnest(%(locales)s::text[], %(words)s::text[]) AS gone(locale, word)
WHERE w.locale = gone.locale AND w.word = gone.word COLLATE "C"
"""
# Arrays of arrays would have to be of one length, so those of each word travel as texts.
PUT_WORDS = """
INSERT INTO search_word_{slot} (locale, word, documents, places, counts)
SELECT more.locale, more.word, more.documents, more.places::int[], more.counts::int[]
FROM unnest(%(locales)s::text[], %(words)s::text[], %(documents)s::int[], %(places)s::text[], %(counts)s::text[])
AS more(locale, word, documents, places, counts)
ON CONFLICT (locale, word)
DO UPDATE SET documents = excluded.documents, places = excluded.places, counts = excluded.counts
"""


def apply(
    connection: Connection,
    places: states.Places,
    subjects: Collection[SubjectKey],
    documents: Sequence[Document],
    applied: int | None,
) -> None:
    """Take the subjects out and the documents in, in the transaction of the connection."""
    more = [prepared(document) for document in last_of_each(documents)]
    state = states.read(connection, places, for_update=True)
    known = len(state.places)
    changes = Changes(connection, state)
    changes.take({*subjects, *(document.subject for document in documents)})
    changes.put(more)
    changes.count()
    state = replace(changes.state, applied=max(state.applied, applied or 0))
    states.write(connection, state, has_places=len(state.places) > known)


class Changes:
    """The changes of one transaction; what they count is written at the end, each row once."""

    def __init__(self, connection: Connection, state: State) -> None:
        self._connection = connection
        self.state = state
        self._frequencies: dict[int, list[int]] = {}
        self._words: Counter[tuple[str, str, int]] = Counter()

    def take(self, subjects: Collection[SubjectKey]) -> None:
        """Take subjects out, in every language."""
        wanted = [(kind, id) for kind, id in subjects if id <= LARGEST_ID]
        rows = self._do(TAKE_DOCUMENTS, **_columns(wanted, "kinds", "ids")).all()
        for row in rows:
            self.state = self.state.counting(row.locale, tuple(row[3:6]), -1)
            self._words.subtract((row.locale, word, row.place) for word in row.words)
        held = [(term, row.id) for row in rows for term in row.terms]
        for term, *counts in self._do(TAKE_POSTINGS, **_columns(held, "terms", "documents")):
            self._add(term, [-count for count in counts])

    def put(self, documents: Sequence[Prepared]) -> None:
        """Put documents in."""
        numbers = self._numbers({(one.place.locale, term) for one in documents for term in one.terms})
        rows, postings = [], []
        for one in documents:
            self.state, place = self.state.with_place(one.place)
            self.state = replace(
                self.state.counting(one.place.locale, one.lengths), last_document=self.state.last_document + 1
            )
            id, of_it = self.state.last_document, {}
            for term, counts in one.terms.items():
                number = of_it[term] = numbers[one.place.locale, term]
                self._add(number, [int(count > 0) for count in counts])
            postings.append(posting_lines(one, id, place, of_it))
            rows.append(document_row(one, id, place, of_it))
            self._words.update((one.place.locale, word, place) for word in one.words)
        copy_documents(self._connection, self.state.slot, rows)
        copy_postings(self._connection, self.state.slot, postings)

    def count(self) -> None:
        """Write what was counted; only what differs."""
        counts = {id: more for id, more in sorted(self._frequencies.items()) if any(more)}
        rows = [(id, *more) for id, more in counts.items()]
        self._do(COUNT_TERMS, **_columns(rows, "ids", "title", "keyword", "body"))
        self._count_words({key: more for key, more in self._words.items() if more})

    def _count_words(self, changed: Mapping[tuple[str, str, int], int]) -> None:
        words = sorted({(locale, word) for locale, word, _ in changed})
        counts: dict[tuple[str, str], Counter[int]] = {word: Counter() for word in words}
        for locale, word, places, held in self._do(HELD_WORDS, **_columns(words, "locales", "words")):
            counts[locale, word].update(dict(zip(places, held, strict=True)))
        for (locale, word, place), more in changed.items():
            counts[locale, word][place] += more
        rows = [word_row(*word, +of_it) for word, of_it in counts.items()]
        kept = [(*row[:3], array(row[3]), array(row[4])) for row in rows if row[2]]
        self._do(PUT_WORDS, **_columns(kept, "locales", "words", "documents", "places", "counts"))
        gone = [row[:2] for row in rows if not row[2]]
        if gone:
            self._do(FORGET_WORDS, **_columns(gone, "locales", "words"))

    def _numbers(self, terms: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """The numbers of terms, new ones for those that nothing had yet."""
        wanted = sorted(terms)
        rows = self._do(KNOWN_TERMS, **_columns(wanted, "locales", "terms"))
        found = {(locale, term): id for locale, term, id in rows}
        last = self.state.last_term
        fresh = {key: last + more for more, key in enumerate((key for key in wanted if key not in found), 1)}
        copy_terms(self._connection, self.state.slot, ((id, *key, 0, 0, 0) for key, id in fresh.items()))
        self.state = replace(self.state, last_term=last + len(fresh))
        return found | fresh

    def _add(self, term: int, counts: Sequence[int]) -> None:
        held = self._frequencies.setdefault(term, [0, 0, 0])
        for at, count in enumerate(counts):
            held[at] += count

    def _do(self, statement: str, **given: Any) -> Any:
        return self._connection.exec_driver_sql(of_slot(statement, self.state.slot), given)


def _columns(rows: Sequence[Sequence[Any]], *names: str) -> dict[str, list[Any]]:
    """Rows as one array for each of their columns."""
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}
