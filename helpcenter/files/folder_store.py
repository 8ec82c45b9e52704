"""The bytes of files in data_dir/files/ab/<name>, written so that what has a row survives a power cut."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from helpcenter.files.store import Filter

SMALL_PREFIX = "small-"
ORPHAN_SECONDS = 24 * 3600
"""An upload that is still being committed is younger than this by far."""


class FolderStore:
    """One folder of one machine. `root` need not be there yet."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path_of(self, name: str, *, small: bool = False) -> Path:
        """Where the file of this name lies, whether it exists or not."""
        # Two file systems out of three do not tell AB from ab, so the folder must not either.
        return self.root / name[:2].lower() / f"{SMALL_PREFIX if small else ''}{name}"

    def write(self, name: str, data: bytes, *, small: bool = False) -> None:
        """Written beside, flushed, renamed. Raises OSError, as when the disk is full."""
        path = self.path_of(name, small=small)
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(f".{path.name}")
        try:
            with scratch.open("wb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
            scratch.replace(path)
        except OSError:
            scratch.unlink(missing_ok=True)
            raise
        for folder in (path.parent, path.parent.parent):
            _flush_folder(folder)

    def read(self, name: str, *, small: bool = False) -> bytes:
        """The bytes. Raises FileNotFoundError."""
        return self.path_of(name, small=small).read_bytes()

    def kept(self) -> Iterator[tuple[str, bool]]:
        """Name, and whether it is the smaller variant, of everything that is whole, in no order."""
        for path in self.root.glob("??/*"):
            if path.is_file() and not path.name.startswith("."):
                yield path.name.removeprefix(SMALL_PREFIX), path.name.startswith(SMALL_PREFIX)

    def sweep(self, known_among: Filter) -> int:
        """Delete what is old and not known, and halves that a killed process left; how many files."""
        swept = 0
        for path in self._strays(known_among):
            path.unlink(missing_ok=True)
            swept += 1
        return swept

    def strays(self, known_among: Filter) -> int:
        """How many that would be."""
        return sum(1 for _ in self._strays(known_among))

    def _strays(self, known_among: Filter) -> Iterator[Path]:
        for folder in self.root.glob("??"):
            old = {path: path.name.lstrip(".").removeprefix(SMALL_PREFIX) for path in _old_files(folder)}
            known: Collection[str] = known_among(set(old.values()))
            yield from (path for path, name in old.items() if name not in known or path.name.startswith("."))


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _old_files(folder: Path) -> Iterator[Path]:
    # The clock of the files, not ours: a moved clock must not make young files look old.
    limit = time.time() - ORPHAN_SECONDS
    return (path for path in folder.iterdir() if path.is_file() and path.stat().st_mtime < limit)
