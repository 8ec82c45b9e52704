"""A database as it is at one moment, read row by row while people go on writing.

What was committed before is in it and nothing that came later, in whatever order the tables are read. Neither
database makes a writer wait for that: SQLite keeps the newer pages beside, PostgreSQL the older rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count as count_up
from typing import Any

from sqlalchemy import Connection, Engine, text

from helpcenter.backup import kind as kinds
from helpcenter.backup.digest import Digest
from helpcenter.backup.tables import Table

FETCHED_TOGETHER = 500
_numbers = count_up()
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@contextmanager
def taken(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the database as it is now until the block ends, and can change nothing."""
    is_postgresql = engine.dialect.name == "postgresql"
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if is_postgresql else {}
    with engine.connect().execution_options(**options) as connection:
        if is_postgresql:
            # A large picture between two rows may take longer than a server lets others wait.
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        # On both it is the first read that fixes the moment.
        connection.execute(
            text("SELECT 1 FROM sqlite_master" if not is_postgresql else "SELECT 1 FROM pg_class LIMIT 1")
        )
        yield connection


def count(connection: Connection, table: Table) -> int:
    """How many rows a table has."""
    name = connection.dialect.identifier_preparer.quote(table.name)
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one())  # noqa: S608


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Each row as a line of JSON without its end, in the order of the key; a few of them in memory at a time."""
    dialect = connection.dialect.name
    changes = [(place, change) for place, change in enumerate(_changes(table, dialect)) if change]
    for row in _rows(connection, _select(connection, table)):
        values = list(row)
        for place, change in changes:
            if values[place] is not None:
                values[place] = change(values[place])
        yield encode(values).encode()


def digest(connection: Connection, table: Table) -> Digest:
    """Count and checksum of a table."""
    found = Digest()
    for line in lines(connection, table):
        found.add(line)
    return found


def _changes(table: Table, dialect: str) -> list[kinds.Change | None]:
    return [kinds.after_reading(column.kind, dialect) for column in table.columns]


def _select(connection: Connection, table: Table) -> str:
    quote, dialect = connection.dialect.identifier_preparer.quote, connection.dialect.name
    read = (kinds.selected(quote(one.name), one.kind, is_zoned=one.is_zoned, dialect=dialect) for one in table.columns)
    order = f" ORDER BY {', '.join(quote(name) for name in table.key)}" if table.key else ""
    return f"SELECT {', '.join(read)} FROM {quote(table.name)}{order}"  # noqa: S608


def _rows(connection: Connection, statement: str) -> Iterator[Any]:
    """The driver's rows, as they are needed: the layers above it would cost more than the reading does."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        yield from driver.execute(statement)
        return
    # Another one may still be open, where reading was broken off.
    with driver.cursor(name=f"helpcenter_{next(_numbers)}") as cursor:
        cursor.itersize = FETCHED_TOGETHER
        yield from cursor.execute(statement)
