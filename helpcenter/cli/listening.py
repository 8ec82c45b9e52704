"""The sockets on which a site listens: opened once, and handed to one generation of web processes after the other.

Each web process of a generation has one of its own, among which the kernel deals out who comes. Whoever waits in one
while its process is replaced, or died, is taken in by the next that holds it.
"""

from __future__ import annotations

import http.client
import socket
from collections.abc import Sequence
from contextlib import suppress

BACKLOG = 1024
ASK_SECONDS = 1.0


class Listening:
    """`count` sockets at one address. Nobody is let in before `open`. Raises OSError where the address is not ours."""

    def __init__(self, host: str, port: int, count: int) -> None:
        self.host, self.port = host, port
        self._sockets = [_bound(host, port) for _ in range(count)]

    @property
    def numbers(self) -> list[int]:
        """The file descriptors."""
        return [one.fileno() for one in self._sockets]

    def open(self) -> None:
        """Let people in: until a web process takes them they wait."""
        for one in self._sockets:
            one.listen(BACKLOG)

    def close(self) -> None:
        """Let nobody in any more once no web process holds these."""
        for one in self._sockets:
            one.close()

    def answers(self) -> bool:
        """Whether a web process answers."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=ASK_SECONDS)
        with suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz")
            return bool(connection.getresponse().status)
        connection.close()
        return False


def words(numbers: Sequence[int]) -> str:
    """Descriptors as one word of a command line."""
    return ",".join(map(str, numbers))


def _bound(host: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.setblocking(False)
    made.bind((host, port))
    return made
