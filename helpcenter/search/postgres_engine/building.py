"""Building the index anew in the slot that does not answer, and then letting that one answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from helpcenter.core import clock
from helpcenter.search.document import Document, check
from helpcenter.search.engine import EngineDamaged, Progress
from helpcenter.search.postgres_engine import state as states
from helpcenter.search.postgres_engine.database import Database
from helpcenter.search.postgres_engine.rows import (
    Prepared,
    copy_documents,
    copy_postings,
    copy_terms,
    copy_words,
    document_row,
    posting_lines,
    prepared,
    word_row,
)
from helpcenter.search.postgres_engine.state import State
from helpcenter.search.postgres_engine.statements import of_slot
from helpcenter.search.postgres_engine.tables import IN_SLOTS

DOCUMENTS_TOGETHER = 100
# TRUNCATE makes new files, which for a small slot takes longer than to delete its rows.
LARGEST_DELETED_BYTES = 4_000_000
# Whoever still reads the slot may do so; what is not left in time is emptied row by row, and stays unsorted.
PATIENCE = "5s"
# From here on it pays to have the postings of a term beside each other, and to tell the planner how many there are.
FEWEST_SORTED = 500


class Builder:
    """A fresh index in a slot. Terms and words are counted in memory and written at the end."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._terms: dict[tuple[str, str], int] = {}
        self._frequencies: list[list[int]] = []
        self._words: dict[tuple[str, str], dict[int, int]] = {}
        self._places: dict[object, int] = {}

    def put(self, connection: Connection, documents: Iterable[Document]) -> None:
        """Put documents in, of which none was put in before."""
        rows, postings = [], []
        for document in documents:
            one = prepared(document)
            id, place = self._counted(one)
            terms = {term: self._number(one.place.locale, term) for term in one.terms}
            for term, counts in one.terms.items():
                held = self._frequencies[terms[term] - 1]
                for at, count in enumerate(counts):
                    held[at] += count > 0
            for word in one.words:
                of_word = self._words.setdefault((one.place.locale, word), {})
                of_word[place] = of_word.get(place, 0) + 1
            rows.append(document_row(one, id, place, terms))
            postings.append(posting_lines(one, id, place, terms))
        copy_documents(connection, self._state.slot, rows)
        copy_postings(connection, self._state.slot, postings)

    def finish(self, connection: Connection) -> None:
        """Let the slot answer from the commit on."""
        slot, frequencies = self._state.slot, self._frequencies
        copy_terms(connection, slot, ((id, *key, *frequencies[id - 1]) for key, id in self._terms.items()))
        copy_words(connection, slot, (word_row(*word, counts) for word, counts in self._words.items()))
        if self._state.documents >= FEWEST_SORTED:
            _alone(connection, of_slot("CLUSTER search_posting_{slot} USING pk_search_posting_{slot}", slot))
            for table in IN_SLOTS[slot]:
                connection.execute(text(f"ANALYZE {table.name}"))
        state = replace(self._state, last_term=len(self._terms), swapped_at=clock.now())
        states.write(connection, state, is_new=True)

    def _counted(self, one: Prepared) -> tuple[int, int]:
        """The number of a document and that of its place."""
        if one.place not in self._places:
            self._state, self._places[one.place] = self._state.with_place(one.place)
        counted = self._state.counting(one.place.locale, one.lengths)
        self._state = replace(counted, last_document=counted.last_document + 1)
        return self._state.last_document, self._places[one.place]

    def _number(self, locale: str, term: str) -> int:
        number = self._terms.get((locale, term))
        if number is None:
            number = self._terms[locale, term] = len(self._terms) + 1
            self._frequencies.append([0, 0, 0])
        return number


def build(
    database: Database, places: states.Places, documents: Iterable[Document], applied: int, progress: Progress
) -> int:
    """Build the index anew, each subject and language once; the number of documents. Behind the lock."""
    with database.writing() as connection:
        state = _fresh(connection, places, applied)
        empty(connection, state.slot)
    builder, count = Builder(state), 0
    for batch in _batches(documents):
        with database.writing() as connection:
            builder.put(connection, batch)
        count += len(batch)
        progress(count)
    with database.writing() as connection:
        builder.finish(connection)
    progress(count)
    return count


def empty(connection: Connection, slot: str) -> None:
    """Take everything out of a slot that does not answer."""
    names = [table.name for table in IN_SLOTS[slot]]
    sizes = " + ".join(f"pg_relation_size('{name}')" for name in names)
    is_large = (connection.scalar(text(f"SELECT {sizes}")) or 0) > LARGEST_DELETED_BYTES
    if is_large and _alone(connection, f"TRUNCATE {', '.join(names)}"):
        return
    for table in IN_SLOTS[slot]:
        connection.execute(table.delete())


def _alone(connection: Connection, statement: str) -> bool:
    """Do what needs a table for oneself; False when somebody did not leave it in time."""
    try:
        with connection.begin_nested():
            connection.execute(text(f"SET LOCAL lock_timeout TO '{PATIENCE}'"))
            connection.execute(text(statement))
            connection.execute(text("SET LOCAL lock_timeout TO DEFAULT"))
    except OperationalError:
        return False
    return True


def _fresh(connection: Connection, places: states.Places, applied: int) -> State:
    """The state of the slot that does not answer, with nothing in it."""
    try:
        now = states.read(connection, places)
    except EngineDamaged:
        # One of another version may answer for other processes, so its slot is left alone.
        row = connection.execute(text("SELECT slot, build FROM search_index WHERE id = 1")).one_or_none()
        slot, number = (row.slot, row.build) if row else ("b", 0)
        return State(_other(slot), number + 1, applied, clock.now(), has_leftovers=row is not None)
    return State(_other(now.slot), now.build + 1, applied, clock.now(), has_leftovers=True)


def _other(slot: str) -> str:
    return "b" if slot == "a" else "a"


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    written: set[tuple[str, int, str]] = set()

    def each() -> Iterator[Document]:
        for document in documents:
            check(document)
            key = (document.kind, document.id, document.locale)
            if key not in written:
                written.add(key)
                yield document

    left = each()
    while batch := list(islice(left, DOCUMENTS_TOGETHER)):
        yield batch
