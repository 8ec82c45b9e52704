"""Brings rows into an empty database of either kind, exactly as they were, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from helpcenter.backup import counters, snapshot
from helpcenter.backup import kind as kinds
from helpcenter.backup.digest import Digest
from helpcenter.backup.refusal import Refused
from helpcenter.backup.tables import Table
from helpcenter.core.content_version import ContentVersion

MADE_AT_ONCE = frozenset({ContentVersion.__tablename__})
"""Tables that hold a row as soon as they exist: it makes way for the one that is brought."""
SHOWN_EVERY = 500


@dataclass(frozen=True)
class Load:
    """The rows of one table; `lines` gives them from the beginning each time. `next_id` as in counters.read.

    `checksum` is what these rows are known to have, '' where only reading them tells.
    """

    table: Table
    lines: Callable[[], Iterator[bytes]]
    next_id: int | None
    checksum: str = ""


def rows_in(connection: Connection, tables: Iterable[Table]) -> str:
    """The name of a table that holds rows somebody would miss; '' in an empty database."""
    quote = connection.dialect.identifier_preparer.quote
    for table in tables:
        if table.name not in MADE_AT_ONCE:
            row = connection.exec_driver_sql(f"SELECT 1 FROM {quote(table.name)} LIMIT 1").first()  # noqa: S608
            if row:
                return table.name
    return ""


def bring(
    connection: Connection, loads: Sequence[Load], tables: Mapping[str, Table], shown: Callable[[int], None]
) -> dict[str, Digest]:
    """Bring in the rows of every load; what was brought, by table. `tables` are those of this database.

    `shown` is called with the rows so far. The connection is one of rules.set_aside. Raises Refused, also for a value
    that the database does not take.
    """
    brought: dict[str, Digest] = {}
    for name in tables:
        connection.exec_driver_sql(f"DELETE FROM {connection.dialect.identifier_preparer.quote(name)}")  # noqa: S608
    for load in loads:
        before, digest = sum(one.rows for one in brought.values()), Digest()
        target = _fitting(load.table, tables[load.table.name])
        try:
            _insert(connection, target, _shown(digest.passing(load.lines()), digest, before, shown))
        except (psycopg.Error, DBAPIError) as problem:
            raise Refused(_told(load, target, problem)) from problem
        if load.checksum not in ("", digest.checksum):
            raise Refused(f"the rows of {load.table.name} are not those that were written down")
        brought[load.table.name] = digest
    for load in loads:
        counters.write(connection, load.table, load.next_id)
    return brought


def compare(
    connection: Connection, tables: Iterable[Table], expected: Mapping[str, Digest], shown: Callable[[int], None]
) -> None:
    """Read everything back. Raises Refused where a table does not hold what was brought."""
    done = 0
    for table in tables:
        found, wanted = snapshot.digest(connection, table), expected[table.name]
        if (found.rows, found.checksum) != (wanted.rows, wanted.checksum):
            raise Refused(f"{table.name} holds {found.rows} rows that are not the {wanted.rows} which were brought")
        done += found.rows
        shown(done)


def _fitting(source: Table, target: Table) -> Table:
    """The table to write to, with the columns in the order of the rows. Raises Refused when they are not the same."""
    if source.column_names != target.column_names:
        odd = sorted(set(source.column_names) ^ set(target.column_names))
        raise Refused(f"the tables are not those of the rows: {source.name} differs in {', '.join(odd)}")
    return target


def _shown(lines: Iterable[bytes], digest: Digest, before: int, shown: Callable[[int], None]) -> Iterator[bytes]:
    for line in lines:
        yield line
        if digest.rows % SHOWN_EVERY == 0:
            shown(before + digest.rows)
    shown(before + digest.rows)


def _values(lines: Iterable[bytes], table: Table, dialect: str) -> Iterator[list[Any]]:
    found = (kinds.before_writing(one.kind, is_zoned=one.is_zoned, dialect=dialect) for one in table.columns)
    changes = [(place, change) for place, change in enumerate(found) if change]
    for line in lines:
        values: list[Any] = json.loads(line)
        for place, change in changes:
            if values[place] is not None:
                values[place] = change(values[place])
        yield values


def _insert(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    """By the driver alone, one row after the other: neither all rows nor a statement for each are ever in memory."""
    quote = connection.dialect.identifier_preparer.quote
    into = f"{quote(table.name)} ({', '.join(quote(name) for name in table.column_names)})"
    driver: Any = connection.connection.driver_connection
    values = _values(lines, table, connection.dialect.name)
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)
        return
    places = ", ".join("?" for _ in table.columns)
    driver.executemany(f"INSERT INTO {into} VALUES ({places})", values)  # noqa: S608


def _told(load: Load, target: Table, problem: Exception) -> str:
    """What is wrong with a row, without what people typed: PostgreSQL tells that in the lines below the first."""
    cause = getattr(problem, "orig", None) or problem
    diagnosis = getattr(cause, "diag", None)
    words = str(getattr(diagnosis, "message_primary", None) or cause).splitlines()[0]
    return f"{_culprit(load, target) or 'a row'} of {load.table.name} is not taken: {words}"


def _culprit(load: Load, target: Table) -> str:
    """Which row PostgreSQL does not take though SQLite kept it; '' for a reason that is not known here."""
    for number, line in enumerate(load.lines(), 1):
        values = dict(zip(target.column_names, json.loads(line), strict=True))
        for column in target.columns:
            value = values[column.name]
            is_long = column.longest is not None and isinstance(value, str) and len(value) > column.longest
            if is_long or (column.kind in ("text", "json") and "\0" in str(value)):
                key = {name: values[name] for name in target.key if isinstance(values[name], int)}
                return f"{column.name} in row {key.get('id', number)}"
    return ""
