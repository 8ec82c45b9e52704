"""One number that every process agrees on: it rises whenever something changes that public pages show.

A kept page is served while the number stands still. It is raised by the last statement of the changing transaction, so
that the row is locked for as short a time as possible. What costs much to read and changes seldom is a part with a
number of its own beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, cast

from flask import current_app, g, has_request_context, request
from sqlalchemy import Subquery, Table, event, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from helpcenter.core.db import Model, begin_write, db, is_writing, upsert
from helpcenter.core.plain_reader import PlainReader

ASKED_BEFORE = "helpcenter.content_version"
"""Where a request carries the version that was read before it reached the app."""
_MARK = "content_changed"
_SEEN = "content_version"
_ALL, _NEVER = 1, -1
_PLAIN = "SELECT version FROM content_version WHERE id = 1"
Value = TypeVar("Value")


class ContentVersion(Model):
    """The first row counts every change, the others those of a part."""

    __tablename__ = "content_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)


_TABLE = cast(Table, ContentVersion.__table__)


@dataclass(frozen=True)
class Part:
    """What is kept as a whole while other things change. `row` is the id of the row that counts its changes."""

    row: int
    name: str

    def now(self) -> Subquery:
        """One row with the `number` of its changes, 0 before the first, to be read together with the part."""
        counted = select(_TABLE.c.version).where(_TABLE.c.id == self.row).scalar_subquery()
        return select(func.coalesce(counted, 0).label("number")).subquery(f"{self.name}_now")


def current() -> int:
    """The version now; 0 before anything was published. A reading request asks the database once."""
    return _of_reading() if _is_reading() else _of_transaction()


def glance(reader: PlainReader) -> int:
    """The version now, for whoever has no session yet. Raises what the database driver raises."""
    row = reader.row(_PLAIN)
    return int(row[0]) if row else 0


def kept_while_unchanged(name: str, read: Callable[[], Value]) -> Value:
    """What `read` gives, kept in this process until the content version rises.

    Inside a write it is read anew and not kept: it may show what will never be committed.
    """
    if _is_reading():
        version = _of_reading()
    elif is_writing(db.session()):
        return read()
    else:
        version = _of_transaction()
    kept: dict[str, tuple[int, Any]] = current_app.extensions.setdefault("kept_values", {})
    held = kept.get(name)
    if held is None or held[0] != version:
        held = kept[name] = (version, read())
    value: Value = held[1]
    return value


def kept_part(part: Part, read: Callable[[int], tuple[int, Value | None]]) -> Value:
    """What `read` gives of a part, kept in this process until somebody says content_changed(part).

    `read` is given the number of changes after which the part was kept, and gives the number now, and with another
    one the part. It is asked once in a content version.
    """
    held: tuple[int, Value] = kept_while_unchanged(part.name, partial(_as_before, part, read))
    return held[1]


def _as_before(part: Part, read: Callable[[int], tuple[int, Value | None]]) -> tuple[int, Value]:
    kept: dict[str, Any] = {} if is_writing(db.session()) else current_app.extensions.get("kept_values", {})
    _version, before = kept.get(part.name, (None, (_NEVER, None)))
    number, value = read(before[0])
    return (number, before[1] if value is None else value)


def _is_reading() -> bool:
    return has_request_context() and request.method in ("GET", "HEAD")


def _of_reading() -> int:
    version: int | None = g.get("content_version")
    if version is None:
        version = g.content_version = request.environ.get(ASKED_BEFORE) or _read()
    return version


def _of_transaction() -> int:
    """A request that writes asks once before its write and once after it: each ends the transaction it was read in."""
    session = db.session()
    if not has_request_context() or is_writing(session):
        return _read()
    version: int | None = session.info.get(_SEEN)
    if version is None:
        version = session.info[_SEEN] = _read()
    return version


def _read() -> int:
    return db.session.execute(_VERSION).scalar() or 0


def content_changed(part: Part | None = None) -> None:
    """Say that this transaction changes what public pages show, and of what. To be called after `begin_write`."""
    changed: set[int] = db.session().info.setdefault(_MARK, set())
    changed |= {_ALL, part.row} if part else {_ALL}


def ensure_row() -> None:
    """Make the single row when it is missing. Commits."""
    begin_write()
    db.session.execute(upsert(ContentVersion).values(id=_ALL, version=0).on_conflict_do_nothing())
    db.session.commit()


def _raise_version(session: Session) -> None:
    changed: set[int] = session.info.pop(_MARK, set())
    if changed:
        session.flush()
    for number in sorted(changed):
        row = upsert(ContentVersion).values(id=number, version=1)
        raised = {"version": ContentVersion.version + 1}
        session.execute(row.on_conflict_do_update(index_elements=["id"], set_=raised))


def _forget_mark(session: Session, *_: Any) -> None:
    session.info.pop(_MARK, None)


def _forget_version(session: Session, _transaction: Any) -> None:
    session.info.pop(_SEEN, None)


# Made once: building it costs as much as asking it.
_VERSION = select(_TABLE.c.version).where(_TABLE.c.id == _ALL)
event.listen(Session, "before_commit", _raise_version)
event.listen(Session, "after_transaction_end", _forget_version)
event.listen(Session, "after_rollback", _forget_mark)
