"""The database: one session a request, writers declared, times aware.

A request reads until a view calls `begin_write`; only then may it change anything. On SQLite that is BEGIN IMMEDIATE:
a transaction that reads first and writes later fails under load despite the busy timeout, so nothing may drift from
reading into writing.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ColumnElement, Connection, DateTime, Dialect, Engine, MetaData, event, func, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, Session, SessionTransaction, registry
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from config import SQLITE_FILE, Settings
from helpcenter.core import error_place, pause, postgresql_connection
from helpcenter.core.metrics import database_error
from helpcenter.core.writing_turn import WritingTurn

POSTGRESQL_CONNECTIONS = 10
POSTGRESQL_OVERFLOW = 2
BUSY_TIMEOUT_MILLISECONDS = 5_000
NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


# What a connection remembers: whether it waits for the disk, and whose turn it holds.
_HASTY = "hasty"
_TURN = "writing_turn"


class UndeclaredWrite(RuntimeError):
    """Something was about to be written in a transaction that was begun for reading."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC; SQLite keeps it without its zone. A naive value raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time can not be stored: {value}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value if value is None else value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


class Base(DeclarativeBase):
    # Both stand on one registry: Flask-SQLAlchemy copies this class, and a copy may not bring a second type map.
    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: UtcDateTime})


db = SQLAlchemy(
    model_class=Base,
    disable_autonaming=True,
    session_options={"expire_on_commit": False},
)
if TYPE_CHECKING:

    class Model(Base):
        """The base of every row."""

        __abstract__ = True

else:
    Model = db.Model


def begin_write(*, survives_power_cut: bool = True) -> Session:
    """End the reading of this request and begin its one writing transaction; the session to write with.

    With `survives_power_cut` False the commit does not wait for the disk: what a killed process committed stays, and a
    power cut may take back the last second. That is for what nobody was told is saved, such as a page that was seen.

    Raises UndeclaredWrite when changes were already waiting, or inside a write, which it would silently undo, and
    Paused while the site moves; on PostgreSQL it is the first change that fails then, with a DBAPIError. Do everything
    slow before: reading the body, rendering Markdown, hashing a password, decoding a picture.
    """
    session = db.session()
    if is_writing(session):
        raise UndeclaredWrite("begin_write() was called already and not committed")
    if session.new or session.dirty or session.deleted:
        raise UndeclaredWrite("changes were made before begin_write()")
    session.rollback()
    session.connection(execution_options={"writing": True, "hasty": not survives_power_cut})
    return session


def is_writing(session: Session) -> bool:
    """Whether the session is inside a transaction begun by `begin_write`."""
    return bool(session.in_transaction() and session.connection().get_execution_options().get("writing"))


def upsert(table: Any) -> Any:
    """An INSERT of the dialect in use that takes on_conflict_do_update and on_conflict_do_nothing."""
    dialect = db.session.get_bind().dialect.name
    return (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)


def unindexed(column: Any, instead: Any) -> ColumnElement[Any]:
    """The column for a condition on rows that are found by something better; `instead` stands for NULL.

    SQLite keeps no statistics: of several columns with an index it would take one that almost every row agrees in.
    """
    return func.coalesce(column, instead)


def only(condition: str) -> dict[str, Any]:
    """What makes an index hold only the rows of a condition, in the SQL that both databases share."""
    return {f"{dialect}_where": text(condition) for dialect in ("sqlite", "postgresql")}


NOT_COPIED = "not copied"


def not_copied(reason: str) -> dict[str, Any]:
    """The last of `__table_args__` of a table that copies leave out: its rows are made again, or kept elsewhere."""
    return {"info": {NOT_COPIED: reason}}


def lock_row(statement: Any) -> Any:
    """The row of a select, locked until the commit, so that a recount after it sees every vote before it.

    On SQLite the whole database is already ours; on PostgreSQL two recounts would otherwise each miss the other's row.
    What was read of the row before it was ours is read again: it may be another one by now.
    """
    locked = statement.with_for_update().execution_options(populate_existing=True)
    return db.session.execute(locked).scalar_one_or_none()


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MILLISECONDS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("hasty"):
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")


