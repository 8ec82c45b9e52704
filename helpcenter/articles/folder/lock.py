"""One import or export at a time: two would each take the other's half for people's changes.

The lock ends with its process, however that ends.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy import text

from helpcenter.core.db import db

_KEY = 7_204_118


class Busy(RuntimeError):
    """Another import or export is at work."""


@contextmanager
def held() -> Iterator[None]:
    """Hold the lock within the block. Raises Busy."""
    path = current_app.config["SETTINGS"].data_dir / "folder.lock"
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("another import or export is at work") from None
        with _database_lock():
            yield


@contextmanager
def _database_lock() -> Iterator[None]:
    """On PostgreSQL the other process may run on another machine, where no file tells."""
    if db.engine.dialect.name != "postgresql":
        yield
        return
    with db.engine.connect() as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}):
            raise Busy("another import or export is at work, on another machine")
        connection.commit()
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})
            connection.commit()
