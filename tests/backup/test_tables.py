"""Which tables are copied, and what is told of one that can not be."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from helpcenter.backup import counters, tables
from helpcenter.core import migration
from helpcenter.core.db import Model, db


@pytest.fixture
def odd(app: Flask) -> Iterator[sa.Table]:
    """A table of which a column is made of another one, and one is of a type that no table of the product has."""
    table = sa.Table(
        "odd",
        sa.MetaData(),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("twice", sa.Integer, sa.Computed("id * 2", persisted=True)),
        sa.Column("price", sa.Numeric(10, 2)),
    )
    with _changing() as connection, connection.begin():
        table.create(connection)
    yield table
    with _changing() as connection, connection.begin():
        table.drop(connection)


def _changing() -> sa.Connection:
    return db.engine.connect().execution_options(writing=True)


def named(name: str) -> list[tables.Table]:
    with db.engine.connect() as connection:
        return [one for one in tables.of(connection) if one.name == name]


@pytest.mark.parametrize("is_at_head", [True, False])
def test_a_table_of_somebody_else_is_left_alone_whatever_it_holds(
    odd: sa.Table, monkeypatch: pytest.MonkeyPatch, is_at_head: bool
) -> None:
    if not is_at_head:
        monkeypatch.setattr(migration, "newest", lambda: "9999")
    assert named("odd") == []
    assert len(named("tag")) == 1


def test_a_table_of_ours_with_a_type_that_nobody_knows_is_told(odd: sa.Table) -> None:
    odd.to_metadata(Model.metadata)
    try:
        with pytest.raises(TypeError, match=r"odd\.price is of a type"):
            named("odd")
    finally:
        Model.metadata.remove(Model.metadata.tables["odd"])


def test_what_the_database_makes_of_other_columns_is_not_copied(odd: sa.Table) -> None:
    with _changing() as connection, connection.begin():
        connection.execute(sa.text("ALTER TABLE odd DROP COLUMN price"))
    odd.to_metadata(Model.metadata)
    try:
        (found,) = named("odd")
        assert (found.column_names, found.key) == (("id",), ("id",))
    finally:
        Model.metadata.remove(Model.metadata.tables["odd"])


def test_a_file_of_sqlite_that_counts_no_rows_gives_no_number() -> None:
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(sa.text("CREATE TABLE plain (id INTEGER PRIMARY KEY)"))
        assert counters.read(connection, tables.Table("plain", (tables.Column("id", "integer"),), ("id",))) is None
