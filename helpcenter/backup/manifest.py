"""What an archive says about itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from helpcenter.backup.data_folder import KEY
from helpcenter.backup.refusal import Refused
from helpcenter.backup.tables import Column, Table

FORMAT = 1
"""Raised when an older release could not read what a newer one writes."""


@dataclass(frozen=True)
class Contents:
    """A table: its rows, their checksum, and the number its next row would have got; None where that is not kept."""

    table: Table
    rows: int
    checksum: str
    next_id: int | None = None


@dataclass(frozen=True)
class Manifest:
    """`version` is of the product, `revision` the last migration, `made_at` ISO 8601, `database` its kind.

    `key_mark` tells whether a secret key is the one of the site.
    """

    version: str
    revision: str
    made_at: str
    database: str
    tables: tuple[Contents, ...]
    files: int
    folder: tuple[str, ...]
    key_mark: str
    format: int = field(default=FORMAT)

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(one.rows for one in self.tables)

    @property
    def has_key(self) -> bool:
        """Whether the secret key of the site is in the archive."""
        return KEY in self.folder

    def as_json(self) -> str:
        """As it is written into an archive."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)


def from_json(text: str) -> Manifest:
    """The other way round. Raises Refused for one of a newer format, or none at all."""
    try:
        given = json.loads(text)
        if given["format"] > FORMAT:
            raise Refused(f"it was made by release {given['version']}, which is newer than this one")
        tables = tuple(_contents(one) for one in given.pop("tables"))
        return Manifest(**{**given, "tables": tables, "folder": tuple(given["folder"])})
    except (ValueError, KeyError, TypeError) as problem:
        raise Refused("it holds no list of its contents that this release can read") from problem


def _contents(given: dict[str, Any]) -> Contents:
    shape = given.pop("table")
    columns = tuple(Column(**column) for column in shape["columns"])
    return Contents(Table(shape["name"], columns, tuple(shape["key"])), **given)
