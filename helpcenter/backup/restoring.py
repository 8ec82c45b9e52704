"""Brings an archive back, into an empty data folder and an empty database of either kind.

Nothing is touched before the archive was found whole and the place empty. From then on a mark lies in the folder until
all is done: a site does not start there, and bringing back again begins from the start.
"""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from flask import Flask

from config import Settings, make_folder
from helpcenter.app import create_app
from helpcenter.backup import archive, bringing, data_folder, target
from helpcenter.backup.archive import Reader
from helpcenter.backup.loading import Load
from helpcenter.backup.manifest import Manifest
from helpcenter.backup.progress import Progress, no_progress
from helpcenter.backup.refusal import Refused
from helpcenter.core import migration
from helpcenter.core.db import db
from helpcenter.files import storage
from helpcenter.search import drainer


@dataclass(frozen=True)
class Restored:
    """What was brought back. `left_out` are tables of the archive that are none of the product's.

    `is_other_key`: the secret key of the site is not the one that the settings give.
    """

    manifest: Manifest
    documents: int
    left_out: tuple[str, ...]
    is_other_key: bool


def restore(path: Path, settings: Settings, *, progress: Progress = no_progress) -> Restored:
    """Bring an archive back on these settings, whose secret key is '' where the environment gives none.

    Raises Refused: before anything was touched, or with a mark left behind so that it can be done again.
    """
    manifest = archive.verify(path)
    if not migration.is_known(manifest.revision):
        raise Refused(f"{path} was made by release {manifest.version}, which is newer than this one: update first")
    mark = settings.data_dir / data_folder.RESTORING
    before = _mark_of(mark, settings)
    again = before is Mark.FOUND_EMPTY
    _check_folder(path, settings, before)
    with archive.opened(path) as reader:
        settings = _with_key(settings, manifest, reader)
        make_folder(settings.data_dir)
        if not again:
            _set_mark(mark, path, settings, Mark.NOT_LOOKED_AT)
        try:
            app = create_app(settings)
            with app.app_context():
                if not again:
                    target.check(db.engine)
                is_ready = not again and _has_tables_of(manifest)
        except BaseException:
            if not again:
                mark.unlink()
            raise
        with app.app_context():
            _set_mark(mark, path, settings, Mark.FOUND_EMPTY)
            left_out = _bring(app, manifest, reader, progress, is_ready=is_ready)
            documents = drainer.rebuild(lambda done: progress("search index", done, max(done, 1)))
    mark.unlink()
    return Restored(manifest, documents, left_out, data_folder.key_mark(settings) != manifest.key_mark)


class Mark(StrEnum):
    """How far it came: whether the database that the settings name had been looked at, and was empty."""

    NOT_LOOKED_AT = "not looked at"
    FOUND_EMPTY = "found empty"


def is_interrupted(settings: Settings) -> bool:
    """Whether an archive was brought back here only in part."""
    return (settings.data_dir / data_folder.RESTORING).exists()


def _has_tables_of(manifest: Manifest) -> bool:
    with db.engine.connect() as connection:
        return migration.revision(connection) == manifest.revision


def _bring(app: Flask, manifest: Manifest, reader: Reader, progress: Progress, *, is_ready: bool) -> tuple[str, ...]:
    """Everything but the index. `is_ready`: the tables are there already, and empty."""
    settings: Settings = app.config["SETTINGS"]
    if not is_ready:
        target.clear(db.engine)
        migration.upgrade(manifest.revision)
    loads = [
        Load(one.table, partial(reader.lines, one.table.name), one.next_id, one.checksum) for one in manifest.tables
    ]
    brought = bringing.bring(db.engine, loads, manifest.rows, progress)
    for number, (name, is_small, data) in enumerate(reader.files(), 1):
        storage.write(name, data, small=is_small)
        progress("files", number, manifest.files)
    for name in manifest.folder:
        _write_private(settings.data_dir / name, reader.folder_file(name))
    if manifest.revision != migration.newest():
        migration.upgrade()
    return tuple(one.table.name for one in manifest.tables if one.table.name not in brought)


def _set_mark(mark: Path, path: Path, settings: Settings, now: Mark) -> None:
    mark.write_text(json.dumps({"archive": path.name, "database": target.shown(settings.database_uri), "found": now}))


def _mark_of(mark: Path, settings: Settings) -> Mark | None:
    """What bringing an archive back to the same place left there; None where nobody did."""
    with suppress(OSError, ValueError, KeyError):
        said = json.loads(mark.read_text())
        if said["database"] == target.shown(settings.database_uri):
            return Mark(said["found"])
    return None


def _check_folder(path: Path, settings: Settings, before: Mark | None) -> None:
    found = [] if before is Mark.FOUND_EMPTY else data_folder.occupied_by(settings, besides=path)
    if before is Mark.NOT_LOOKED_AT:
        found.remove(data_folder.RESTORING)
    if found:
        told = ", ".join(found[: target.SHOWN_NAMES])
        raise Refused(f"{settings.data_dir} is not empty: it holds {told}; name an empty folder with --into")


def _with_key(settings: Settings, manifest: Manifest, reader: Reader) -> Settings:
    if settings.secret_key:
        return settings
    name = data_folder.KEY
    key = reader.folder_file(name).decode().strip() if name in manifest.folder else secrets.token_urlsafe(48)
    return replace(settings, secret_key=key)


def _write_private(path: Path, content: bytes) -> None:
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)
