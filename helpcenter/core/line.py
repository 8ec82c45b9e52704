"""Threads of this process that are about to do the same thing, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

PLACES = 64


class Line:
    """One line for each key, or nearly: keys share a few locks. `patience_seconds` is how long anybody waits."""

    def __init__(self, patience_seconds: float) -> None:
        self._locks = [Lock() for _ in range(PLACES)]
        self._patience_seconds = patience_seconds

    @contextmanager
    def waited(self, key: str) -> Iterator[None]:
        """Within the block nobody else is in a block of this key, unless somebody lost patience."""
        lock = self._locks[hash(key) % PLACES]
        is_ours = lock.acquire(timeout=self._patience_seconds)
        try:
            yield
        finally:
            if is_ours:
                lock.release()
