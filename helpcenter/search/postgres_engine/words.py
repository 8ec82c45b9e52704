"""The words of a language in the database, as one viewer may be shown them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from helpcenter.search.completion import SHORTEST_PREFIX
from helpcenter.search.postgres_engine import statements
from helpcenter.search.postgres_engine.statements import LAST_CHARACTER, of_slot


class TableWords:
    """See KnownWords. `allowed` are the places whose words may be shown, as an array of the database."""

    def __init__(self, connection: Connection, slot: str, locale: str, allowed: str) -> None:
        self._connection = connection
        self._slot = slot
        self._given = {"locale": locale, "allowed": allowed}

    def completions(self, prefix: str, limit: int) -> list[str]:
        """See KnownWords.completions."""
        if len(prefix) < SHORTEST_PREFIX:
            return []
        rows = self._asked(statements.COMPLETIONS, first=prefix, last=prefix + LAST_CHARACTER, limit=limit)
        return [word for (word,) in rows]

    def counts(self, words: Iterable[str]) -> Mapping[str, int]:
        """See KnownWords.counts."""
        wanted = list(dict.fromkeys(words))
        return {row[0]: row[1] for row in self._asked(statements.COUNTS, words=wanted)} if wanted else {}

    def begun(self, prefixes: Collection[str]) -> set[str]:
        """See KnownWords.begun."""
        rows = self._asked(statements.BEGUN, prefixes=list(prefixes), last=LAST_CHARACTER)
        return {prefix for (prefix,) in rows}

    def beginning_with(self, prefix: str, lengths: range) -> Iterable[str]:
        """See KnownWords.beginning_with."""
        given = {"first": prefix, "last": prefix + LAST_CHARACTER}
        rows = self._asked(statements.BEGINNING_WITH, **given, shortest=lengths.start, longest=lengths.stop - 1)
        return (word for (word,) in rows)

    def first_of_each(self, prefixes: Collection[str], most: int) -> Iterator[tuple[str, str]]:
        """See KnownWords.first_of_each."""
        rows = self._asked(statements.FIRST_OF_EACH, prefixes=list(prefixes), last=LAST_CHARACTER, most=most)
        return ((prefix, word) for prefix, word in rows)

    def _asked(self, statement: str, **given: Any) -> Iterable[Any]:
        return self._connection.exec_driver_sql(of_slot(statement, self._slot), {**self._given, **given})
