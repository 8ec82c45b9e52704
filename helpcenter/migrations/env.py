"""How a migration runs: on the engine of the app, one transaction for all, so that an interrupted upgrade left nothing.

SQLite can undo the making of tables too; it has to be told so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from helpcenter.core.db import UtcDateTime, db


def render_item(kind: str, item: Any, _autogenerate: Any) -> str | bool:
    """A migration stays as it is when the product's own types change: it names those of SQLAlchemy."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def run() -> None:
    """Run what is asked for."""
    arguments = {"render_item": render_item, **current_app.extensions["migrate"].configure_args}
    with db.engine.connect().execution_options(writing=True) as connection, without_references(connection):
        context.configure(connection=connection, target_metadata=db.metadata, transactional_ddl=True, **arguments)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


@contextmanager
def without_references(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew: dropping the old one must not delete what refers to it."""
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        connection.connection.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        if is_sqlite:
            connection.connection.execute("PRAGMA foreign_keys=ON")


run()
