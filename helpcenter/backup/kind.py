"""The kinds of values that tables hold, and how each is written so that both databases give the same text.

An archive and a checksum know nothing of a database: a row is a JSON array of these values, and equal rows are equal
byte for byte, whichever database they were read from.

| kind | in JSON | in SQLite | in PostgreSQL |
|---|---|---|---|
| integer, number, text | as it is | as it is | as it is |
| boolean | true, false | 1, 0 | true, false |
| time | "2026-05-01 08:00:00.000000" in UTC | the same text | a moment with its zone |
| date | "2026-05-01" | the same text | a date |
| json | its text, as the database keeps it | text | json |
| bytes | base64 | bytes | bytes |
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import types
from sqlalchemy.types import TypeEngine

Change = Callable[[Any], Any]
LENGTH_OF_TIME = len("2026-05-01 08:00:00.000000")
LARGEST_INTEGER = 2**63
# The first that fits counts: a Boolean and a Date are no kinds of anything else here, an Enum is a String.
KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (types.Boolean, "boolean"),
    (types.JSON, "json"),
    (types.DateTime, "time"),
    (types.Date, "date"),
    (types.Integer, "integer"),
    (types.Float, "number"),
    (types.LargeBinary, "bytes"),
    (types.String, "text"),
)


def kind_of(found: TypeEngine[Any]) -> str | None:
    """The kind of a column's type, as a database tells it; None for one that no table of the product has."""
    return next((kind for type_, kind in KINDS if isinstance(found, type_)), None)


def selected(column: str, kind: str, *, is_zoned: bool, dialect: str) -> str:
    """The expression that reads a column, whose name is quoted already."""
    if kind == "json":
        return f"CAST({column} AS TEXT)"
    if dialect == "postgresql" and kind == "time":
        moment = f"{column} AT TIME ZONE 'UTC'" if is_zoned else column
        return f"to_char({moment}, 'YYYY-MM-DD HH24:MI:SS.US')"
    if dialect == "postgresql" and kind == "date":
        return f"to_char({column}, 'YYYY-MM-DD')"
    return column


def after_reading(kind: str, dialect: str) -> Change | None:
    """What makes a value that was read one of JSON; None where it is one. It is not called with None."""
    if kind == "bytes":
        return _text_of_bytes
    if kind == "json":
        return _same_number
    if dialect == "sqlite":
        return {"boolean": _truth, "time": _whole_time}.get(kind)
    return None


def before_writing(kind: str, *, is_zoned: bool, dialect: str) -> Change | None:
    """What makes a value of JSON one for the driver; None where it is one. It is not called with None."""
    if kind == "bytes":
        return b64decode
    if kind == "time" and is_zoned and dialect == "postgresql":
        return _in_utc
    return None


def _text_of_bytes(value: bytes) -> str:
    return b64encode(value).decode("ascii")


def _truth(value: Any) -> Any:
    return bool(value) if value in (0, 1) else value


def _whole_time(value: Any) -> Any:
    """SQLite keeps what it was given: a statement of a migration may have left out a part of the second."""
    if not isinstance(value, str) or len(value) == LENGTH_OF_TIME:
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return moment.astimezone(UTC).strftime(_TIME) if moment.tzinfo else moment.strftime(_TIME)


_TIME = "%Y-%m-%d %H:%M:%S.%f"


def _same_number(value: str) -> str:
    """SQLite keeps a bare number in a column of JSON as a number, and tells it in its own way."""
    if value[:1] not in "-0123456789":
        return value
    try:
        number = json.loads(value)
    except ValueError:
        return value
    is_whole = isinstance(number, float) and number.is_integer() and abs(number) < LARGEST_INTEGER
    return json.dumps(int(number) if is_whole else number)


def _in_utc(value: str) -> str:
    return f"{value}+00"
