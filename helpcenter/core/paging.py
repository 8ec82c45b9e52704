"""Paging by key: the next page starts after the last row seen, so page 2,000 costs what page 1 does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select

from helpcenter.core.db import db

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows, and the key the next page starts after; None on the last one."""

    rows: Sequence[Row]
    next_after: int | None


def page_of(statement: Select[Any], key: Any, after: int | None, size: int = 50) -> Page[Any]:
    """The rows with a key lower than `after`, newest first. `key` is a unique integer column; size is in rows."""
    statement = statement.order_by(key.desc()).limit(size + 1)
    if after is not None:
        statement = statement.where(key < after)
    rows = list(db.session.scalars(statement))
    more = len(rows) > size
    return Page(rows[:size], getattr(rows[size - 1], key.key) if more else None)
