"""Whatever a table holds comes back as it was, from either database into either."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Column, Connection, Integer, String, Table, inspect, text
from sqlalchemy.exc import DBAPIError

from config import SQLITE_FILE
from helpcenter.app import create_app
from helpcenter.backup import archive, moving, restoring, tables
from helpcenter.core import db as core_db
from helpcenter.core.db import Model, db
from helpcenter.search import drainer
from tests.backup import awkward_rows
from tests.backup.conftest import KINDS, Elsewhere


def references() -> dict[str, list[str]]:
    """What refers to what in the database of the app."""
    found = inspect(db.engine)
    return {
        table: sorted(f"{key['constrained_columns']} {key['referred_table']} {sorted(key['options'])}" for key in keys)
        for (_, table), keys in found.get_multi_foreign_keys().items()
    }


@pytest.fixture(autouse=True)
def indexed_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index takes rows out that wait for it, and what these rows tell is no site."""
    monkeypatch.setattr(drainer, "rebuild", lambda _: 0)


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_every_table_comes_back_as_it_was(
    app: Flask, elsewhere: Elsewhere, tmp_path: Path, kind: str
) -> None:
    awkward_rows.fill(db.engine)
    kept, told = awkward_rows.read(db.engine), references()
    assert {len(rows) for rows in kept.values()} == {3}
    written = archive.write(app, tmp_path / "all.zip")
    place = elsewhere(kind, bare=True)
    restoring.restore(written, place)
    brought = create_app(place)
    with brought.app_context():
        assert awkward_rows.read(db.engine) == kept
        assert references() == told
        with pytest.raises(DBAPIError, match="stay as they are"), _changing() as connection:
            connection.execute(text("UPDATE journal_entry SET locale = 'es'"))
        again = archive.write(brought, tmp_path / "again.zip")
    first, second = archive.verify(written), archive.verify(again)
    # How a column keeps a time differs between the two; what it says does not.
    assert sorted((one.table.name, one.rows, one.checksum) for one in first.tables) == sorted(
        (one.table.name, one.rows, one.checksum) for one in second.tables
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_moved_site_has_the_same_rows(writable: Flask, elsewhere: Elsewhere, kind: str) -> None:
    awkward_rows.fill(db.engine)
    kept = awkward_rows.read(db.engine)
    place = elsewhere(kind, bare=True)
    place.data_dir.mkdir()
    url = place.database_url or f"sqlite:///{place.data_dir / SQLITE_FILE}"
    moved = moving.move(writable, url)
    assert moved.rows == 3 * len(kept)
    with create_app(replace(place, database_url=url)).app_context():
        assert awkward_rows.read(db.engine) == kept


def test_a_new_table_is_copied_without_being_named_anywhere(app: Flask, tmp_path: Path) -> None:
    new = Table("brand_new", Model.metadata, Column("id", Integer, primary_key=True), Column("word", String(20)))
    derived = Table("made_again", Model.metadata, Column("id", Integer, primary_key=True), **core_db.not_copied("why"))
    with _changing() as connection:
        Model.metadata.create_all(connection, [new, derived])
        connection.execute(new.insert().values(id=7, word="слово"))
        connection.execute(derived.insert().values(id=1))
        connection.commit()
    try:
        with archive.opened(archive.write(app, tmp_path / "all.zip")) as reader:
            assert list(reader.lines("brand_new")) == ['[7,"слово"]'.encode()]
        names = {one.table.name for one in archive.verify(tmp_path / "all.zip").tables}
        assert names == set(Model.metadata.tables) - tables.left_out()
    finally:
        with _changing() as connection:
            Model.metadata.drop_all(connection, [new, derived])
            connection.commit()
        for table in (new, derived):
            Model.metadata.remove(table)


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_rows_go_on_where_they_were(app: Flask, elsewhere: Elsewhere, tmp_path: Path, kind: str) -> None:
    # What search has seen is remembered by the numbers of rows that are gone: none may be given twice.
    with _changing() as connection:
        row = {"kind": "article", "subject_id": 1, "queued_at": awkward_rows.MOMENTS[0]}
        outbox = Model.metadata.tables["search_outbox"]
        given = [connection.execute(outbox.insert().values(row)).inserted_primary_key for _ in range(5)][-1]
        connection.execute(outbox.delete())
        connection.commit()
    assert given
    place = elsewhere(kind)
    restoring.restore(archive.write(app, tmp_path / "all.zip"), place)
    with create_app(place).app_context(), _changing() as connection:
        new = connection.execute(outbox.insert().values(row)).inserted_primary_key
        assert new
        assert new[0] == given[0] + 1
        tag = Model.metadata.tables["tag"]
        assert connection.execute(tag.insert().values(name="a")).inserted_primary_key == (1,)


def _changing() -> Connection:
    return db.engine.connect().execution_options(writing=True)
