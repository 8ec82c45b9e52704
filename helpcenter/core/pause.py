"""A pause in writing: everything can be read and nothing saved, while a site is copied to another database and after.

The database itself keeps it, so it holds for every process on every machine, and beyond a restart. Whoever began to
write before is waited for; whoever begins later is refused at once. On SQLite it is a number in the head of the file,
which each writing transaction looks at once it has the lock. On PostgreSQL it is a trigger on each table, which costs
nothing while there is none; its name goes before all others.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from helpcenter.core.refusals import Paused

PATIENCE_SECONDS = 60
LOCK_MILLISECONDS = 500
"""Less than PostgreSQL waits before it ends one of two that wait for each other: that must not be somebody's change."""
READ_ONLY = "25006"
"""The SQLSTATE for a change where only reading is allowed."""
_FUNCTION = "helpcenter_pause"
_TRIGGER = "a_pause"
_WAITED = ("55P03", "40P01")


class Pause(StrEnum):
    """Why. COPYING ends with the copy; MOVED stays, for the site is on another database."""

    COPYING = "copying"
    MOVED = "moved"


_NUMBERS = {Pause.COPYING: 1, Pause.MOVED: 2}


def of(engine: Engine) -> Pause | None:
    """The pause of a database, None where one can write."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            return next((pause for pause, known in _NUMBERS.items() if known == number), None)
        kept = connection.scalar(
            text("SELECT obj_description(to_regprocedure(:name), 'pg_proc')"), {"name": f"{_FUNCTION}()"}
        )
        return Pause(kept) if kept else None


def begin(engine: Engine, pause: Pause) -> None:
    """Let nobody write from now on, or say why from now on. Raises Paused when others write for a minute on end."""
    _repeat(lambda: _begin(engine, pause))


def end(engine: Engine) -> None:
    """Let everybody write again; nothing where they can."""
    _repeat(lambda: _end(engine))


def check(driver: Any) -> None:
    """For a connection to SQLite that just got the write lock: gives it back and raises Paused during a pause."""
    if driver.execute("PRAGMA user_version").fetchone()[0]:
        driver.execute("ROLLBACK")
        raise Paused


def is_pause(problem: BaseException) -> bool:
    """Whether something could not be saved for no other reason."""
    if isinstance(problem, DBAPIError):
        return getattr(problem.orig, "sqlstate", None) == READ_ONLY
    return isinstance(problem, Paused)


def _begin(engine: Engine, pause: Pause) -> None:
    with _writing(engine) as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA user_version={_NUMBERS[pause]}")
        elif connection.scalar(text("SELECT to_regprocedure(:name)"), {"name": f"{_FUNCTION}()"}) is None:
            _forbid(connection, inspect(connection).get_table_names())
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"COMMENT ON FUNCTION {_FUNCTION}() IS '{pause}'")
        connection.commit()


def _forbid(connection: Connection, tables: Iterable[str]) -> None:
    names = [connection.dialect.identifier_preparer.quote(name) for name in tables]
    # Waits until everybody who changed something has ended, and keeps others from beginning; reading goes on.
    connection.exec_driver_sql(f"LOCK TABLE {', '.join(names)} IN SHARE ROW EXCLUSIVE MODE")
    connection.exec_driver_sql(
        f"CREATE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION 'the site is being moved' USING ERRCODE = '{READ_ONLY}'; END $$"
    )
    for name in names:
        connection.exec_driver_sql(
            f"CREATE TRIGGER {_TRIGGER} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {name} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()"
        )


def _end(engine: Engine) -> None:
    with _writing(engine) as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA user_version=0")
        else:
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {_FUNCTION}() CASCADE")
        connection.commit()


def _writing(engine: Engine) -> Connection:
    connection = engine.connect().execution_options(writing=True, despite_pause=True)
    if engine.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LOCK_MILLISECONDS}")
    return connection


def _repeat(act: Any) -> None:
    """Until nobody is in the way."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            act()
        except DBAPIError as problem:
            state = getattr(problem.orig, "sqlstate", None)
            if state not in _WAITED and "database is locked" not in str(problem.orig):
                raise
            if time.monotonic() > until:
                raise Paused("others do not stop writing; try again when fewer people work") from problem
            time.sleep(LOCK_MILLISECONDS / 1000)
        else:
            return
