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
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.bystanders import cpu_seconds_of, descendants


@dataclass(frozen=True)
class Server:
    """A running server. `started_seconds` is the time from start to its first answer."""

    port: int
    pid: int
    started_seconds: float

    def cpu_seconds(self) -> float:
        """Processor time of the server with all its processes so far."""
        return sum(cpu_seconds_of(pid) for pid in (self.pid, *descendants(self.pid)))


@contextmanager
def serving(target: str, environment: dict[str, str], workers: int = 1) -> Iterator[Server]:
    """A server of so many processes for `target`, "package.module:app", stopped at the end of the block."""
    port = free_port()
    begun = time.perf_counter()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "64", "--log-level", "error", "--no-ws", target]
    process = subprocess.Popen(command, env={**os.environ, **environ_of(environment)}, stderr=subprocess.DEVNULL)
    try:
        wait_for_an_answer(port)
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


def wait_for_an_answer(port: int, patience_seconds: float = 60) -> None:
    """Return when a request is answered: a socket takes connections long before there is anybody behind it."""
    until = time.perf_counter() + patience_seconds
    while True:
        line = HTTPConnection("127.0.0.1", port, timeout=patience_seconds)
        try:
            line.request("GET", "/")
            line.getresponse().read()
            return
        except OSError:
            if time.perf_counter() > until:
                raise
            time.sleep(0.02)
        finally:
            line.close()
