"""One number that every process agrees on: it rises whenever something changes that public pages show.

A kept page is served while the number stands still. It is raised by the last statement of the changing transaction, so
that the row is locked for as short a time as possible.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import current_app, g, has_request_context, request
from sqlalchemy import Table, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from helpcenter.core.db import Model, begin_write, db, is_writing, upsert
from helpcenter.core.plain_reader import PlainReader

ASKED_BEFORE = "helpcenter.content_version"
"""Where a request carries the version that was read before it reached the app."""
_MARK = "content_changed"
_SEEN = "content_version"
_PLAIN = "SELECT version FROM content_version WHERE id = 1"
Value = TypeVar("Value")


class ContentVersion(Model):
    __tablename__ = "content_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)


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


def content_changed() -> None:
    """Say that this transaction changes what public pages show. To be called after `begin_write`."""
    db.session().info[_MARK] = True


def ensure_row() -> None:
    """Make the single row when it is missing. Commits."""
    begin_write()
    db.session.execute(upsert(ContentVersion).values(id=1, version=0).on_conflict_do_nothing())
    db.session.commit()


def _raise_version(session: Session) -> None:
    if session.info.pop(_MARK, False):
        session.flush()
        row = upsert(ContentVersion).values(id=1, version=1)
        raised = {"version": ContentVersion.version + 1}
        session.execute(row.on_conflict_do_update(index_elements=["id"], set_=raised))


def _forget_mark(session: Session, *_: Any) -> None:
    session.info.pop(_MARK, None)


def _forget_version(session: Session, _transaction: Any) -> None:
    session.info.pop(_SEEN, None)


_TABLE = cast(Table, ContentVersion.__table__)
# Made once: building it costs as much as asking it.
_VERSION = select(_TABLE.c.version).where(_TABLE.c.id == 1)
event.listen(Session, "before_commit", _raise_version)
event.listen(Session, "after_transaction_end", _forget_version)
event.listen(Session, "after_rollback", _forget_mark)
