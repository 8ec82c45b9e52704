"""The number the next row of a table gets. It may be far above the last row there is, and must never fall below:
the search index remembers up to which number it has seen what waited, though those rows are long gone."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from helpcenter.backup.tables import Table

ID = "id"


def read(connection: Connection, table: Table) -> int | None:
    """The number of the next row; None where the database only counts on from the largest there is."""
    if table.key != (ID,):
        return None
    if connection.dialect.name == "postgresql":
        counter = _sequence(connection, table)
        if counter is None:
            return None
        last, was_used = connection.execute(text(f"SELECT last_value, is_called FROM {counter}")).one()  # noqa: S608
        return int(last) + int(was_used)
    if not inspect(connection).has_table("sqlite_sequence"):
        return None
    kept = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    return None if kept is None else int(kept) + 1


def write(connection: Connection, table: Table, next_id: int | None) -> None:
    """Let the next row have this number, or a higher one where a row has it already."""
    if table.key != (ID,):
        return
    name = connection.dialect.identifier_preparer.quote(table.name)
    largest = connection.exec_driver_sql(f"SELECT max({ID}) FROM {name}").scalar()  # noqa: S608
    if largest is not None and not isinstance(largest, int):
        return
    wanted = max(next_id or 1, int(largest or 0) + 1)
    if connection.dialect.name == "postgresql":
        counter = _sequence(connection, table)
        if counter is not None:
            connection.execute(
                text("SELECT setval(CAST(:counter AS regclass), :next, false)"), {"counter": counter, "next": wanted}
            )
    elif _counts_on(connection, table):
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
        if wanted > 1:
            row = {"name": table.name, "seq": wanted - 1}
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), row)


def _sequence(connection: Connection, table: Table) -> str | None:
    name = connection.dialect.identifier_preparer.quote(table.name)
    statement = text("SELECT pg_get_serial_sequence(:name, :column)")
    found: str | None = connection.scalar(statement, {"name": name, "column": ID})
    return found


def _counts_on(connection: Connection, table: Table) -> bool:
    """Whether SQLite was told never to give a number twice in this table."""
    made = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    return "AUTOINCREMENT" in str(connection.scalar(made, {"name": table.name})).upper()