def _begin_on_sqlite(connection: Connection, turn: WritingTurn) -> None:
    options = connection.get_execution_options()
    is_hasty = bool(options.get("hasty"))
    if connection.info.get(_HASTY, False) != is_hasty:
        connection.exec_driver_sql(f"PRAGMA synchronous={'NORMAL' if is_hasty else 'FULL'}")
        connection.info[_HASTY] = is_hasty
    if not options.get("writing"):
        connection.exec_driver_sql("BEGIN")
        return
    held = connection.connection.record_info
    if held is not None and _TURN not in held and turn.take():
        held[_TURN] = turn
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    if not options.get("despite_pause"):
        pause.check(connection.connection.driver_connection)


def _end_turn(_connection: Any, record: ConnectionPoolEntry) -> None:
    """With its connection a writer gives everything back: after the commit, the rollback, or whatever went wrong."""
    turn: WritingTurn | None = record.record_info.pop(_TURN, None)  # type: ignore[union-attr]
    if turn is not None:
        turn.give_back()


def _leave(_problem: BaseException | None) -> None:
    """Give the session back. Its connection may have died since the answer was made: then there is nothing to end."""
    try:
        db.session.remove()
    except DBAPIError:
        db.session.registry.clear()


def _refuse_undeclared_flush(session: Session, *_: Any) -> None:
    if (session.new or session.dirty or session.deleted) and not is_writing(session):
        raise UndeclaredWrite("call begin_write() before changing anything")


def _refuse_undeclared_statement(state: ORMExecuteState) -> None:
    if (
        not state.is_select
        and (state.is_insert or state.is_update or state.is_delete)
        and not is_writing(state.session)
    ):
        raise UndeclaredWrite("call begin_write() before changing anything")


def register(app: Flask, settings: Settings) -> None:
    """Bind the database of the settings to the app."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_uri
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "pool_size": 16 if settings.is_sqlite else POSTGRESQL_CONNECTIONS,
        # SQLite: as many as threads, for none shall wait. A PostgreSQL server lets in a hundred from all processes
        # together as it is delivered, and a thread is better served by waiting a moment than by being refused.
        "max_overflow": settings.threads if settings.is_sqlite else POSTGRESQL_OVERFLOW,
        # The connection used last is still warm, and waits for the disk as the last one asked it to.
        "pool_use_lifo": True,
        "pool_pre_ping": not settings.is_sqlite,
        # An error's text goes into the log, and values are what people typed.
        "hide_parameters": True,
        "connect_args": {} if settings.is_sqlite else postgresql_connection.arguments(settings.database_uri),
    }
    file = settings.data_dir / SQLITE_FILE
    if not settings.database_url and not file.exists():
        # SQLite would let everybody on the machine read it; what it puts beside has the rights of this file.
        file.touch(0o600)
    db.init_app(app)
    # Runs before the same of the library, which lets what goes wrong here take the place of the answer.
    app.teardown_appcontext(_leave)
    with app.app_context():
        listen(db.engine)


def listen(engine: Engine) -> None:
    """Put the transaction rules on an engine."""
    event.listen(engine, "connect", _set_up_sqlite)
    database_error.listen(engine)
    error_place.listen(engine)
    if engine.dialect.name == "sqlite":
        turn = WritingTurn(Path(f"{engine.url.database}-turn"), BUSY_TIMEOUT_MILLISECONDS / 1000)
        event.listen(engine, "begin", lambda connection: _begin_on_sqlite(connection, turn))
        event.listen(engine, "checkin", _end_turn)
    else:
        event.listen(engine, "connect", postgresql_connection.set_up)
        event.listen(engine, "begin", _begin)


event.listen(Session, "before_flush", _refuse_undeclared_flush)
event.listen(Session, "do_orm_execute", _refuse_undeclared_statement)

__all__ = [
    "Base",
    "Model",
    "SessionTransaction",
    "UndeclaredWrite",
    "UtcDateTime",
    "begin_write",
    "db",
    "is_writing",
    "listen",
    "lock_row",
    "register",
    "upsert",
]
