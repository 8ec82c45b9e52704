from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from config import Settings
from helpcenter.app import create_app
from helpcenter.backup import archive, data_folder, restoring
from helpcenter.backup.refusal import Refused
from helpcenter.core import lease, migration
from helpcenter.core.db import db
from helpcenter.files import storage
from helpcenter.search import drainer
from tests.backup.conftest import KINDS, Elsewhere
from tests.cast import Cast
from tests.core.test_migrations import differences


@pytest.fixture
def written(app: Flask, cast: Cast, tmp_path: Path) -> Path:
    cast.id_of("ada")
    storage.write("Ab.webp", b"\x00large")
    return archive.write(app, tmp_path / "site.zip")


def count(settings: Settings, table: str) -> int:
    """How many rows a table of that site has."""
    with create_app(settings).app_context(), db.engine.connect() as connection:
        return int(connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one())


def test_an_interrupted_one_begins_again_and_then_nothing_is_brought_twice(
    written: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = elsewhere(KINDS[-1])

    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as now:
        now.setattr(drainer, "rebuild", interrupted)
        with pytest.raises(KeyboardInterrupt):
            restoring.restore(written, place)
    assert restoring.is_interrupted(place)
    other = replace(place, database_url=f"sqlite:///{place.data_dir}-other.sqlite3")
    with pytest.raises(Refused, match="not empty"):
        restoring.restore(written, other)
    restoring.restore(written, place)
    assert not restoring.is_interrupted(place)
    assert count(place, "user") == 1
    with pytest.raises(Refused, match="not empty"):
        restoring.restore(written, place)
    assert count(place, "user") == 1


def test_one_that_was_killed_before_it_looked_at_the_database_looks_at_it_the_next_time(
    written: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = elsewhere("sqlite", bare=True)
    left: list[bytes] = []

    def killed(settings: Settings) -> None:
        left.append((settings.data_dir / data_folder.RESTORING).read_bytes())
        raise KeyboardInterrupt

    with monkeypatch.context() as now:
        now.setattr(restoring, "create_app", killed)
        with pytest.raises(KeyboardInterrupt):
            restoring.restore(written, place)
    assert not restoring.is_interrupted(place)
    # As kill -9 leaves it; and what somebody put into the database meanwhile is theirs.
    (place.data_dir / data_folder.RESTORING).write_bytes(left[0])
    with create_app(place).app_context():
        migration.upgrade()
        lease.take("a lease", "somebody", 60)
    with pytest.raises(Refused, match="rows in lease"):
        restoring.restore(written, place)
    assert not restoring.is_interrupted(place)
    (place.data_dir / "helpcenter.sqlite3").unlink()
    (place.data_dir / data_folder.RESTORING).write_bytes(left[0])
    restoring.restore(written, place)
    assert count(place, "user") == 1


def test_a_folder_in_which_something_lies_is_left_alone(written: Path, elsewhere: Elsewhere) -> None:
    place = elsewhere("sqlite", bare=True)
    place.data_dir.mkdir()
    (place.data_dir / "letters.txt").write_text("mine")
    with pytest.raises(Refused, match=r"is not empty: it holds letters.txt; name an empty folder with --into"):
        restoring.restore(written, place)
    assert [path.name for path in place.data_dir.iterdir()] == ["letters.txt"]


def test_files_and_the_secret_key_come_back_for_their_owner_only(
    app: Flask, cast: Cast, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    settings = app.config["SETTINGS"]
    key = settings.data_dir / data_folder.KEY
    key.write_text(settings.secret_key)
    storage.write("Ab.webp", b"\x00large")
    storage.write("Ab.webp", b"small", small=True)
    try:
        written = archive.write(app, tmp_path / "site.zip")
    finally:
        key.unlink()
    place = elsewhere("sqlite")
    done = restoring.restore(written, replace(place, secret_key=""))
    assert not done.is_other_key
    brought = place.data_dir / data_folder.KEY
    assert brought.read_text() == settings.secret_key
    assert stat.S_IMODE(brought.stat().st_mode) == 0o600
    with create_app(place).app_context():
        assert storage.read("Ab.webp") == b"\x00large"
        assert storage.read("Ab.webp", small=True) == b"small"


def test_another_secret_key_is_told(written: Path, elsewhere: Elsewhere) -> None:
    place = replace(elsewhere("sqlite"), secret_key="another secret, also long enough for a site")
    assert restoring.restore(written, place).is_other_key


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_of_an_older_release_is_brought_up_to_this_one(elsewhere: Elsewhere, tmp_path: Path, kind: str) -> None:
    older = replace(elsewhere(kind, bare=True), data_dir=tmp_path / "older")
    old = create_app(older)
    with old.app_context():
        migration.upgrade("0033")
        with db.engine.connect().execution_options(writing=True) as connection:
            row = "INSERT INTO topic (id, parent_key, key, position, audience) VALUES (3, 0, 'billing', 1, 'everyone')"
            connection.execute(text(row))
            connection.commit()
    written = archive.write(old, tmp_path / "older.zip")
    assert archive.verify(written).revision == "0033"
    with old.app_context():
        db.engine.dispose()
    place = elsewhere(kind, bare=True)
    restoring.restore(written, place)
    with create_app(place).app_context():
        assert differences() == []
        assert db.session.execute(text("SELECT id, key FROM topic")).all() == [(3, "billing")]


def test_nothing_lies_in_a_data_folder_of_which_copies_know_nothing(app: Flask, settings: Settings) -> None:
    storage.write("Ab.webp", b"bytes")
    drainer.rebuild()
    known = {
        *data_folder.KEPT,
        *data_folder.MADE_AGAIN,
        *data_folder.OF_THE_MOMENT,
        *data_folder.ELSEWHERE,
    }
    assert {path.name for path in settings.data_dir.iterdir()} <= known
