"""People who ask a site without a pause: each time by a connection of their own, or by one that they keep."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread


class Asking:
    """What they were answered: `answered` counts, `failures` tells what went wrong. `kept` is asked by one connection."""

    def __init__(self, port: int, path: str, kept: str) -> None:
        self._port, self._path, self._kept, self._stop = port, path, kept, Event()
        self.answered = 0
        self.failures: list[str] = []

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Ask until the block ends."""
        people = (self._come, self._come, self._stay, self._stay)
        threads = [Thread(target=person, daemon=True) for person in people]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
        for thread in threads:
            thread.join()

    def _come(self) -> None:
        while not self._stop.is_set():
            self._ask(self._line(), self._path)

    def _stay(self) -> None:
        line = self._line()
        while not self._stop.is_set():
            if not self._ask(line, self._kept):
                line = self._line()

    def _line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)

    def _ask(self, line: http.client.HTTPConnection, path: str) -> bool:
        """Whether the connection can be used again."""
        try:
            line.request("GET", path)
            answer = line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as problem:
            self.failures.append(repr(problem))
            line.close()
            return False
        if answer.status != 200:
            self.failures.append(f"{path} {answer.status}")
        self.answered += 1
        return not answer.will_close
