"""Three rows for every table there is, with values that are easily lost on the way; made from the tables alone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Engine, Table, null, select

from helpcenter.backup import rules
from helpcenter.backup.tables import left_out
from helpcenter.core.db import Model, UtcDateTime

TEXTS = (
    "مرحبا بالعالم 👩‍🚀🇪🇸 é",
    " \t\n\r\\N \\. 'quoted' \"twice\" \x01 % {x} ",
    "",
)
LONG = "Длинный текст, 長い " * 20_000
NUMBERS = (-1, 2**31 - 1, 0)
MOMENTS = (
    datetime(2026, 5, 1, 8, 0, 0, 1, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
)
DAYS = (date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31))
JSONS: tuple[Any, ...] = ({}, {"ключ": ["👍", None, 1.5, -0.0, "\\u0000", {"": []}]}, [])
FRACTIONS = (0.1, -1e300, 5e-324)
ALLOWED = re.compile(r"(\w+) IN \('([^']*)'")


def fill(engine: Engine) -> None:
    """Put them in. They refer to each other as the tables ask for, those of one table in a circle."""
    tables = _copied()
    with rules.set_aside(engine, [table.name for table in tables]) as connection:
        for table in tables:
            connection.execute(table.delete())
            for number in (1, 2, 3):
                connection.execute(table.insert().values(_row(table, number)))


def read(engine: Engine) -> dict[str, list[Any]]:
    """Every row of every table, as the product reads them."""
    with engine.connect() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in _copied()}


def _copied() -> list[Table]:
    """The tables of which rows are copied; what refers comes last."""
    return [table for table in Model.metadata.sorted_tables if table.name not in left_out()]


def _row(table: Table, number: int) -> dict[str, Any]:
    checks = [str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint)]
    allowed = dict(ALLOWED.findall(" ".join(checks)))
    row = {}
    for column in table.columns:
        row[column.name] = allowed.get(column.name) or _value(column, number)
        if any(f"<> ({column.name} IS NULL)" in check for check in checks):
            row[column.name] = None
    return row


def _value(column: Column[Any], number: int) -> Any:
    if column.foreign_keys:
        is_own = any(key.column.table is column.table for key in column.foreign_keys)
        return _key(column, number % 3 + 1 if is_own else number)
    if column.primary_key:
        return _key(column, number)
    if number == 3 and column.nullable:
        return null()
    return _plain(column, number)


def _key(column: Column[Any], number: int) -> Any:
    kind = column.type.python_type
    if kind is str:
        return f"{number} ключ"[: getattr(column.type, "length", None)]
    return number if kind is int else _plain(column, number)


def _plain(column: Column[Any], number: int) -> Any:
    if isinstance(column.type, JSON):
        return JSONS[number - 1]
    kind = datetime if isinstance(column.type, UtcDateTime) else column.type.python_type
    if kind is str:
        longest = getattr(column.type, "length", None)
        text = LONG if longest is None and number == 3 else TEXTS[number - 1]
        return (f"{number} {text}" if column.unique else text)[:longest]
    values: dict[type, tuple[Any, ...]] = {
        bool: (True, False, False),
        int: NUMBERS,
        float: FRACTIONS,
        datetime: MOMENTS,
        date: DAYS,
        bytes: (b"\x00\xff\n", b"", bytes(range(256))),
    }
    return values[kind][number - 1]
