"""A database without a single table, and an app on it: for what happens before and while tables are made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, text

from config import Settings
from helpcenter.app import create_app
from helpcenter.core.db import db


@contextmanager
def app_without_tables(data_dir: Path, database_url: str) -> Iterator[Flask]:
    """The app, in its context; what it left in a database that others use after it goes with it."""
    settings = Settings(data_dir=data_dir, database_url=database_url, secret_key="x" * 40, log_level="ERROR")
    app = create_app(settings)
    with app.app_context():
        drop_everything(settings)
        yield app
        db.session.remove()
        drop_everything(settings)
        db.engine.dispose()


def drop_everything(settings: Settings) -> None:
    """Leave nothing in a PostgreSQL database; a file of SQLite is as young as its folder."""
    if settings.is_sqlite:
        return
    engine = create_engine(settings.database_uri, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
