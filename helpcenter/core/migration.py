"""Brings the tables of a database up to this release, through the migrations of the package.

Alembic is imported here only when it is needed: a web process never is.
"""

from __future__ import annotations

import logging
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import inspect, text

from helpcenter.core import content_version
from helpcenter.core.db import db

FOLDER = Path(__file__).resolve().parent.parent / "migrations"
log = logging.getLogger("helpcenter.database")


def prepare(app: Flask) -> None:
    """Make Flask-Migrate's functions work on this app. SQLite changes a table by making it anew."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(FOLDER), render_as_batch=app.config["SETTINGS"].is_sqlite, compare_type=True)


def upgrade(revision: str = "head") -> None:
    """Run what did not run yet, and make the one row that every change of content raises. Safe to repeat."""
    from flask_migrate import upgrade as run_migrations

    prepare(current_app)
    before = _revision()
    run_migrations(directory=str(FOLDER), revision=revision)
    if before and before != (after := _revision()):
        log.info("the tables were brought from %s to %s", before, after)
    if revision == "head":
        content_version.ensure_row()


def draft(message: str) -> None:
    """Write the next migration from what the models have and the tables of this database have not."""
    from alembic.script import ScriptDirectory
    from flask_migrate import migrate

    prepare(current_app)
    newest = ScriptDirectory(str(FOLDER)).get_current_head()
    migrate(directory=str(FOLDER), message=message, rev_id=f"{int(newest or 0) + 1:04d}")


def _revision() -> str | None:
    """The migration that ran last; None for a database without tables."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found
