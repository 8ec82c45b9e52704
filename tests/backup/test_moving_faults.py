"""What stands in the way of a move, and what travels besides rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from config import SQLITE_FILE, Settings
from helpcenter.app import create_app
from helpcenter.backup import data_folder, manifest, moving
from helpcenter.backup.refusal import Refused
from helpcenter.core import migration, pause
from helpcenter.core.db import db
from helpcenter.core.pause import Pause
from helpcenter.files import storage
from tests.backup.conftest import KINDS, Elsewhere
from tests.backup.test_moving import to

__all__ = ["to"]
ON_POSTGRESQL = pytest.mark.skipif("postgresql" not in KINDS, reason="this is told by a server")


def test_the_tables_of_another_release_are_not_moved(writable: Flask, to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "newest", lambda: "9999")
    with pytest.raises(Refused, match="run `helpcenter upgrade` first"):
        moving.move(writable, to)
    assert pause.of(db.engine) is None
    assert moving.state_at_start(writable) == ""


def test_uploaded_files_are_where_the_new_site_looks_for_them(writable: Flask, to: str) -> None:
    storage.write("Ab.webp", b"large")
    storage.write("Ab.webp", b"small", small=True)
    assert moving.move(writable, to).files == 2
    settings: Settings = writable.config["SETTINGS"]
    with create_app(replace(settings, database_url=to)).app_context():
        assert storage.read("Ab.webp") == b"large"
        assert storage.read("Ab.webp", small=True) == b"small"
        assert len(list(storage.kept())) == 2


@ON_POSTGRESQL
def test_two_machines_do_not_move_a_site_at_once(writable: Flask, to: str) -> None:
    with db.engine.connect() as elsewhere:
        elsewhere.execute(text("SELECT pg_advisory_lock(:key)"), {"key": moving._KEY})
        with pytest.raises(Refused, match="from another machine"):
            moving.move(writable, to)
        elsewhere.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": moving._KEY})
    assert moving.move(writable, to).rows > 0


@ON_POSTGRESQL
def test_a_database_that_can_not_keep_every_letter_is_refused(writable: Flask, to: str) -> None:
    url = make_url(to)
    name = f"{url.database}_ascii"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(text(f"CREATE DATABASE \"{name}\" ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0"))
        try:
            with pytest.raises(Refused, match="keeps text as SQL_ASCII"):
                moving.move(writable, url.set(database=name).render_as_string(hide_password=False))
        finally:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()


def test_a_folder_with_the_file_of_another_database_is_not_free(tmp_path: Path, elsewhere: Elsewhere) -> None:
    (tmp_path / SQLITE_FILE).touch()
    (tmp_path / "files" / "ab").mkdir(parents=True)
    here = Settings(data_dir=tmp_path)
    assert data_folder.occupied_by(here, tmp_path / "site.zip") == []
    (tmp_path / "files" / "ab" / "abc.webp").touch()
    assert data_folder.occupied_by(here, tmp_path / "site.zip") == ["files"]
    there = replace(here, database_url="postgresql://db.example/site")
    assert data_folder.occupied_by(there, tmp_path / "site.zip") == ["files", SQLITE_FILE]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"format": 99, "version": "7.0"}', "made by release 7.0, which is newer"),
        ('{"format": 1, "version": "0.1"}', "no list of its contents"),
        ('{"format": "one"}', "no list of its contents"),
        ("[]", "no list of its contents"),
        ("not JSON", "no list of its contents"),
    ],
)
def test_a_list_of_contents_that_is_none_of_ours_is_told(text: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        manifest.from_json(text)


@pytest.mark.parametrize("begun", list(Pause))
def test_only_the_pause_of_a_copy_that_nobody_makes_any_more_is_ended(writable: Flask, begun: Pause) -> None:
    assert not moving.release_left_behind(writable)
    pause.begin(db.engine, begun)
    with moving._alone(writable.config["SETTINGS"], db.engine):
        assert not moving.release_left_behind(writable)
    assert pause.of(db.engine) is begun
    assert moving.release_left_behind(writable) is (begun is Pause.COPYING)
    pause.end(db.engine)
