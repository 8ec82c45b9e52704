"""What keeps rows from being brought, and that it is told before anything of them stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import text

from helpcenter.backup import archive, bringing, loading, restoring, snapshot, tables
from helpcenter.backup.digest import Digest
from helpcenter.backup.loading import Load
from helpcenter.backup.progress import no_progress
from helpcenter.backup.refusal import Refused
from helpcenter.backup.tables import Column, Table
from helpcenter.core.db import db
from tests.backup.conftest import KINDS, Elsewhere
from tests.cast import Cast


def tag_table() -> Table:
    with db.engine.connect() as connection:
        return next(one for one in tables.of(connection) if one.name == "tag")


def bring(table: Table, *rows: bytes, checksum: str = "") -> None:
    """Rows for a database that is empty but for what the tests of this file bring."""
    bringing.bring(db.engine, [Load(table, lambda: iter(rows), None, checksum)], len(rows), no_progress)


def tags() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(text("SELECT name FROM tag ORDER BY name")))


def row(id: int, name: str) -> bytes:
    values = {"id": id, "name": name}
    return snapshot.encode([values[column] for column in tag_table().column_names]).encode()


def test_rows_that_are_those_of_the_archive_stay(app: Flask) -> None:
    known = Digest()
    known.add(row(1, "billing"))
    bring(tag_table(), row(1, "billing"), checksum=known.checksum)
    assert tags() == ["billing"]


def test_rows_that_are_not_those_that_were_written_down_are_refused(app: Flask) -> None:
    with pytest.raises(Refused, match="the rows of tag are not those"):
        bring(tag_table(), row(1, "billing"), checksum="another")
    assert tags() == []


def test_a_table_that_holds_something_else_afterwards_is_refused(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    insert = loading._insert

    def lose_one(connection: object, table: Table, lines: Iterable[bytes]) -> None:
        insert(connection, table, list(lines)[1:])  # type: ignore[arg-type]

    monkeypatch.setattr(loading, "_insert", lose_one)
    with pytest.raises(Refused, match="tag holds 1 rows that are not the 2 which were brought"):
        bring(tag_table(), row(1, "billing"), row(2, "cards"))
    assert tags() == []


def test_columns_that_are_not_there_are_named(app: Flask) -> None:
    other = replace(tag_table(), columns=(*tag_table().columns, Column("weight", "integer")))
    with pytest.raises(Refused, match="tag differs in weight"):
        bring(other, b"[1]")


def test_a_row_that_refers_to_a_missing_one_is_refused(app: Flask) -> None:
    with db.engine.connect() as connection:
        table = next(one for one in tables.of(connection) if one.name == "question_tag")
    rows = [snapshot.encode([7] * len(table.columns)).encode()]
    with pytest.raises(Exception, match="question_tag") as problem:
        bringing.bring(db.engine, [Load(table, lambda: iter(rows), None)], 1, no_progress)
    assert db.engine.dialect.name == "postgresql" or isinstance(problem.value, Refused)
    db.session.rollback()
    assert db.session.scalar(text("SELECT count(*) FROM question_tag")) == 0


@pytest.mark.skipif("postgresql" not in KINDS, reason="one database gives every row to the other")
def test_a_row_that_is_refused_for_a_reason_of_its_own_is_told_in_one_line(app: Flask) -> None:
    with pytest.raises(Refused, match=r"^a row of tag is not taken: duplicate key[^\n]*$"):
        bring(tag_table(), row(1, "billing"), row(1, "cards"))


def test_how_far_it_is_is_told_while_many_rows_travel(
    app: Flask, cast: Cast, elsewhere: Elsewhere, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.id_of("ada")
    told: list[tuple[str, int, int]] = []
    for module in (archive, loading):
        monkeypatch.setattr(module, "SHOWN_EVERY", 1)
    path = archive.write(app, tmp_path / "site.zip", progress=lambda *so_far: told.append(so_far))  # type: ignore[operator]
    rows = archive.verify(path).rows
    steps = [(done, total) for step, done, total in told if step == "rows"]
    assert {done for done, _ in steps} >= set(range(1, rows + 1)) and {total for _, total in steps} == {rows}
    told.clear()
    restoring.restore(path, elsewhere(KINDS[0], bare=True), progress=lambda *so_far: told.append(so_far))
    assert {done for step, done, _ in told if step == "rows"} >= set(range(1, rows + 1))
