"""How a migration runs: on the engine of the app, one transaction for all, so that an interrupted upgrade left nothing.

SQLite can undo the making of tables too; it has to be told so.
"""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app

from helpcenter.core.db import UtcDateTime, db


def render_item(kind: str, item: Any, _autogenerate: Any) -> str | bool:
    """A migration stays as it is when the product's own types change: it names those of SQLAlchemy."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def run() -> None:
    """Run what is asked for."""
    arguments = {"render_item": render_item, **current_app.extensions["migrate"].configure_args}
    with db.engine.connect().execution_options(writing=True) as connection:
        context.configure(connection=connection, target_metadata=db.metadata, transactional_ddl=True, **arguments)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
