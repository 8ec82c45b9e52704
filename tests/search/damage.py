"""What happens to an index, whichever engine holds it: it goes, breaks, comes back from a copy, is held by another."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, select, text

from helpcenter.core.db import db
from helpcenter.search.engine import Engine
from helpcenter.search.engines import FOLDER
from helpcenter.search.postgres_engine.database import PooledDatabase
from helpcenter.search.postgres_engine.engine import PostgresEngine
from helpcenter.search.postgres_engine.tables import EVERY, IN_SLOTS
from helpcenter.search.whoosh_engine.engine import WhooshEngine


def another_engine() -> Engine:
    """An engine on the index of the site, as another process has it."""
    return WhooshEngine(_folder()) if _is_folder() else PostgresEngine(PooledDatabase(db.engine))


def remove_index() -> None:
    """Take the index away."""
    if _is_folder():
        shutil.rmtree(_folder())
    else:
        _do("DELETE FROM search_index")


def break_index() -> None:
    """Leave an index that can not be read."""
    if _is_folder():
        (_folder() / "current").write_text("")
    else:
        _do("UPDATE search_index SET version = 'of another program'")


def take_a_piece() -> None:
    """Leave an index that can be read and lacks a part of what it says it holds."""
    if _is_folder():
        segment = next(_folder().glob("*/*.seg"))
        segment.write_bytes(segment.read_bytes()[:-9])
    else:
        for slot in IN_SLOTS:
            _do(f"DELETE FROM search_posting_{slot} WHERE term = 1")


def kept_copy() -> Callable[[], None]:
    """Copy the index; what is answered puts the copy in its place."""
    if _is_folder():
        before = current_app.config["SETTINGS"].data_dir / "before"
        shutil.copytree(_folder(), before)

        def put_back() -> None:
            shutil.rmtree(_folder(), ignore_errors=True)
            shutil.copytree(before, _folder())

        return put_back
    with _writing() as connection:
        rows = {table: [row._asdict() for row in connection.execute(select(table))] for table in EVERY}

    def write_back() -> None:
        with _writing() as connection:
            for table in EVERY:
                connection.execute(table.delete())
                if rows[table]:
                    connection.execute(table.insert(), rows[table])

    return write_back


def _is_folder() -> bool:
    return bool(current_app.config["SETTINGS"].is_sqlite)


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].data_dir / FOLDER
    return folder


def _do(statement: str) -> None:
    with _writing() as connection:
        connection.execute(text(statement))


@contextmanager
def _writing() -> Iterator[Connection]:
    """A transaction beside that of the test."""
    db.session.rollback()
    with db.engine.begin() as connection:
        yield connection
