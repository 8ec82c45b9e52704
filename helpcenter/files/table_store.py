"""The bytes of files in a table, for several machines that share a database and no folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection, LargeBinary, String, delete, func, insert, inspect, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Model, db, not_copied
from helpcenter.files.folder_store import FolderStore
from helpcenter.files.store import Filter

ORPHAN_AGE = timedelta(days=1)
"""An upload that is still being committed is younger than this by far."""


class FileContent(Model):
    """Filled on PostgreSQL alone. `stored_at` is by the clock of the database, which all machines share."""

    __tablename__ = "file_content"
    __table_args__ = not_copied("a copy holds the bytes as files")
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    is_small: Mapped[bool] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    stored_at: Mapped[datetime]


class TableStore:
    """Rows written by transactions of their own, so that nobody waits for megabytes inside another one.

    `before` is where this machine kept files until the database did: what is not in the table is looked for there.
    """

    def __init__(self, before: FolderStore) -> None:
        self._before = before

    def write(self, name: str, data: bytes, *, small: bool = False) -> None:
        """One row, committed at once."""
        with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
            connection.execute(insert(FileContent).values(name=name, is_small=small, data=data, stored_at=func.now()))

    def read(self, name: str, *, small: bool = False) -> bytes:
        """The bytes. Raises FileNotFoundError."""
        wanted = (FileContent.name == name) & (FileContent.is_small == small)
        data: bytes | None = db.session.scalar(select(FileContent.data).where(wanted)) if self._is_there() else None
        return self._before.read(name, small=small) if data is None else data

    def kept(self) -> Iterator[tuple[str, bool]]:
        """Name, and whether it is the smaller variant, of every row."""
        rows = db.session.execute(select(FileContent.name, FileContent.is_small)).all() if self._is_there() else []
        found = {(name, is_small) for name, is_small in rows}
        return iter(found.union(self._before.kept()))

    def _is_there(self) -> bool:
        """Whether the database has the table, which it has not while it waits for this release."""
        return bool(inspect(db.session.connection()).has_table(FileContent.__tablename__))

    def sweep(self, known_among: Filter) -> int:
        """Delete rows that are old and that no file names; how many."""
        with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
            gone = _old_among(connection, known_among)
            return connection.execute(delete(FileContent).where(_IS_OLD, FileContent.name.in_(gone))).rowcount

    def strays(self, known_among: Filter) -> int:
        """How many that would be."""
        with db.engine.connect() as connection:
            gone = _old_among(connection, known_among)
            counted = select(func.count()).select_from(FileContent).where(_IS_OLD, FileContent.name.in_(gone))
            return connection.scalar(counted) or 0


_IS_OLD = FileContent.stored_at < func.now() - ORPHAN_AGE


def _old_among(connection: Connection, known_among: Filter) -> set[str]:
    old = set(connection.scalars(select(FileContent.name).where(_IS_OLD)))
    return old - set(known_among(old))
