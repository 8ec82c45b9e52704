"""Where the bytes of files are kept: in the data folder, or on PostgreSQL in the database, which all machines share."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import select

from helpcenter.core.db import db
from helpcenter.files.file import File
from helpcenter.files.folder_store import FolderStore
from helpcenter.files.store import Store
from helpcenter.files.table_store import TableStore

RANDOM_BYTES = 16
_NAME = "file_store"


def new_name() -> str:
    """A name nobody guesses."""
    return f"{secrets.token_urlsafe(RANDOM_BYTES)}.webp"


def store() -> Store:
    """The store of the app."""
    found: Store = current_app.extensions[_NAME]
    return found


def write(name: str, data: bytes, *, small: bool = False) -> None:
    """Keep the bytes for good. Raises OSError, as when the disk is full."""
    store().write(name, data, small=small)


def read(name: str, *, small: bool = False) -> bytes:
    """The bytes of a file. Raises FileNotFoundError for one that is not there, or was deleted a moment ago."""
    return store().read(name, small=small)


def to_send(name: str, *, small: bool = False) -> tuple[Path | BytesIO, int]:
    """What a server reads the file from, and how many bytes it has. Raises FileNotFoundError."""
    place = store()
    if isinstance(place, FolderStore):
        path = place.path_of(name, small=small)
        return path, path.stat().st_size
    data = place.read(name, small=small)
    return BytesIO(data), len(data)


def kept() -> Iterator[tuple[str, bool]]:
    """Name, and whether it is the smaller variant, of everything that is stored, in no order.

    One whose row is not committed yet may be among them, or may not.
    """
    return store().kept()


def sweep() -> int:
    """Delete bytes without a row, as left by a crash between the two; how many files.

    Rows are never deleted for being unused: a draft or an old revision that may be restored can still show them.
    """
    return store().sweep(_with_a_row)


def strays() -> int:
    """How many files a sweep would delete."""
    return store().strays(_with_a_row)


def _with_a_row(names: Collection[str]) -> set[str]:
    return set(db.session.scalars(select(File.name).where(File.name.in_(names))))


def register(app: Flask) -> None:
    """Choose the store."""
    settings = app.config["SETTINGS"]
    folder = FolderStore(Path(settings.data_dir) / "files")
    app.extensions[_NAME] = folder if settings.is_sqlite else TableStore(folder)
