"""Writers on SQLite, one after the other.

SQLite makes a writer ask again and again, with longer and longer pauses, so of many at once some are passed over until
they give up with "database is locked". Here the threads of a process wait in line for each other, and the first of
each process waits for the other processes by a lock of the system, which wakes it at once and falls with its holder.
It only orders: whoever waits too long goes on and asks SQLite, which decides.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from threading import Lock


class WritingTurn:
    """The line before one database file. `patience_seconds` is how long one waits for the own process."""

    def __init__(self, path: Path, patience_seconds: float) -> None:
        self._path = path
        self._patience_seconds = patience_seconds
        self._in_process = Lock()
        self._file: int | None = None

    def take(self) -> bool:
        """Wait for the turn; whether it is ours now. Then it must be given back, by whichever thread."""
        if not self._in_process.acquire(timeout=self._patience_seconds):
            return False
        # A file system without locks leaves the processes to SQLite.
        with suppress(OSError):
            if self._file is None:
                self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._file, fcntl.LOCK_EX)
        return True

    def give_back(self) -> None:
        """Let the next one write."""
        with suppress(OSError):
            if self._file is not None:
                fcntl.flock(self._file, fcntl.LOCK_UN)
        self._in_process.release()
