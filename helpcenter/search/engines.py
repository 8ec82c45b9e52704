"""The engine of this process: made once, in the database where that is PostgreSQL, else in the data folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, current_app

from config import Settings
from helpcenter.search.engine import Engine
from helpcenter.search.postgres_engine.tables import EVERY

FOLDER = "search"
TABLES = EVERY
"""Named, because importing them is what makes them tables of the site, on SQLite as well."""
NAMES = ("whoosh", "postgres")
_NAME = "search_engine"


def engine() -> Engine:
    """The engine of the app."""
    found: Engine = current_app.extensions[_NAME]
    return found


def register(app: Flask) -> None:
    """Make the engine; nothing is opened before the first question, and nothing of the other engine is read."""
    settings = app.config["SETTINGS"]
    if name_for(settings) == "whoosh":
        from helpcenter.search.whoosh_engine.engine import WhooshEngine

        app.extensions[_NAME] = WhooshEngine(settings.data_dir / FOLDER)
    else:
        from helpcenter.search.postgres_engine.database import SiteDatabase
        from helpcenter.search.postgres_engine.engine import PostgresEngine

        app.extensions[_NAME] = PostgresEngine(SiteDatabase())


def name_for(settings: Settings) -> str:
    """The name of the engine that a site has."""
    return "whoosh" if settings.is_sqlite else "postgres"


@contextmanager
def apart(name: str, settings: Settings) -> Iterator[Engine]:
    """An engine whose index is in a temporary place and goes at the end of the block: a folder, or tables that only one
    connection to the database of the settings sees. Raises ValueError where that database is not the one it needs."""
    if name == "whoosh":
        from helpcenter.search.whoosh_engine.engine import WhooshEngine

        with TemporaryDirectory() as folder:
            yield WhooshEngine(Path(folder) / "index")
    elif settings.is_sqlite:
        raise ValueError("this engine needs a PostgreSQL database: set HELPCENTER_DATABASE_URL")
    else:
        from helpcenter.search.postgres_engine.database import own_tables
        from helpcenter.search.postgres_engine.engine import PostgresEngine

        with own_tables(settings.database_uri) as database:
            yield PostgresEngine(database)
