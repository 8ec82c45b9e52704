"""A server under measurement: granian on a free port of this machine, with what it spent of the processor."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """A running server. `started_seconds` is the time from start to its first answer."""

    port: int
    pid: int
    started_seconds: float

    def cpu_seconds(self) -> float:
        """Processor time of the server with all its processes so far."""
        return sum(_cpu(pid) for pid in _family(self.pid))

    def proportional_bytes(self) -> int:
        """Memory of the largest of its processes, shared pages counted in proportion."""
        return max(_proportional(pid) for pid in _family(self.pid))


@contextmanager
def serving(target: str, environment: dict[str, str]) -> Iterator[Server]:
    """A server of one process for `target`, "package.module:app", stopped at the end of the block."""
    port = free_port()
    begun = time.perf_counter()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "64", "--log-level", "error", "--no-ws", target]
    process = subprocess.Popen(command, env={**os.environ, **environ_of(environment)}, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield Server(port, process.pid, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(timeout=20)


def environ_of(environment: dict[str, str]) -> dict[str, str]:
    """The environment of a server: the checkout is where it imports from."""
    return {"PYTHONPATH": str(Path(__file__).resolve().parent.parent), **environment}


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, patience_seconds: float = 30) -> None:
    until = time.perf_counter() + patience_seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.perf_counter() > until:
                raise
            time.sleep(0.02)


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def _cpu(pid: int) -> float:
    # The kernel's clock of another process, to the nanosecond; /proc counts hundredths of a second.
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def _proportional(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
