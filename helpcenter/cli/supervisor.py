"""Keeps processes alive: starts them, starts them again when they die, and lets none outlive their parent."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic, sleep
from typing import Protocol

import config

PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.1
PATIENCE_SECONDS = 15
SHORT_LIFE_SECONDS = 2
LONGEST_WAIT_SECONDS = 5
log = logging.getLogger("helpcenter.supervisor")


def end_with_parent(parent: int) -> None:
    """End this process when the process `parent`, which started it, ends; even by kill -9."""
    try:
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    except (AttributeError, OSError):
        Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:
        # It ended before the kernel knew.
        os.kill(os.getpid(), signal.SIGKILL)


def _watch(parent: int) -> None:
    """The same where the kernel offers nothing: ask every second."""
    while os.getppid() == parent:
        sleep(1)
    os.kill(os.getpid(), signal.SIGKILL)


def command_line(*words: str) -> list[str]:
    """How a child of ours is started: this Python, this command line.

    Once the product is installed, no file of the folder it is started in is taken for code.
    """
    own = ["-P"] if config.SHIPPED.is_dir() else []
    return [sys.executable, *own, "-m", "helpcenter.cli", *words]


def start(*words: str, stdin: int | None = None, pass_fds: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    """Start a child. Ctrl+C is for the supervisor alone, which then ends its children one after the other."""
    command = command_line(*words)
    # Our own command line.
    return subprocess.Popen(command, stdin=stdin, pass_fds=pass_fds, process_group=0)  # nosec B603  # noqa: S603


@dataclass
class Child:
    """A process that has to live. `deaths` counts short lives in a row: a child that can not start is not hurried.

    `pass_fds` are descriptors of ours that it may use too.
    """

    name: str
    words: Sequence[str]
    pass_fds: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started_at: float = 0.0
    start_at: float = field(default_factory=monotonic)
    leave_until: float | None = None

    def adopt(self, process: subprocess.Popen[bytes]) -> None:
        """Take on a process that was started already."""
        self.process, self.started_at = process, monotonic()

    def tell(self, words: bytes) -> None:
        """Write to its standard input and close that; a process that is gone is started again by `keep_alive`."""
        if self.process is not None and self.process.stdin is not None:
            # Closing says what is still to be said: it fails like writing where nobody listens.
            with suppress(BrokenPipeError), self.process.stdin as ear:
                ear.write(words)

    def keep_alive(self) -> None:
        """Start it when it is due, note when it died."""
        if self.process is None and monotonic() >= self.start_at:
            self.started_at = monotonic()
            self.process = start(*self.words, pass_fds=self.pass_fds)
        elif self.process is None:
            return
        elif self.process.poll() is None:
            if self.leave_until is not None and monotonic() > self.leave_until:
                self.process.kill()
        elif self.leave_until is not None:
            self.process, self.leave_until = None, None
        else:
            self._died(self.process.returncode)

    def begin_anew(self) -> None:
        """Ask it to end; `keep_alive` starts another one in its place when it has, or kills it when it does not."""
        self.leave_until = monotonic() + PATIENCE_SECONDS
        self.stop()

    def _died(self, code: int) -> None:
        lived = monotonic() - self.started_at
        self.deaths = self.deaths + 1 if lived < SHORT_LIFE_SECONDS else 0
        wait = min(0.25 * 2**self.deaths, LONGEST_WAIT_SECONDS) if self.deaths else 0.0
        log.error("%s ended with %s after %.1f s; it starts again", self.name, code, lived)
        self.process, self.start_at = None, monotonic() + wait

    def stop(self) -> None:
        """Ask it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait_or_kill(self, until: float) -> None:
        """Give it until a moment of the monotonic clock, then none."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Reload(Protocol):
    """Replaces children by new ones, step by step."""

    def step(self) -> bool:
        """Do what can be done now without waiting; whether it is over."""

    def stop(self) -> list[Child]:
        """Give up; what was started and has to end."""


def supervise(
    children: Sequence[Child],
    is_ready: Callable[[], bool],
    started: Callable[[], None],
    reload: Callable[[], Reload],
) -> None:
    """Keep the children alive until SIGTERM or SIGINT, then end them. SIGHUP begins a reload.

    `started` is called once, when `is_ready` says yes for the first time.
    """
    stop, hang_up = Event(), Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    signal.signal(signal.SIGHUP, lambda *_: hang_up.set())
    is_told, running = False, None
    while not stop.is_set():
        for child in children:
            child.keep_alive()
        if not is_told and is_ready():
            started()
            is_told = True
        if running is None and hang_up.is_set():
            hang_up.clear()
            running = reload()
        if running is not None and running.step():
            running = None
        stop.wait(POLL_SECONDS)
    end([*children, *(running.stop() if running else ())])


def end(children: Sequence[Child]) -> None:
    """Ask all of them to end, and kill those that do not."""
    until = monotonic() + PATIENCE_SECONDS
    for child in children:
        child.stop()
    for child in children:
        child.wait_or_kill(until)
