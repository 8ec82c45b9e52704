"""Copies a running site to another database, and proves that everything arrived.

Nothing may be written to the old database that the new one does not get. So the old one takes no changes from the
moment the copy begins, and keeps to that when the copy is done: until the site is started on the new one, people read
and nothing they were told is saved is lost. A copy that fails lets them write again. The new database gets all rows in
one transaction, so an interrupted copy leaves empty tables, and the next one begins from the start.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic

from flask import Flask
from sqlalchemy import Engine, text

from config import Settings
from helpcenter.app import create_app
from helpcenter.backup import bringing, counters, snapshot, tables, target
from helpcenter.backup.loading import Load
from helpcenter.backup.progress import Progress, no_progress
from helpcenter.backup.refusal import Refused
from helpcenter.core import migration, pause
from helpcenter.core.db import db
from helpcenter.core.pause import Pause
from helpcenter.files import storage
from helpcenter.search import drainer, state
from helpcenter.search.engine import EngineError

_KEY = 7_204_119


@dataclass(frozen=True)
class Moved:
    """What was copied. `seconds` is how long that took, all of which a site takes no changes.

    `new` is the address of the new database without its password, '' for the SQLite file of the data folder.
    """

    rows: int
    tables: int
    files: int
    seconds: float
    new: str


def move(app: Flask, url: str, *, rehearse: bool = False, progress: Progress = no_progress) -> Moved:
    """Copy the site to an empty database; `url` is '' for the SQLite file of the data folder.

    With `rehearse` people go on writing, and the copy is undone in the end. Raises Refused, and then the site goes on
    where it is.
    """
    settings: Settings = app.config["SETTINGS"]
    new = _new_settings(settings, url)
    with app.app_context(), _alone(settings, db.engine):
        release(db.engine)
        _check_source(db.engine)
        there = create_app(new)
        with there.app_context():
            target.check(db.engine)
            migration.upgrade()
        if rehearse:
            return _copy(app, there, keep=False, progress=progress)
        pause.begin(db.engine, Pause.COPYING)
        try:
            moved = _copy(app, there, keep=True, progress=progress)
            pause.begin(db.engine, Pause.MOVED)
        except BaseException:
            pause.end(db.engine)
            raise
    _build_index(there, progress)
    return moved


def cancel(app: Flask) -> bool:
    """Let people write to the database of this site again, though it was copied; whether they could not before."""
    with app.app_context(), _alone(app.config["SETTINGS"], db.engine):
        if pause.of(db.engine) is None:
            return False
        pause.end(db.engine)
    return True


def release(engine: Engine) -> None:
    """End the pause of a copy that was killed. Raises Refused on a database from which the site has moved.

    To be called by whoever is alone.
    """
    now = pause.of(engine)
    if now is Pause.MOVED:
        raise Refused("this database was moved already; `helpcenter move --cancel` lets people write to it again")
    if now is Pause.COPYING:
        pause.end(engine)


def release_left_behind(app: Flask) -> bool:
    """Let people write again after a copy that was killed; whether they could not. A copy at work is left alone."""
    with app.app_context():
        if pause.of(db.engine) is Pause.COPYING:
            with suppress(Refused), _alone(app.config["SETTINGS"], db.engine):
                pause.end(db.engine)
                return True
    return False


def state_at_start(app: Flask) -> str:
    """What whoever starts the site must know, '' where one can write; ends the pause of a copy that was killed."""
    release_left_behind(app)
    with app.app_context():
        now = pause.of(db.engine)
    if now is Pause.COPYING:
        return "This site is being copied to another database. It can be read; it takes no changes until that is done."
    if now is Pause.MOVED:
        return (
            "This database was moved to another one, so the site takes no changes here. Set HELPCENTER_DATABASE_URL to "
            "the new one, or let people write here again with: helpcenter move --cancel"
        )
    return ""


def _new_settings(settings: Settings, url: str) -> Settings:
    return replace(settings, database_url=target.parsed(url).render_as_string(hide_password=False) if url else "")


def _check_source(engine: Engine) -> None:
    with engine.connect() as connection:
        at = migration.revision(connection)
    if at != migration.newest():
        raise Refused("the tables are not those of this release; run `helpcenter upgrade` first")


def _copy(app: Flask, there: Flask, *, keep: bool, progress: Progress) -> Moved:
    new: Settings = there.config["SETTINGS"]
    with there.app_context():
        engine = db.engine
    began = monotonic()
    files = _copy_files(app, there, progress) if keep else 0
    with snapshot.taken(db.engine) as connection:
        found = tables.of(connection)
        total = sum(snapshot.count(connection, table) for table in found)
        loads = [
            Load(table, partial(snapshot.lines, connection, table), counters.read(connection, table)) for table in found
        ]
        brought = bringing.bring(engine, loads, total, progress, keep=keep)
    rows = sum(digest.rows for digest in brought.values())
    return Moved(
        rows, len(brought), files, monotonic() - began, target.shown(new.database_uri) if new.database_url else ""
    )


def _copy_files(app: Flask, there: Flask, progress: Progress) -> int:
    """Bring the uploaded files to where the new site looks for them, unless they lie there already; how many."""
    with app.app_context():
        listed = list(storage.kept())
    for number, (name, is_small) in enumerate(listed, 1):
        with app.app_context():
            data = storage.read(name, small=is_small)
        with there.app_context():
            if not _holds(name, data, small=is_small):
                storage.write(name, data, small=is_small)
        progress("files", number, len(listed))
    return len(listed)


def _holds(name: str, data: bytes, *, small: bool) -> bool:
    try:
        return storage.read(name, small=small) == data
    except FileNotFoundError:
        return False


def _build_index(there: Flask, progress: Progress) -> None:
    """Build the search index where the new site finds none of the old one; the jobs make up for what is left."""
    with there.app_context(), suppress(EngineError, KeyboardInterrupt):
        if state.state().is_damaged:
            drainer.rebuild(lambda done: progress("search index", done, max(done, 1)))


@contextmanager
def _alone(settings: Settings, engine: Engine) -> Iterator[None]:
    """Be the only one who moves this site, on any machine. Raises Refused; ends with its process, however that ends."""
    with (settings.data_dir / "move.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("it is being moved already") from None
        if engine.dialect.name != "postgresql":
            yield
            return
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}):
                raise Refused("it is being moved already, from another machine")
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _KEY})
