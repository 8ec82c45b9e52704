"""A hundred visitors who send one byte and then, after a while, another."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from drills.running_site import RunningSite, until
from drills.scene import Scene

SLOW = 100
# The kernel deals connections to the web processes by chance; this many on one of two is one deal in five hundred.
MOST_ON_ONE = 62
UNNOTICED_SECONDS = 5
"""Nobody may wait so long for a page. Whoever got in a slow one's way would wait until that one ends: for ever."""
BODY = b"""POST /login HTTP/1.1
Host: localhost
Content-Type: application/x-www-form-urlencoded
Content-Length: 9999

email=""".replace(b"\n", b"\r\n")
HEAD = b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-Patience: "


def slow_heads(scene: Scene) -> None:
    """A hundred who take their time for the head of a request."""
    _slow(scene, HEAD)


def slow_bodies(scene: Scene) -> None:
    """A hundred who take their time for the body of a request."""
    _slow(scene, BODY)


def _slow(scene: Scene, beginning: bytes) -> None:
    with slow_visitors(scene.site, beginning) as count_answers:
        # Had a process no thread left, these would wait for the slow ones, who never end.
        for _ in range(5):
            try:
                statuses = scene.reads(UNNOTICED_SECONDS)
            except TimeoutError as problem:
                raise AssertionError(f"a page took longer than {UNNOTICED_SECONDS} s beside slow visitors") from problem
            if set(statuses) != {200}:
                raise AssertionError(f"pages answered {statuses} beside slow visitors")
            scene.writers.wait_until_heard()
        if count_answers():
            raise AssertionError("a slow visitor was answered before they were done: they kept nobody waiting")


@contextmanager
def slow_visitors(site: RunningSite, beginning: bytes) -> Iterator[Callable[[], int]]:
    """A hundred of them until the block ends, dealt out as they would be. Gives what counts the answered ones."""
    while True:
        with ExitStack() as open_lines:
            lines = [open_lines.enter_context(socket.create_connection(("127.0.0.1", site.port))) for _ in range(SLOW)]
            for line in lines:
                line.sendall(beginning)

            def taken() -> list[int]:
                return [_accepted(worker, lines) for worker in site.workers()]  # noqa: B023

            if not until(lambda: sum(taken()) >= SLOW):
                raise TimeoutError("the site does not take a hundred connections")
            if max(taken()) <= MOST_ON_ONE:
                with _dripping(lines):
                    yield lambda: sum(_is_answered(line) for line in lines)  # noqa: B023
                return


@contextmanager
def _dripping(lines: list[socket.socket]) -> Iterator[None]:
    stop = Event()

    def drip() -> None:
        while not stop.wait(0.2):
            for line in lines:
                with suppress(OSError):
                    line.sendall(b"a")

    dripping = Thread(target=drip, daemon=True)
    dripping.start()
    try:
        yield
    finally:
        stop.set()
        dripping.join()


def _is_answered(line: socket.socket) -> bool:
    try:
        return bool(line.recv(100, socket.MSG_DONTWAIT | socket.MSG_PEEK))
    except BlockingIOError:
        return False


def _accepted(process: int, lines: list[socket.socket]) -> int:
    """How many of these connections a process has taken."""
    ours = {line.getsockname()[1] for line in lines}
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    names = {f"socket:[{row[9]}]" for row in rows if int(row[2].rpartition(":")[2], 16) in ours}
    held = 0
    for entry in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            held += str(entry.readlink()) in names
    return held
