"""The numbers of this process, and those of every other one of this machine.

Each process raises its own numbers in memory that is a small file of the data folder, `counts/HOST-N.counts`, so
whichever process a monitor asks can add them all up, and no request waits for a disk or a database. A process holds its
file by a lock of the system that falls with it, even by kill -9; the next one takes the file over and counts on from
there, so that no number ever falls and there are never more files than processes at once.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import mmap
import os
import re
import socket
import struct
from array import array
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from helpcenter.core import clock
from helpcenter.core.metrics import counter
from helpcenter.core.metrics.route import number_of

MOST_PROCESSES = 1_000
FORGOTTEN_AFTER_SECONDS = 7 * 24 * 3600
"""A container has another name each time it is made; the files of the one before go after so long."""
_HEAD = struct.Struct("=8sq8s")
_LAYOUT = hashlib.blake2b(counter.described(), digest_size=8).digest()
_SIZE = _HEAD.size + 8 * counter.LENGTH


@dataclass(frozen=True)
class Process:
    """A process that counts: `number` is that of its file, `kind` web or jobs; `pid` is None once it has ended."""

    number: int
    kind: str
    pid: int | None
    numbers: array[float]


class Counts:
    """The numbers of this process; in plain memory until `begin`, and where no file can be made."""

    def __init__(self) -> None:
        self._lock = Lock()
        # An array, or such memory as an array.
        self._numbers: Any = array("d", bytes(8 * counter.LENGTH))
        self.path: Path | None = None

    def begin(self, folder: Path, kind: str) -> None:
        """Count in a file of the folder from now on. Called once by a process that serves or does jobs."""
        with suppress(OSError), self._lock:
            folder.mkdir(0o700, exist_ok=True)
            _forget_others(folder)
            self.path, file = _taken(folder, kind)
            kept = memoryview(mmap.mmap(file, _SIZE))[_HEAD.size :].cast("d")
            for place, amount in enumerate(self._numbers):
                kept[place] += amount
            self._numbers = kept

    def add(self, place: int, amount: float = 1.0) -> None:
        """Raise the number at a place."""
        with self._lock:
            self._numbers[place] += amount

    def answered(self, path: str, status: int, seconds: float, *, is_kept: bool = False) -> None:
        """Count a request; `is_kept`: it was answered by a page that was kept."""
        count, bucket, total = counter.places_of_request(number_of(path), status, seconds)
        with self._lock:
            numbers = self._numbers
            numbers[count] += 1.0
            numbers[bucket] += 1.0
            numbers[total] += seconds
            if is_kept:
                numbers[counter.KEPT_HIT] += 1.0

    def own(self) -> array[float]:
        """The numbers of this process now."""
        with self._lock:
            return array("d", self._numbers.tobytes())


def _taken(folder: Path, kind: str) -> tuple[Path, int]:
    """A file that nobody has, ours until this process ends and made ready. Raises OSError where there can be none."""
    for number in range(MOST_PROCESSES):
        path = folder / f"{_host()}-{number}.counts"
        with suppress(PermissionError, BlockingIOError), ExitStack() as undone:
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            undone.callback(os.close, file)
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _make_ready(file, kind)
            undone.pop_all()
            return path, file
    raise FileExistsError(f"{folder} is full")


def _make_ready(file: int, kind: str) -> None:
    fits = os.fstat(file).st_size == _SIZE and os.pread(file, len(_LAYOUT), 0) == _LAYOUT
    # Written, and not only made as long: memory without a place on a full disk ends whoever writes to it.
    whole = _HEAD.pack(_LAYOUT, os.getpid(), kind.encode()) + (b"" if fits else bytes(8 * counter.LENGTH))
    if os.pwrite(file, whole, 0) < len(whole):
        raise OSError(errno.ENOSPC, "no space for the counts")
    os.ftruncate(file, _SIZE)


def processes(folder: Path) -> Iterator[Process]:
    """Every process of this machine that counts into the folder, and those that have: what they counted stays."""
    for path in sorted(folder.glob(f"{_host()}-*.counts")):
        found = re.fullmatch(rf"{re.escape(_host())}-(\d+)\.counts", path.name)
        with suppress(OSError):
            whole = path.read_bytes()
            if found and len(whole) == _SIZE and whole[:8] == _LAYOUT:
                _, pid, kind = _HEAD.unpack_from(whole)
                numbers = array("d", whole[_HEAD.size :])
                yield Process(int(found[1]), kind.rstrip(b"\0").decode(), pid if _is_held(path) else None, numbers)


def total(folder: Path) -> array[float]:
    """The sum over all processes of this machine, this one among them wherever its numbers are."""
    is_among_them = here.path is not None and here.path.parent == folder
    numbers = array("d", bytes(8 * counter.LENGTH)) if is_among_them else here.own()
    for process in processes(folder):
        for place, amount in enumerate(process.numbers):
            numbers[place] += amount
    return numbers


def _is_held(path: Path) -> bool:
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def _forget_others(folder: Path) -> None:
    oldest = clock.now().timestamp() - FORGOTTEN_AFTER_SECONDS
    for path in folder.glob("*.counts"):
        if not path.name.startswith(f"{_host()}-") and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _host() -> str:
    return re.sub(r"[^A-Za-z0-9.]", "_", socket.gethostname())[:60]


here = Counts()
"""Those of this process."""
