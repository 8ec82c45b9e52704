"""The tables of a database as it has them, whatever release made them.

They are read from the database and not from the models: a copy is also made before an upgrade, when the models are
ahead, and an archive of an older release is loaded into the tables of its own time. So a new table is copied as soon
as it exists. One that holds only what can be made again says so where it is defined, by `db.not_copied`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, inspect
from sqlalchemy.engine import Inspector

from helpcenter.backup import kind as kinds
from helpcenter.core import migration
from helpcenter.core.db import NOT_COPIED, db

REVISIONS = "alembic_version"


@dataclass(frozen=True)
class Column:
    """A column of a table; `longest` in characters, None without a limit."""

    name: str
    kind: str
    is_zoned: bool = False
    longest: int | None = None


@dataclass(frozen=True)
class Table:
    """A table: columns in the order of their names, which is the same on every database; `key` are names."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def of(connection: Connection) -> list[Table]:
    """Everything that a copy holds rows of; what is referred to comes first. Raises TypeError for an unknown type."""
    inspector = inspect(connection)
    names = _copied(inspector, at_head=migration.revision(connection) == migration.newest())
    columns, keys = (
        inspector.get_multi_columns(filter_names=names),
        inspector.get_multi_pk_constraint(filter_names=names),
    )
    found = []
    for name in names:
        described = _described(name, columns[_default(columns, name)])
        if described is not None:
            key = keys[_default(keys, name)]
            found.append(Table(name, described, tuple(key["constrained_columns"]) if key else ()))
    return found


def left_out() -> frozenset[str]:
    """The tables of which no rows are copied."""
    marked = (table.name for table in db.metadata.tables.values() if NOT_COPIED in table.info)
    return frozenset({REVISIONS, *marked})


def _copied(inspector: Inspector, *, at_head: bool) -> list[str]:
    """The names, sorted. Up to date, only what the models describe is the product's, whoever shares the database."""
    every = [name for name, _ in inspector.get_sorted_table_and_fkc_names() if name]
    known = set(db.metadata.tables) if at_head else set(every)
    return [name for name in every if name in known - left_out()]


def _default(found: Any, name: str) -> Any:
    """The key under which an inspector tells about a table of the default schema."""
    return next(key for key in found if key[1] == name)


def _described(table: str, columns: Sequence[Any]) -> tuple[Column, ...] | None:
    """The columns by name; None for a table that is not the product's and holds what no table of the product does."""
    found = []
    for column in sorted(columns, key=lambda one: str(one["name"])):
        if column.get("computed"):
            continue
        kind = kinds.kind_of(column["type"])
        if kind is None:
            if table not in db.metadata.tables:
                return None
            raise TypeError(f"{table}.{column['name']} is of a type that backup/kind.py does not know")
        is_zoned, longest = getattr(column["type"], "timezone", False), getattr(column["type"], "length", None)
        found.append(Column(column["name"], kind, bool(is_zoned), longest))
    return tuple(found)
