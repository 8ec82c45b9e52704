"""Whose turn it is to change the tables: of all processes on all hosts that use a database, one at a time.

The one that has it may be killed: what held the turn for it, a connection or an open file, ends with it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Engine, text

KEY = 0x68656C70
"""Of the lock in PostgreSQL; any number that nothing else of ours uses."""


@contextmanager
def turn(engine: Engine, waits: Callable[[], object]) -> Iterator[None]:
    """Within the block it is ours. Waits for as long as another process has it; `waits` is called once before."""
    held = _of_postgresql(engine, waits) if engine.dialect.name == "postgresql" else _of_file(engine, waits)
    with held:
        yield


@contextmanager
def _of_postgresql(engine: Engine, waits: Callable[[], object]) -> Iterator[None]:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # Out of the pool: the lock ends with the connection, and so neither outlives the block.
        connection.detach()
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": KEY}):
            waits()
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": KEY})
        yield


@contextmanager
def _of_file(engine: Engine, waits: Callable[[], object]) -> Iterator[None]:
    file = os.open(Path(f"{engine.url.database}-upgrade"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        # A file system without locks leaves the processes to SQLite.
        with suppress(OSError):
            _lock(file, waits)
        yield
    finally:
        os.close(file)


def _lock(file: int, waits: Callable[[], object]) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waits()
        fcntl.flock(file, fcntl.LOCK_EX)
