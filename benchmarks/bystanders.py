"""What other processes take of this machine while something is measured.

Ours are this process and whatever it started, looked at twice a second: a browser ends its own helpers, and what those
took is told to nobody afterwards.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event, Thread

LOOK_SECONDS = 0.5


class Bystanders:
    """From its beginning to its end; `share` is what others took, 0.0 to 1.0."""

    def __init__(self) -> None:
        self._ours: dict[int, float] = {}
        self._end = Event()
        self._watch = Thread(target=self._look_on, daemon=True)
        self._begun, self._own = _machine(), time.process_time()
        self._watch.start()

    def share(self) -> float:
        """End it, and tell the part of the machine that went to neither us nor idleness."""
        self._end.set()
        self._watch.join()
        busy, total = (now - then for now, then in zip(_machine(), self._begun, strict=True))
        own = time.process_time() - self._own + sum(self._ours.values())
        return max(0.0, busy - own) / total if total else 0.0

    def _look_on(self) -> None:
        is_over = False
        while not is_over:
            is_over = self._end.wait(LOOK_SECONDS)
            for pid in descendants(os.getpid()):
                self._ours[pid] = max(self._ours.get(pid, 0.0), cpu_seconds_of(pid))


def descendants(pid: int) -> Iterator[int]:
    """Every process that a process started, and what those started."""
    waiting = [pid]
    for one in waiting:
        found = [child for children in _children(one) for child in children]
        yield from found
        waiting += found


def cpu_seconds_of(pid: int) -> float:
    """Processor time of a process so far, 0 for one that is gone."""
    # The kernel's clock of another process, to the nanosecond; /proc counts hundredths of a second.
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def _children(pid: int) -> Iterable[list[int]]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            yield [int(child) for child in task.read_text().split()]
        except OSError:
            # It ended meanwhile.
            continue


def _machine() -> tuple[float, float]:
    ticks = [int(part) for part in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    total = sum(ticks) / 100
    return total - (ticks[3] + ticks[4]) / 100, total
