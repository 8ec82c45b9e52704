"""The database: whether it answers, is whole, and is the one this release knows. No app is needed for that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from sqlite3 import DatabaseError

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from helpcenter.backup import data_folder, shelf
from helpcenter.core import clock, migration, pause
from helpcenter.core.db import POSTGRESQL_CONNECTIONS, POSTGRESQL_OVERFLOW
from helpcenter.core.pause import Pause
from helpcenter.doctor.backups import newest_of
from helpcenter.doctor.finding import Finding, Level
from helpcenter.doctor.ground import Ground

CONNECT_SECONDS = 10
MOST_SKEW_SECONDS = 5
MOST_FAULTS = 20


def examine(ground: Ground) -> Iterator[Finding]:
    """Everything about it, one after the other: what does not answer is not asked more."""
    if (ground.settings.data_dir / data_folder.RESTORING).exists():
        yield Finding(
            "half-restored",
            f"{ground.settings.data_dir} holds half a site",
            "Bringing it back was interrupted, so the site does not start",
            command="helpcenter restore FILE",
        )
        return
    file = ground.sqlite_file
    if file and not Path(file).parent.is_dir():
        # That says it all, and has been said.
        return
    if file and not Path(file).exists():
        yield Finding(
            "no-database",
            f"There is no database at {file}",
            "It is made when the site starts first; where there was one, another data folder is meant",
            "Set HELPCENTER_DATA_DIR, or begin a new site.",
            "helpcenter upgrade",
        )
        return
    try:
        with _connected(ground) as connection:
            yield from (_sqlite if file else _postgresql)(ground, connection)
            yield from _revision(connection)
            yield from _pause(connection)
    except (SQLAlchemyError, DatabaseError, ImportError) as problem:
        yield _unreachable(ground, problem)


def _connected(ground: Ground) -> Connection:
    if ground.sqlite_file:
        # Not the engine of the app, which would put right some of what is looked for.
        engine = create_engine(f"sqlite:///{ground.sqlite_file}", poolclass=NullPool)
    else:
        waiting = {"connect_timeout": CONNECT_SECONDS}
        engine = create_engine(ground.settings.database_uri, poolclass=NullPool, connect_args=waiting)
    return engine.connect()


def _unreachable(ground: Ground, problem: Exception) -> Finding:
    reason = str(getattr(problem, "orig", None) or problem).strip().partition("\n")[0]
    if ground.sqlite_file and ("malformed" in reason or "not a database" in reason):
        return _damaged(ground, reason)
    return Finding(
        "database-unreachable",
        f"The database does not answer: {reason}",
        "Nothing works without it",
        "Start the database server, or correct HELPCENTER_DATABASE_URL." if not ground.sqlite_file else "",
    )


def _damaged(ground: Ground, reason: str) -> Finding:
    newest = newest_of(ground.settings.data_dir / shelf.FOLDER)
    where = quote(str(newest)) if newest else "FILE"
    return Finding(
        "database-damaged",
        f"The database file {ground.sqlite_file} is damaged: {reason}",
        "Some of what people wrote can not be read, and it becomes more",
        "Stop the site, move the data folder aside, and bring back the newest backup into an empty one.",
        f"helpcenter restore {where}",
    )


def _revision(connection: Connection) -> Iterator[Finding]:
    now = migration.standing(connection)
    if now.is_newer:
        yield Finding(
            "database-newer",
            f"The database was made by a newer release: it is at {now.revision}, this one ends at {migration.newest()}",
            "This release neither knows its tables nor can bring them back",
            "Start the newer release, or bring back a backup that this one made into an empty folder.",
        )
    elif now.waiting:
        count = "A migration" if now.waiting == 1 else f"{now.waiting} migrations"
        what = f"{count} did not run" if now.revision else "The database has no tables yet"
        yield Finding("database-older", what, "The site does not work with older tables", command="helpcenter upgrade")


def _pause(connection: Connection) -> Iterator[Finding]:
    now = pause.of(connection.engine)
    if now is Pause.COPYING:
        yield Finding(
            "database-copied",
            "The site is being copied to another database, and takes no changes until that is done",
            "People read and can not write; jobs and mail wait",
            "Should `helpcenter move` run no more, let people write again; a copy at work is left alone:",
            "helpcenter move --cancel",
        )
    if now is Pause.MOVED:
        yield Finding(
            "database-moved",
            "The site was moved from this database to another one, and takes no changes here",
            "Whoever comes here can read and not write",
            "Set HELPCENTER_DATABASE_URL to the new one, or let people write here again:",
            "helpcenter move --cancel",
        )


def _sqlite(ground: Ground, connection: Connection) -> Iterator[Finding]:
    faults = [row[0] for row in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_FAULTS})")]
    if faults != ["ok"]:
        yield _damaged(ground, str(faults[0]).partition("\n")[0])
    for table, count in _strays(connection).items():
        rows = f"SELECT rowid FROM pragma_foreign_key_check('{table}')"  # noqa: S608
        inner = f'DELETE FROM "{table}" WHERE rowid IN ({rows})'  # noqa: S608
        yield Finding(
            "stray-rows",
            f"{count} rows of the table {table} belong to rows that are not there",
            "Pages that show them fail, and no copy of the site can be brought back",
            "Take a backup of the file first; then delete them.",
            f"sqlite3 {quote(ground.sqlite_file)} {quote(inner)}",
        )
    if (mode := connection.exec_driver_sql("PRAGMA journal_mode").scalar()) != "wal":
        yield Finding(
            "no-wal",
            f"The database file is in the mode {mode} and not in WAL",
            "Whoever reads waits for whoever writes",
            "Any command of the site sets it; when it comes back, the disk is one that SQLite can not use so.",
            "helpcenter upgrade",
        )


def _strays(connection: Connection) -> dict[str, int]:
    found: dict[str, int] = {}
    for table, *_ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        found[table] = found.get(table, 0) + 1
    return found


def _postgresql(ground: Ground, connection: Connection) -> Iterator[Finding]:
    skew = abs((connection.scalar(text("SELECT clock_timestamp()")) - clock.now()).total_seconds())
    if skew > MOST_SKEW_SECONDS:
        yield Finding(
            "clock-skew",
            f"The clocks of this machine and of the database are {skew:.0f} seconds apart",
            "Of several machines two may do the same job, or none; times on pages are wrong",
            "Let both take their time from the network.",
            "timedatectl set-ntp true",
        )
    if (encoding := connection.scalar(text("SHOW server_encoding"))) != "UTF8":
        yield Finding(
            "database-encoding",
            f"The database keeps text as {encoding}",
            "It can not hold every letter that people type",
            "Move the site with `helpcenter move` to one made with `createdb --encoding=UTF8 --template=template0`.",
        )
    allowed = int(connection.scalar(text("SHOW max_connections")) or 0)
    needed = (ground.settings.workers + 1) * (POSTGRESQL_CONNECTIONS + POSTGRESQL_OVERFLOW)
    if needed > allowed:
        yield Finding(
            "few-connections",
            f"The database lets in {allowed} connections, and the processes of this machine may want {needed}",
            "At a rush people are shown an error page",
            f"Set max_connections of PostgreSQL to {needed + 20} or more, or HELPCENTER_WORKERS lower.",
            level=Level.NOTE,
        )
