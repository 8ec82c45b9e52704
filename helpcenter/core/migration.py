"""Brings the tables of a database up to this release, through the migrations of the package.

Alembic is imported here only when it is needed: a web process never is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import Connection, inspect, text

from helpcenter.core import content_version
from helpcenter.core.db import db
from helpcenter.core.migration_turn import turn

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


class DatabaseIsNewer(RuntimeError):
    """The tables were made by a later release; this one neither knows them nor can bring them back."""


@dataclass(frozen=True)
class Standing:
    """How far a database is: the migration that ran last, None without tables, and how many of ours did not run."""

    revision: str | None
    waiting: int
    is_newer: bool = False


def prepare(app: Flask) -> None:
    """Make Flask-Migrate's functions work on this app. SQLite changes a table by making it anew."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(FOLDER), render_as_batch=app.config["SETTINGS"].is_sqlite, compare_type=True)


def upgrade(
    target: str = "head",
    *,
    before: Callable[[Standing], object] | None = None,
    waits: Callable[[], object] = lambda: None,
) -> Standing:
    """Run what did not run yet, and make the one row that every change of content raises; how far it was before.

    Safe to repeat: all migrations are one transaction. Of several processes, on any hosts, one does it and the others
    wait, each calling `waits` once. `before` is called when tables are there that something will be done to, and what
    it raises leaves them as they are. Raises DatabaseIsNewer.
    """
    from flask_migrate import upgrade as run_migrations

    with turn(db.engine, waits):
        with db.engine.connect() as connection:
            was = standing(connection)
        if was.is_newer:
            raise DatabaseIsNewer(
                f"the database was made by a newer release: it is at {was.revision}, and this one ends at {newest()}. "
                "Start the newer release, or restore a backup that this one made"
            )
        if was.waiting:
            if was.revision and before is not None:
                before(was)
            prepare(current_app)
            run_migrations(directory=str(FOLDER), revision=target)
        if target == "head":
            content_version.ensure_row()
    return was


def draft(message: str) -> None:
    """Write the next migration from what the models have and the tables of this database have not."""
    from flask_migrate import migrate

    prepare(current_app)
    migrate(directory=str(FOLDER), message=message, rev_id=f"{int(revisions(FOLDER)[-1]) + 1:04d}")


def standing(connection: Connection) -> Standing:
    """How far the database of a connection is."""
    ours, found = revisions(FOLDER), revision(connection)
    if found is None:
        return Standing(None, len(ours))
    if found not in ours:
        return Standing(found, 0, is_newer=True)
    return Standing(found, len(ours) - 1 - ours.index(found))


def revision(connection: Connection) -> str | None:
    """The migration that ran last; None for a database without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def is_known(revision: str) -> bool:
    """Whether this release has a migration, so that it can bring a database up from there."""
    return revision in revisions(FOLDER)


def newest() -> str:
    """The last migration of this release."""
    return revisions(FOLDER)[-1]


@cache
def revisions(folder: Path) -> tuple[str, ...]:
    """Every migration of this release, the first one first: each file begins with its number, and follows the last.

    Alembic would tell it too, but a web process that is asked whether it is ready does without.
    """
    return tuple(sorted(path.name.partition("_")[0] for path in (folder / "versions").glob("[0-9]*_*.py")))
