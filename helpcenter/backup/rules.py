"""The rules of a database while rows are brought in: taken off, and put on again exactly as they were.

Rows refer to each other in circles, and some tables refuse every change by a trigger, or may one day act on a new row.
What is brought in was checked where it came from. So references and triggers are set aside within the transaction that
brings the rows; in the end the database checks each reference itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, text

from helpcenter.backup.refusal import Refused

REFERENCES = text(
    "SELECT c.conrelid::regclass::text, quote_ident(c.conname), pg_get_constraintdef(c.oid) FROM pg_constraint c "
    "JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace "
    "WHERE c.contype = 'f' AND n.nspname = current_schema() AND t.relname = ANY(:names) ORDER BY c.oid"
)


@contextmanager
def set_aside(engine: Engine, names: Sequence[str], *, keep: bool = True) -> Iterator[Connection]:
    """A connection in a writing transaction, to bring rows into these tables with.

    When the block ends without an error the rules hold again and all is committed, or with `keep` False undone. Raises
    Refused for a row that refers to a missing one.
    """
    with engine.connect().execution_options(writing=True) as connection:
        if engine.dialect.name == "postgresql":
            with _on_postgresql(connection, names):
                yield connection
            _end(connection, keep=keep)
            return
        driver: Any = connection.connection.driver_connection
        # SQLite reads this switch outside of transactions only.
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with _on_sqlite(connection, names):
                yield connection
            _end(connection, keep=keep)
        finally:
            connection.rollback()
            driver.execute("PRAGMA foreign_keys=ON")


def _end(connection: Connection, *, keep: bool) -> None:
    if keep:
        connection.commit()
    else:
        connection.rollback()


@contextmanager
def _on_postgresql(connection: Connection, names: Sequence[str]) -> Iterator[None]:
    references = list(connection.execute(REFERENCES, {"names": list(names)}))
    quoted = [connection.dialect.identifier_preparer.quote(name) for name in names]
    for table, name, _ in references:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for table in quoted:
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in quoted:
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for table, name, definition in references:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


@contextmanager
def _on_sqlite(connection: Connection, names: Sequence[str]) -> Iterator[None]:
    kept = connection.execute(text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"))
    triggers = [row for row in kept if row.tbl_name in set(names)]
    quote = connection.dialect.identifier_preparer.quote
    for trigger in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {quote(trigger.name)}")
    yield
    for trigger in triggers:
        connection.exec_driver_sql(trigger.sql)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken:
        raise Refused(f"a row of {broken[0]} refers to a row of {broken[2]} that is not there")
