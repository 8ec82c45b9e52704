"""The folder of the index: numbered builds, a pointer to the one in use, and the lock of its one writer."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from helpcenter.search.engine import EngineBusy, EngineDamaged
from helpcenter.search.whoosh_engine.schema import INDEX_VERSION
from helpcenter.search.whoosh_engine.storage import sync_file, sync_folder

POINTER = "current"
LOCK = "write.lock"
DOUBT = "doubted"
_BUILD = "build-"


class IndexFolder:
    """One folder of builds. Only the product writes there: the files hold pickles."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pointer = str(path / POINTER)
        self._known: tuple[tuple[int, int, int], Path] | None = None
        self._owner: int | None = None

    def current(self) -> Path:
        """The build in use. Raises EngineDamaged when there is none, or one of another version."""
        try:
            state = os.stat(self._pointer)  # noqa: PTH116 - asked before every answer, and a Path costs five times that
            seen = (state.st_ino, state.st_mtime_ns, state.st_size)
            if self._known is None or self._known[0] != seen:
                self._known = (seen, self._read_pointer())
        except FileNotFoundError as error:
            raise EngineDamaged("there is no index yet") from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EngineDamaged(f"the pointer to the index can not be read: {error}") from error
        return self._known[1]

    def _read_pointer(self) -> Path:
        pointer = json.loads((self.path / POINTER).read_text())
        if pointer["version"] != INDEX_VERSION:
            raise EngineDamaged(f"the index is of version {pointer['version']}, this program reads {INDEX_VERSION}")
        build = self.path / str(pointer["build"])
        if build.parent != self.path or not build.name.startswith(_BUILD):
            raise EngineDamaged(f"the pointer to the index names {pointer['build']!r}")
        return build

    def doubt(self) -> None:
        """Leave a note that a reader met damage. A reader writes nothing else, and a job reads the note."""
        with suppress(OSError):
            (self.path / DOUBT).touch()

    @property
    def is_doubted(self) -> bool:
        """Whether a reader met damage since the note was last removed."""
        return (self.path / DOUBT).exists()

    def trust(self) -> None:
        """Remove the note."""
        with suppress(OSError):
            (self.path / DOUBT).unlink(missing_ok=True)

    def new_build(self) -> Path:
        """A fresh, empty folder with a number no build has had."""
        self.path.mkdir(parents=True, exist_ok=True)
        numbers = [int(p.name.removeprefix(_BUILD)) for p in self._builds() if p.name.removeprefix(_BUILD).isdigit()]
        build = self.path / f"{_BUILD}{max(numbers, default=0) + 1}"
        build.mkdir()
        return build

    def use(self, build: Path) -> None:
        """Make a finished build the one in use, in one step; the others are removed afterwards."""
        sync_folder(build)
        fresh = self.path / f"{POINTER}.new"
        fresh.write_text(json.dumps({"build": build.name, "version": INDEX_VERSION}))
        sync_file(fresh)
        pointer = self.path / POINTER
        if pointer.is_dir():
            shutil.rmtree(pointer)
        fresh.replace(pointer)
        sync_folder(self.path)
        self.trust()
        self.discard(*(other for other in self._builds() if other != build))

    def discard(self, *builds: Path) -> None:
        """Remove builds. Readers that still have them open keep what they mapped."""
        for build in builds:
            shutil.rmtree(build, ignore_errors=True)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """The only writer of all processes; may be entered again by the same thread. Raises EngineBusy at once.

        The lock belongs to an open file, so the death of its process frees it.
        """
        if self._owner == threading.get_ident():
            yield
            return
        self.path.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise EngineBusy("another process is writing the index") from error
            self._owner = threading.get_ident()
            try:
                yield
            finally:
                self._owner = None
        finally:
            os.close(handle)

    def _builds(self) -> list[Path]:
        return [path for path in self.path.iterdir() if path.name.startswith(_BUILD)]
