"""The web processes on sockets that were opened before them, and how they leave so that nobody notices.

A server that is asked to end closes connections on which it has read nothing yet, also those it accepted just now,
whose request is on its way. So a process here first accepts nobody any more and tells those it answers to come back by
another connection; a moment later it ends, once it has answered what it has begun.
"""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from time import sleep
from typing import Any

from granian._granian import SocketHolder
from granian.server.mp import MPServer, WorkerProcess

from helpcenter.cli.listening import BACKLOG

LEAVE = signal.SIGUSR1
LEAVING_SECONDS = 0.7
"""From the last connection that is accepted to the end: within it whoever connected has said what they want."""
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class WebServer(MPServer):
    """The server on sockets of ours, one for each of its processes."""

    sockets: Sequence[int] = ()

    def _init_shared_socket(self) -> None:
        self._ssp = self._shd = self._sfd = self._sso = None

    def _spawn_worker(self, idx: int, target: Any, callback_loader: Any) -> WorkerProcess:  # type: ignore[override]
        # The holder closes what it holds as soon as the process is begun; another may have to take its place later.
        holder: Any = SocketHolder
        self._shd = holder(os.dup(self.sockets[idx]), False, BACKLOG)
        return super()._spawn_worker(idx, target, callback_loader)

    def _stop_workers(self) -> None:
        for worker in self.wrks:
            if worker.inner.pid is not None:
                with suppress(ProcessLookupError):
                    os.kill(worker.inner.pid, LEAVE)
        sleep(LEAVING_SECONDS)
        super()._stop_workers()  # type: ignore[no-untyped-call]


class Leaving:
    """A WSGI app around the app of one web process, which knows whether it is about to leave."""

    def __init__(self, app: Wsgi, sockets: Sequence[int]) -> None:
        self._app, self._is_leaving = app, False
        self._inodes = {os.fstat(number).st_ino for number in sockets}

    def listen(self) -> None:
        """Leave when the signal comes."""
        signal.signal(LEAVE, self._leave)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer, and while leaving ask for another connection next time."""
        if not self._is_leaving:
            return self._app(environ, start_response)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, ("Connection", "close")], *rest)

        return self._app(environ, start)

    def _leave(self, *_: object) -> None:
        self._is_leaving = True
        # What the server accepts from is replaced under its hands by a socket to which nobody ever connects.
        with suppress(OSError), socket.socket() as quiet:
            quiet.bind(("127.0.0.1", 0))
            quiet.listen(1)
            quiet.setblocking(False)
            for number in _descriptors_of(self._inodes):
                os.dup2(quiet.fileno(), number)


def _descriptors_of(inodes: set[int]) -> list[int]:
    """Every descriptor of this process that is one of these sockets; none on a system that does not tell."""
    found = []
    for entry in sorted(Path("/proc/self/fd").glob("*")):
        with suppress(OSError):
            if os.fstat(int(entry.name)).st_ino in inodes:
                found.append(int(entry.name))
    return found
