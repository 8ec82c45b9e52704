"""How the index reaches its database: reading within the transaction of a request, writing behind a lock.

The lock is one of the database and belongs to a connection, and everything is written through that connection: whoever
loses it can write no more, so of two drainers on two machines only one ever writes.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Protocol

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from helpcenter.core.db import db, is_writing
from helpcenter.search.engine import EngineBusy
from helpcenter.search.postgres_engine.errors import named_errors
from helpcenter.search.postgres_engine.tables import EVERY

_KEY = 7_204_119


class Database(Protocol):
    """A database that holds an index."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection to ask. What goes wrong within the block leaves it fit for other questions."""

    def exclusive(self) -> AbstractContextManager[None]:
        """See Engine.exclusive."""

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction of the only writer, committed at the end of the block. Raises EngineBusy."""

    def aside(self) -> AbstractContextManager[Connection]:
        """A transaction of its own for whoever reads and has to leave a note, committed at the end of the block."""


class LockedDatabase(ABC):
    """The lock and what is done behind it, on an engine."""

    def __init__(self) -> None:
        self._held: Connection | None = None
        self._owner: int | None = None

    @property
    @abstractmethod
    def engine(self) -> Engine:
        """Where the connections come from."""

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """See Database.exclusive. May be entered again by the same thread; the death of the process frees the lock."""
        if self._owner == threading.get_ident():
            yield
            return
        with self.engine.connect() as connection:
            if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}):
                raise EngineBusy("another process is writing the index")
            connection.commit()
            self._held, self._owner = connection, threading.get_ident()
            try:
                yield
            finally:
                self._held = self._owner = None
                _unlock(connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """See Database.writing."""
        with self.exclusive():
            connection = self._held
            assert connection is not None
            with connection.begin():
                yield connection

    @contextmanager
    def aside(self) -> Iterator[Connection]:
        """See Database.aside."""
        with self.engine.begin() as connection:
            yield connection


class SiteDatabase(LockedDatabase):
    """The database of the app. It is asked through the session of the request: with two connections for each thread,
    all of them could wait for a second one."""

    @property
    def engine(self) -> Engine:
        """The engine of the app."""
        return db.engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See Database.reading."""
        session = db.session()
        if is_writing(session):
            with session.begin_nested():
                yield session.connection()
            return
        try:
            yield session.connection()
        except DBAPIError:
            # After an error PostgreSQL answers nothing more in this transaction, and nothing was changed in it.
            session.rollback()
            raise


class PooledDatabase(LockedDatabase):
    """A database that is asked through connections of its own, for whoever stands outside of a request."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine

    @property
    def engine(self) -> Engine:
        """The engine it was made with."""
        return self._engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See Database.reading."""
        with self._engine.connect() as connection:
            yield connection


class OwnTables:
    """Tables that only one connection sees, and that go with it: a place to measure an engine without a trace."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See Database.reading."""
        try:
            yield self._connection
        finally:
            self._connection.rollback()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """See Database.exclusive. Nobody else sees them."""
        yield

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """See Database.writing."""
        with self._connection.begin():
            yield self._connection

    def aside(self) -> AbstractContextManager[Connection]:
        """See Database.aside."""
        return self.writing()


@contextmanager
def own_tables(url: str) -> Iterator[OwnTables]:
    """Empty tables on a connection of their own; they need no table of a site."""
    engine = create_engine(url, hide_parameters=True)
    try:
        with named_errors(), engine.connect() as connection:
            # Whatever has no schema in its name is then made there, and found there.
            connection.execute(text("SET search_path TO pg_temp"))
            for table in EVERY:
                table.create(connection, checkfirst=False)
            connection.commit()
            yield OwnTables(connection)
    finally:
        engine.dispose()


def _unlock(connection: Connection) -> None:
    try:
        connection.rollback()
        connection.scalar(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})
        connection.commit()
    except DBAPIError:
        # A connection that went back into the pool with its lock would keep everybody from writing.
        with suppress(DBAPIError):
            connection.invalidate()
