"""Reads that nearly every request makes, by the database driver alone: a session costs more than a kept page does.

Each read is a transaction of its own on a connection of its own, so it sees what is committed now. Whoever keeps
something under a version read here must have read the version first and the thing afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from queue import LifoQueue
from typing import Any

from sqlalchemy import Engine, Select

from helpcenter.core.plain_statement import PlainStatement

MOST_CONNECTIONS = 8


class PlainReader:
    """A few connections, opened when first needed and given to the threads that ask, the warmest first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._made: dict[Select[Any], PlainStatement] = {}
        self._free: LifoQueue[Any] = LifoQueue()
        for _ in range(MOST_CONNECTIONS):
            self._free.put(None)

    def row(self, statement: str) -> tuple[Any, ...] | None:
        """The first row of a SELECT. Raises what the driver raises; the next read begins with a new connection."""
        found = self._ask(statement, ())
        return found[0] if found else None

    def rows(self, statement: Select[Any], given: Mapping[str, Any]) -> list[Any]:
        """The rows of a SELECT that lasts as long as this process, with their names. Raises as `row` does.

        Raises ValueError for one whose text depends on what it is given.
        """
        made = self._made.get(statement)
        if made is None:
            made = self._made[statement] = PlainStatement(statement, self._engine.dialect)
        return made.rows(self._ask(made.text, made.values(given)))

    def _ask(self, statement: str, values: Any) -> list[tuple[Any, ...]]:
        connection = self._free.get()
        try:
            connection = connection or self._open()
            found: list[tuple[Any, ...]] = connection.execute(statement, values).fetchall()
        except BaseException:
            if connection is not None:
                connection.close()
            connection = None
            raise
        finally:
            self._free.put(connection)
        return found

    def _open(self) -> Any:
        dialect = self._engine.dialect
        words, options = dialect.create_connect_args(self._engine.url)
        if dialect.name == "sqlite":
            # One thread at a time holds a connection, but not always the thread that opened it.
            connection = dialect.connect(*words, **{**options, "isolation_level": None, "check_same_thread": False})
            connection.execute("PRAGMA query_only=ON")
            return connection
        return dialect.connect(*words, **options, autocommit=True)
