"""Asks a server on this machine for the same thing again and again, over connections that stay open.

It talks to 127.0.0.1 only, a counted number of times, and ends by itself.
"""

from __future__ import annotations

import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Load:
    """What a round cost: requests a second as the client saw them, and their durations in seconds, sorted."""

    per_second: float
    durations: list[float]
    statuses: frozenset[int]

    def percentile(self, share: float) -> float:
        """The duration that this share of requests stays below."""
        return self.durations[min(len(self.durations) - 1, int(share * len(self.durations)))]


def request(path: str, *, method: str = "GET", headers: tuple[str, ...] = (), body: bytes = b"") -> bytes:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def run(port: int, asked: bytes, *, times: int, connections: int) -> Load:
    """Send a request `times` times in all, over so many connections at once."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        parts = list(pool.map(lambda _: _connection(port, asked, times // connections), range(connections)))
    seconds = time.perf_counter() - begun
    durations = sorted(duration for part, _ in parts for duration in part)
    return Load(len(durations) / seconds, durations, frozenset(status for _, found in parts for status in found))


def run_for(port: int, asked: bytes, *, seconds: float, connections: int) -> Counter[int]:
    """Send a request for so many seconds over so many connections; how often each status was answered.

    A connection that breaks, or waits for longer than `PATIENCE_SECONDS`, counts as status 0.
    """
    until = time.perf_counter() + seconds

    def ask(_: int) -> Counter[int]:
        found: Counter[int] = Counter()
        while time.perf_counter() < until:
            try:
                with _line(port) as line:
                    while time.perf_counter() < until:
                        line.sendall(asked)
                        found[_answer(line)] += 1
            except (OSError, IndexError, ValueError):
                found[0] += 1
        return found

    with ThreadPoolExecutor(connections) as pool:
        return sum(pool.map(ask, range(connections)), Counter())


def _connection(port: int, asked: bytes, times: int) -> tuple[list[float], set[int]]:
    durations, statuses = [], set()
    with _line(port) as line:
        for _ in range(times):
            begun = time.perf_counter()
            line.sendall(asked)
            statuses.add(_answer(line))
            durations.append(time.perf_counter() - begun)
    return durations, statuses


def _line(port: int) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def _answer(line: socket.socket) -> int:
    data = b""
    while b"\r\n\r\n" not in data:
        more = line.recv(65536)
        if not more:
            raise ConnectionError("the server closed the connection without an answer")
        data += more
    head, _, rest = data.partition(b"\r\n\r\n")
    lengths = [row.split(b":")[1] for row in head.split(b"\r\n") if row.lower().startswith(b"content-length:")]
    missing = (int(lengths[0]) if lengths else 0) - len(rest)
    while missing > 0:
        part = len(line.recv(min(missing, 1 << 20)))
        if not part:
            raise ConnectionError("the server closed the connection within an answer")
        missing -= part
    return int(head.split(b" ", 2)[1])
