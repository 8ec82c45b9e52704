# ruff: noqa: S301 - both ends of the pipe are this program under the same user; pickles cross no boundary
"""Run a function in a child process that can be killed: for work on input that strangers chose.

A thread or a signal cannot interrupt C code, a kill can. Two children per process are kept warm, each started by its
first call; they are new interpreters, never forks, because web workers have threads.
"""

import atexit
import contextlib
import importlib
import os
import pickle
import queue
import resource
import signal
import socket
import struct
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

CHILDREN = 2
MEMORY_BYTES = 1 << 30
START_SECONDS = 60.0
"""How long a child may take to start and import a job's module: slow disks and loaded machines included."""
SEND_SECONDS = 10

_BEGUN = b""
_CHECKOUT = Path(__file__).resolve().parents[2]


class WorkerTimedOut(RuntimeError):
    """The job took longer than it may. Its process was killed; the next call gets a new one."""


class WorkerDied(RuntimeError):
    """The process of the job ended without an answer, as by running out of memory. The next call gets a new one."""


def call(job: str, /, *args: Any, seconds: float = 2.0, **kwargs: Any) -> Any:
    """What the function "package.module:function" returns, called in a child process.

    Arguments, result and exceptions travel as pickles. `seconds` of wall time count from the moment the function
    starts: neither waiting for a free child, nor its start, nor importing the module counts.
    Raises WorkerTimedOut, WorkerDied, and whatever the function raised, with the child's traceback as a note.
    """
    pool = _pool
    child = pool.get()
    try:
        return child.call(job, args, kwargs, seconds)
    finally:
        pool.put(child)


class _Child:
    """The parent's end of one child process, which starts at the first call and again after it was killed."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.connection: Connection | None = None

    def call(self, job: str, args: tuple[Any, ...], kwargs: dict[str, Any], seconds: float) -> Any:
        request = pickle.dumps((job, seconds, args, kwargs))
        try:
            connection = self._connected()
            connection.send_bytes(request)
            begun = self._receive(connection, START_SECONDS)
            succeeded, answer = pickle.loads(self._receive(connection, seconds) if begun == _BEGUN else begun)
        except WorkerTimedOut as error:
            self.kill()
            raise WorkerTimedOut(f"{job} took longer than {seconds:g} s") from error
        except (EOFError, OSError) as error:
            status = self.kill()
            raise WorkerDied(f"the process running {job} ended with status {status}") from error
        except BaseException:
            # An interrupt between request and answer would leave the answer to the next caller.
            self.kill()
            raise
        if not succeeded:
            raise answer
        return answer

    def _connected(self) -> Connection:
        if self.process is not None and self.process.poll() is not None:
            self.kill()
        if self.connection is None:
            self._start()
        assert self.connection is not None
        return self.connection

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", SEND_SECONDS, 0))
            # An empty environment: the secrets of the parent's do not belong beside hostile input. Its own session:
            # Ctrl-C in a terminal goes to the parent, and the child ends with it.
            self.process = subprocess.Popen(  # nosec B603  # nothing of it was typed by anybody
                [sys.executable, "-m", "helpcenter.core.worker"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                cwd=_CHECKOUT,
                env={},
                start_new_session=True,
            )
        self.connection = Connection(ours.detach())
        self.connection.send_bytes(pickle.dumps([str(Path(folder).absolute()) for folder in sys.path]))

    @staticmethod
    def _receive(connection: Connection, seconds: float) -> bytes:
        if not connection.poll(seconds):
            raise WorkerTimedOut
        return connection.recv_bytes()

    def kill(self) -> int | None:
        """End the child now. Returns its exit status, or None when there was none."""
        self.forget()
        process, self.process = self.process, None
        if process is None:
            return None
        process.kill()
        return process.wait()

    def forget(self) -> None:
        """Close this end of the connection; an idle child ends by that."""
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()


class _Pool:
    """The children of this process. The one used last is used first, so a quiet process keeps only one."""

    def __init__(self) -> None:
        self.children = [_Child() for _ in range(CHILDREN)]
        self._free: queue.LifoQueue[_Child] = queue.LifoQueue()
        self.get: Callable[[], _Child] = self._free.get
        self.put: Callable[[_Child], None] = self._free.put
        for child in self.children:
            self.put(child)


_pool = _Pool()


def _kill_all() -> None:
    for child in _pool.children:
        child.kill()


def _renew_after_fork() -> None:
    """A fork shares its parent's connections and perhaps a held lock: it closes the one and leaves the other."""
    global _pool
    for child in _pool.children:
        child.forget()
        if child.process is not None:
            child.process.returncode = 0  # not ours to wait for
    _pool = _Pool()


atexit.register(_kill_all)
os.register_at_fork(after_in_child=_renew_after_fork)


def _serve(connection: Connection) -> None:
    """The child's life: a request, a sign that the job begins, an answer; until the parent's end closes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    with contextlib.suppress(EOFError, ConnectionError):
        sys.path[:] = pickle.loads(connection.recv_bytes())
        while True:
            connection.send_bytes(_answer(connection.recv_bytes(), connection))


def _answer(request: bytes, connection: Connection) -> bytes:
    try:
        job, seconds, args, kwargs = pickle.loads(request)
        module, _, name = job.partition(":")
        function = getattr(importlib.import_module(module), name)
        connection.send_bytes(_BEGUN)
        with _alarm(seconds + 1):
            return pickle.dumps((True, function(*args, **kwargs)))
    except Exception as error:
        error.add_note("In the worker process:\n" + "".join(traceback.format_exception(error, limit=-8)))
        return _pickled_error(error)


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Let the kernel end this process after `seconds`, should the parent be gone and no longer able to."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _pickled_error(error: Exception) -> bytes:
    """The error as a pickle, or a RuntimeError with its text where the error cannot travel."""
    try:
        pickled = pickle.dumps((False, error))
        pickle.loads(pickled)
    except Exception:
        return pickle.dumps((False, RuntimeError("".join(traceback.format_exception_only(error)).strip())))
    return pickled


if __name__ == "__main__":
    _serve(Connection(os.dup(0)))
