"""The PostgreSQL engine: no folder and no state of its own, so any number of web processes on any machines may ask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import Connection, text

from helpcenter.core import clock
from helpcenter.search.document import Document, SubjectKey, check
from helpcenter.search.engine import (
    Answers,
    Completions,
    Contribution,
    EngineError,
    EngineUnavailable,
    Health,
    Hit,
    Progress,
    Results,
    no_progress,
)
from helpcenter.search.postgres_engine import building, inspection, writing
from helpcenter.search.postgres_engine import state as states
from helpcenter.search.postgres_engine.database import Database
from helpcenter.search.postgres_engine.errors import IndexMoved, named_errors
from helpcenter.search.postgres_engine.source import TableSource
from helpcenter.search.postgres_engine.state import State
from helpcenter.search.postgres_engine.statements import of_slot
from helpcenter.search.postgres_engine.supposing import Supposed
from helpcenter.search.postgres_engine.tables import SLOTS
from helpcenter.search.query import Query
from helpcenter.search.reading import Reading
from helpcenter.search.synonyms import NO_SYNONYMS, Synonyms

_TRIES = 3
# No question takes this long, so nobody reads a slot any more that was replaced before.
LEFT_ALONE = timedelta(minutes=1)
WHERE = "the database"
SIZE = """
SELECT pg_total_relation_size('search_posting_{slot}') + pg_total_relation_size('search_word_{slot}')
       + pg_total_relation_size('search_term_{slot}') + pg_total_relation_size('search_document_{slot}')
"""

Answer = TypeVar("Answer")


class PostgresEngine:
    """An engine on tables of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._places = states.Places()

    def index(self, documents: Sequence[Document], applied: int | None = None) -> None:
        """See Engine.index."""
        self.apply((), documents, applied)

    def delete(self, subjects: Collection[SubjectKey], applied: int | None = None) -> None:
        """See Engine.delete."""
        self.apply(subjects, (), applied)

    def apply(
        self, subjects: Collection[SubjectKey], documents: Sequence[Document], applied: int | None = None
    ) -> None:
        """See Engine.apply."""
        for document in documents:
            check(document)
        with named_errors(), self._database.writing() as connection:
            writing.apply(connection, self._places, subjects, documents, applied)

    def search(self, query: Query, synonyms: Synonyms = NO_SYNONYMS) -> Results:
        """See Engine.search."""
        return self._ask(lambda reading: reading.search(query, synonyms))

    def supposing(self, documents: Sequence[Document]) -> Answers:
        """See Engine.supposing."""
        for document in documents:
            check(document)
        return Supposed(self._stated, documents)

    def answering(self, query: Query, synonyms: Synonyms = NO_SYNONYMS) -> tuple[Hit, ...]:
        """See Engine.answering."""
        return self._ask(lambda reading: reading.answering(query, synonyms))

    def lookup(self, subjects: Sequence[SubjectKey], query: Query) -> list[Hit]:
        """See Engine.lookup."""
        return self._ask(lambda reading: reading.lookup(subjects, query))

    def explain(self, query: Query, subject: SubjectKey, synonyms: Synonyms = NO_SYNONYMS) -> list[Contribution]:
        """See Engine.explain."""
        return self._ask(lambda reading: reading.explain(query, subject, synonyms))

    def complete(self, query: Query) -> Completions:
        """See Engine.complete."""
        return self._ask(lambda reading: reading.complete(query))

    def correct(self, query: Query) -> str | None:
        """See Engine.correct."""
        return self._ask(lambda reading: reading.correct(query))

    def rebuild(self, documents: Iterable[Document], applied: int = 0, progress: Progress = no_progress) -> int:
        """See Engine.rebuild. DocumentRefused at the first document that can not be held; the old index stays."""
        with named_errors(), self._database.exclusive():
            return building.build(self._database, self._places, documents, applied, progress)

    def health(self) -> Health:
        """See Engine.health."""
        try:
            return self._stated(_health)
        except EngineError as error:
            return Health(where=WHERE, damage=str(error))

    def applied(self) -> int:
        """See Engine.applied."""
        return self._stated(lambda _, state: state.applied)

    def doubt(self) -> None:
        """See Engine.doubt. What needs no second look, such as that there is no index, is not noted."""
        with suppress(EngineError):
            if not self._stated(lambda _, state: state.is_doubted):
                with named_errors(), self._database.aside() as connection:
                    connection.execute(text("UPDATE search_index SET is_doubted = true WHERE id = 1"))

    def verify(self) -> None:
        """See Engine.verify."""
        with named_errors(), self._database.reading() as connection:
            state = states.read(connection, self._places)
            (inspection.inspect if state.is_doubted else inspection.glance)(connection, state)
        has_old_leftovers = state.has_leftovers and clock.now() - state.swapped_at > LEFT_ALONE
        if not state.is_doubted and not has_old_leftovers:
            return
        with named_errors(), self._database.writing() as connection:
            if has_old_leftovers:
                building.empty(connection, next(slot for slot in SLOTS if slot != state.slot))
            connection.execute(
                text("UPDATE search_index SET is_doubted = false, has_leftovers = :left WHERE id = 1"),
                {"left": state.has_leftovers and not has_old_leftovers},
            )

    def exclusive(self) -> AbstractContextManager[None]:
        """See Engine.exclusive."""
        return self._database.exclusive()

    def _ask(self, question: Callable[[Reading], Answer]) -> Answer:
        return self._stated(
            lambda connection, state: question(Reading(lambda query: TableSource(connection, state, query)))
        )

    def _stated(self, question: Callable[[Connection, State], Answer]) -> Answer:
        """The answer of the newest state; asked again when the index was replaced in the meantime."""
        for _ in range(_TRIES):
            with suppress(IndexMoved), named_errors(), self._database.reading() as connection:
                return question(connection, states.read(connection, self._places))
        raise EngineUnavailable("the index is replaced again and again")


def _health(connection: Connection, state: State) -> Health:
    size = connection.scalar(text(of_slot(SIZE, state.slot)))
    return Health(state.documents, state.applied, size or 0, WHERE)
