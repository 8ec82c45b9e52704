"""Brings the tables of a database up to this release, through the migrations of the package.

Alembic is imported here only when it is needed: a web process never is.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask, current_app

from helpcenter.core import content_version
from helpcenter.core.db import db

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def prepare(app: Flask) -> None:
    """Make Flask-Migrate's functions work on this app. SQLite changes a table by making it anew."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(FOLDER), render_as_batch=app.config["SETTINGS"].is_sqlite, compare_type=True)


def upgrade(revision: str = "head") -> None:
    """Run what did not run yet, and make the one row that every change of content raises. Safe to repeat."""
    from flask_migrate import upgrade as run_migrations

    prepare(current_app)
    run_migrations(directory=str(FOLDER), revision=revision)
    if revision == "head":
        content_version.ensure_row()
