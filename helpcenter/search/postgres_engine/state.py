"""What the row of the index says: which slot answers, how far it is, and what ranking needs to know of the whole."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha1
from typing import Any

from sqlalchemy import Connection

from helpcenter.search.analysis import ANALYSIS_VERSION
from helpcenter.search.engine import EngineDamaged
from helpcenter.search.place import Place
from helpcenter.search.postgres_engine.errors import IndexMoved

# Bump the first number when the rows mean something else; an index of another version is built anew.
INDEX_VERSION = f"1.{ANALYSIS_VERSION}"
MOST_KEPT_PLACES = 4
READ = """
SELECT slot, build, version, applied, documents, last_document, last_term, statistics, places_digest, is_doubted,
       has_leftovers, swapped_at
FROM search_index WHERE id = 1
"""
READ_PLACES = "SELECT places FROM search_index WHERE id = 1 AND places_digest = %(digest)s"
UPDATE = """
UPDATE search_index
SET applied = %(applied)s, documents = %(documents)s, last_document = %(last_document)s, last_term = %(last_term)s,
    statistics = %(statistics)s
WHERE id = 1
"""
UPDATE_PLACES = "UPDATE search_index SET places = %(places)s, places_digest = %(places_digest)s WHERE id = 1"
REPLACE = """
INSERT INTO search_index (id, slot, build, version, applied, documents, last_document, last_term, statistics, places,
                          places_digest, is_doubted, has_leftovers, swapped_at)
VALUES (1, %(slot)s, %(build)s, %(version)s, %(applied)s, %(documents)s, %(last_document)s, %(last_term)s,
        %(statistics)s, %(places)s, %(places_digest)s, false, %(has_leftovers)s, %(swapped_at)s)
ON CONFLICT (id) DO UPDATE
SET slot = excluded.slot, build = excluded.build, version = excluded.version, applied = excluded.applied,
    documents = excluded.documents, last_document = excluded.last_document, last_term = excluded.last_term,
    statistics = excluded.statistics, places = excluded.places, places_digest = excluded.places_digest,
    is_doubted = false, has_leftovers = excluded.has_leftovers, swapped_at = excluded.swapped_at
"""


@dataclass(frozen=True)
class Statistics:
    """Of one language: how many documents, and for each field in how many it is not empty and how long it is in all."""

    documents: int = 0
    filled: tuple[int, ...] = (0, 0, 0)
    lengths: tuple[int, ...] = (0, 0, 0)

    @property
    def averages(self) -> tuple[float, ...]:
        """How long each field is, where there is one."""
        pairs = zip(self.lengths, self.filled, strict=True)
        return tuple(max(1.0, length / max(1, filled)) for length, filled in pairs)

    def plus(self, lengths: Sequence[int], times: int = 1) -> Statistics:
        """With a document more; with `times` -1 one less."""
        return Statistics(
            self.documents + times,
            tuple(filled + times * (length > 0) for filled, length in zip(self.filled, lengths, strict=True)),
            tuple(total + times * length for total, length in zip(self.lengths, lengths, strict=True)),
        )


@dataclass(frozen=True)
class State:
    """The row, and the places by their numbers, which begin with 1."""

    slot: str
    build: int
    applied: int
    swapped_at: datetime
    documents: int = 0
    last_document: int = 0
    last_term: int = 0
    statistics: Mapping[str, Statistics] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    is_doubted: bool = False
    has_leftovers: bool = False

    def of(self, locale: str) -> Statistics:
        """The figures of a language."""
        return self.statistics.get(locale, Statistics())

    def place(self, number: int) -> Place:
        """A place by its number. EngineDamaged when there is none."""
        if not 1 <= number <= len(self.places):
            raise EngineDamaged(f"a document is at the place {number}, which is not known")
        return self.places[number - 1]

    def with_place(self, place: Place) -> tuple[State, int]:
        """A state that knows a place, and the number of the place in it."""
        if place in self.places:
            return self, self.places.index(place) + 1
        return replace(self, places=(*self.places, place)), len(self.places) + 1

    def counting(self, locale: str, lengths: Sequence[int], times: int = 1) -> State:
        """With a document more in a language; with `times` -1 one less."""
        counted = {**self.statistics, locale: self.of(locale).plus(lengths, times)}
        return replace(self, documents=self.documents + times, statistics=counted)


class Places:
    """The places of an index by their digest, kept in the process: they are many and hardly ever change."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Place, ...]] = {}

    def of(self, digest: str, connection: Connection) -> tuple[Place, ...]:
        """The places with this digest. Raises IndexMoved when there are others by now."""
        found = self._known.get(digest)
        if found is None:
            row = connection.exec_driver_sql(READ_PLACES, {"digest": digest}).one_or_none()
            if row is None:
                raise IndexMoved
            found = tuple(Place(*place) for place in json.loads(row.places))
            if len(self._known) >= MOST_KEPT_PLACES:
                self._known = {}
            self._known[digest] = found
        return found


def read(connection: Connection, places: Places, *, for_update: bool = False) -> State:
    """The state now. EngineDamaged when there is no index, or one of another version."""
    row = connection.exec_driver_sql(READ + "FOR UPDATE" if for_update else READ).one_or_none()
    if row is None:
        raise EngineDamaged("there is no index yet")
    if row.version != INDEX_VERSION:
        raise EngineDamaged(f"the index is of version {row.version}, this program reads {INDEX_VERSION}")
    statistics = {
        locale: Statistics(documents, tuple(filled), tuple(lengths))
        for locale, (documents, filled, lengths) in json.loads(row.statistics).items()
    }
    return State(
        row.slot,
        row.build,
        row.applied,
        row.swapped_at,
        row.documents,
        row.last_document,
        row.last_term,
        statistics,
        places.of(row.places_digest, connection),
        row.is_doubted,
        row.has_leftovers,
    )


def write(connection: Connection, state: State, *, is_new: bool = False, has_places: bool = False) -> None:
    """Keep a state. `is_new`: of a fresh build, which answers from the commit on. `has_places`: there are new ones."""
    values: dict[str, Any] = {
        "slot": state.slot,
        "build": state.build,
        "version": INDEX_VERSION,
        "applied": state.applied,
        "documents": state.documents,
        "last_document": state.last_document,
        "last_term": state.last_term,
        "statistics": json.dumps(
            {locale: (one.documents, one.filled, one.lengths) for locale, one in state.statistics.items()}
        ),
        "has_leftovers": state.has_leftovers,
        "swapped_at": state.swapped_at,
    }
    if is_new or has_places:
        values["places"] = json.dumps(state.places, ensure_ascii=False)
        values["places_digest"] = sha1(values["places"].encode(), usedforsecurity=False).hexdigest()
    connection.exec_driver_sql(REPLACE if is_new else UPDATE, values)
    if has_places and not is_new:
        connection.exec_driver_sql(UPDATE_PLACES, values)
