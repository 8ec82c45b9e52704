"""Where the bytes lie: data_dir/files/ab/<name>, written so that what has a row survives a power cut."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from helpcenter.core.db import db
from helpcenter.files.file import File

SMALL_PREFIX = "small-"
RANDOM_BYTES = 16
ORPHAN_SECONDS = 24 * 3600
"""An upload that is still being committed is younger than this by far."""


def new_name() -> str:
    """A name nobody guesses."""
    return f"{secrets.token_urlsafe(RANDOM_BYTES)}.webp"


def path_of(name: str, *, small: bool = False) -> Path:
    """Where the file of this name lies, whether it exists or not."""
    root = Path(current_app.config["SETTINGS"].data_dir) / "files"
    # Two file systems out of three do not tell AB from ab, so the folder must not either.
    return root / name[:2].lower() / f"{SMALL_PREFIX if small else ''}{name}"


def write(name: str, data: bytes, *, small: bool = False) -> None:
    """Put the bytes on disk for good: written beside, flushed, renamed. Raises OSError, as when the disk is full."""
    path = path_of(name, small=small)
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


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep() -> int:
    """Delete what lies on disk without a row, as left by a crash between the two; how many files.

    Rows are never deleted for being unused: a draft or an old revision that may be restored can still show them.
    """
    swept = 0
    for folder in (Path(current_app.config["SETTINGS"].data_dir) / "files").glob("??"):
        old = {path: path.name.lstrip(".").removeprefix(SMALL_PREFIX) for path in _old_files(folder)}
        kept = set(db.session.scalars(select(File.name).where(File.name.in_(set(old.values())))))
        for path, name in old.items():
            if name not in kept or path.name.startswith("."):
                path.unlink(missing_ok=True)
                swept += 1
    return swept


def _old_files(folder: Path) -> Iterator[Path]:
    # The clock of the files, not ours: a moved clock must not make young files look old.
    limit = time.time() - ORPHAN_SECONDS
    return (path for path in folder.iterdir() if path.is_file() and path.stat().st_mtime < limit)
