"""One file with everything a site keeps: rows, uploaded files, and what of the data folder can not be made again.

It is a zip: `manifest.json`, `rows/TABLE.jsonl`, `files/…` and `folder/…`. The comment at its end is the SHA-256 of
every byte before, so that a file that was cut off or changed anywhere is known before anything is done with it.
"""

from __future__ import annotations

import io
import os
import secrets
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import IO

from flask import Flask
from sqlalchemy import Connection

from config import Settings
from helpcenter.backup import counters, data_folder, manifest, snapshot, tables
from helpcenter.backup.digest import Digest
from helpcenter.backup.manifest import Contents, Manifest
from helpcenter.backup.progress import Progress, no_progress
from helpcenter.backup.refusal import Refused
from helpcenter.backup.tables import Table
from helpcenter.core import clock, migration
from helpcenter.core.db import db
from helpcenter.files import storage

COMPRESSION_LEVEL = 4
"""Half the time of the usual 6 for a twentieth more bytes."""
READ_BYTES = 1 << 20
SHOWN_EVERY = 500
SEAL = b"sha256 of all before this: "
SEAL_BYTES = len(SEAL) + 64
MANIFEST = "manifest.json"


def write(app: Flask, target: Path, *, progress: Progress = no_progress) -> Path:
    """Write an archive of the site to `target`, which must not exist; the same path.

    Everything that was acknowledged before the call is in it, nothing half, and people go on writing meanwhile. It is
    written beside and renamed, and only its owner may read it. The tables may be those of an older release. To be
    called outside of a transaction, inside a context of the app or not. Raises Refused, and OSError for a full disk.
    """
    if target.exists():
        raise Refused(f"{target} exists already; give another name")
    if not target.parent.is_dir():
        raise Refused(f"there is no folder {target.parent}")
    scratch = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(scratch, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with app.app_context(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, True, COMPRESSION_LEVEL) as opened:
                opened.comment = SEAL + b"0" * 64
                _write_all(opened, app.config["SETTINGS"], progress)
            _seal(file)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(target)
        _flush_folder(target.parent)
    finally:
        scratch.unlink(missing_ok=True)
    return target


def verify(path: Path) -> Manifest:
    """What an archive says of itself, once every byte of it was found to be as it was written. Raises Refused."""
    try:
        with path.open("rb") as file:
            _check_seal(file)
            with zipfile.ZipFile(file) as opened:
                return manifest.from_json(opened.read(MANIFEST).decode())
    except Refused as refused:
        raise Refused(f"{path} can not be used: {refused}") from None
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, NotImplementedError):
        raise Refused(f"{path} is no archive of this product") from None
    except OSError as problem:
        raise Refused(f"{path} can not be read: {problem.strerror}") from None


class Reader:
    """What an archive holds, read piece by piece."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._opened = opened

    def lines(self, table: str) -> Iterator[bytes]:
        """The rows of a table."""
        with self._opened.open(f"rows/{table}.jsonl") as member, io.BufferedReader(member, READ_BYTES) as file:  # type: ignore[type-var]
            for line in file:
                yield line.rstrip(b"\n")

    def files(self) -> Iterator[tuple[str, bool, bytes]]:
        """Each uploaded file: name, whether it is the smaller variant, bytes."""
        for name in self._opened.namelist():
            if name.startswith("files/"):
                yield name.rpartition("/")[2], name.startswith("files/small/"), self._opened.read(name)

    def folder_file(self, name: str) -> bytes:
        """One of the files of the data folder that the manifest names."""
        return self._opened.read(f"folder/{name}")


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """Read an archive that was verified."""
    with zipfile.ZipFile(path) as found:
        yield Reader(found)


def _write_all(opened: zipfile.ZipFile, settings: Settings, progress: Progress) -> None:
    with snapshot.taken(db.engine) as connection:
        made_at = clock.now().isoformat(timespec="seconds")
        revision = migration.revision(connection)
        if revision is None:
            raise Refused("there is no site yet: its database has no tables")
        found = tables.of(connection)
        total, done = sum(snapshot.count(connection, table) for table in found), 0
        # First what may be deleted meanwhile; of what comes later the rows know nothing yet.
        files = _write_files(opened, progress)
        held = []
        for table in found:
            shown = partial(_show, progress, done, total)
            held.append(_write_rows(opened, connection, table, shown))
            done += held[-1].rows
        dialect = connection.dialect.name
    folder = data_folder.kept_files(settings)
    for name, content in folder.items():
        opened.writestr(_member(f"folder/{name}"), content)
    told = Manifest(
        version=version("helpcenter"),
        revision=revision,
        made_at=made_at,
        database=dialect,
        tables=tuple(held),
        files=files,
        folder=tuple(folder),
        key_mark=data_folder.key_mark(settings),
    )
    opened.writestr(_member(MANIFEST), told.as_json())


def _show(progress: Progress, before: int, total: int, rows: int) -> None:
    progress("rows", before + rows, total)


def _write_rows(
    opened: zipfile.ZipFile, connection: Connection, table: Table, shown: Callable[[int], None]
) -> Contents:
    digest = Digest()
    member = opened.open(_member(f"rows/{table.name}.jsonl"), "w", force_zip64=True)
    with member, io.BufferedWriter(member, READ_BYTES) as file:
        for line in digest.passing(snapshot.lines(connection, table)):
            file.write(line + b"\n")
            if digest.rows % SHOWN_EVERY == 0:
                shown(digest.rows)
    shown(digest.rows)
    return Contents(table, digest.rows, digest.checksum, counters.read(connection, table))


def _write_files(opened: zipfile.ZipFile, progress: Progress) -> int:
    """Copy what is stored; how many. One that was deleted since it was listed is not missed: its row goes with it."""
    total, done = sum(1 for _ in storage.kept()), 0
    for name, is_small in storage.kept():
        try:
            data = storage.read(name, small=is_small)
        except FileNotFoundError:
            continue
        # Pictures are compressed already.
        opened.writestr(_member(f"files/{'small/' if is_small else ''}{name}", zipfile.ZIP_STORED), data)
        done += 1
        progress("files", done, max(done, total))
    return done


def _member(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, clock.now().timetuple()[:6])
    info.compress_type, info.external_attr = compression, 0o600 << 16
    return info


def _seal(file: IO[bytes]) -> None:
    """Put the checksum in the place that was left for it."""
    length = file.seek(0, os.SEEK_END)
    digest = _digest(file, length - 64)
    file.seek(length - 64)
    file.write(digest.encode())


def _check_seal(file: IO[bytes]) -> None:
    length = file.seek(0, os.SEEK_END)
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise zipfile.BadZipFile
    file.seek(max(0, length - SEAL_BYTES))
    seal = file.read()
    if not seal.startswith(SEAL):
        raise Refused("its end is missing; it was cut off while it was written or copied")
    if seal[len(SEAL) :].decode("ascii", "replace") != _digest(file, length - 64):
        raise Refused("some of it is not as it was written; take another copy")


def _digest(file: IO[bytes], length: int) -> str:
    file.seek(0)
    found, left = sha256(), length
    while left and (part := file.read(min(left, READ_BYTES))):
        found.update(part)
        left -= len(part)
    return found.hexdigest()


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
