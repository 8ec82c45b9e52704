from __future__ import annotations

import errno
import signal
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask_migrate import upgrade as run_migrations
from sqlalchemy import text

from config import Settings
from helpcenter import upgrading
from helpcenter.backup import archive
from helpcenter.cli import commands, supervisor
from helpcenter.core import migration
from helpcenter.core.db import db
from helpcenter.core.markdown import RENDERER_VERSION
from helpcenter.core.migration_turn import turn
from tests import another_process
from tests.core.plausible_rows import Maker, Row, read, shapes
from tests.upgrading import interrupted_upgrade

OLD = "0024"
"""From here on tables are made, changed and filled from others."""


@pytest.fixture
def old(fresh: Flask) -> Iterator[Flask]:
    """A site of an earlier release, with something in every table."""
    migration.prepare(fresh)
    run_migrations(directory=str(migration.FOLDER), revision=OLD)
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        Maker().add(connection, shapes(connection))
    yield fresh


def standing() -> migration.Standing:
    with db.engine.connect() as connection:
        return migration.standing(connection)


def everything() -> dict[str, list[Row]]:
    with db.engine.connect() as connection:
        return {name: read(connection, name) for name in sorted(shapes(connection))}


def backups(app: Flask) -> list[Path]:
    return sorted((app.config["SETTINGS"].data_dir / "backups").glob("helpcenter-*.zip"))


def killed_at(app: Flask, moment: str, number: int) -> int:
    settings: Settings = app.config["SETTINGS"]
    db.engine.dispose()
    arguments = (str(settings.data_dir), settings.database_url, moment, number)
    code = another_process.ended(another_process.begun(interrupted_upgrade.main, *arguments))
    wait_until_the_server_noticed()
    return code


def wait_until_the_server_noticed() -> None:
    """On a busy machine PostgreSQL takes a moment to see that somebody is gone, and holds their lock until then."""
    if db.engine.dialect.name == "postgresql":
        with turn(db.engine, lambda: None):
            sleep(0)


def test_an_upgrade_killed_at_any_moment_leaves_everything_and_is_completed_by_starting_it_again(old: Flask) -> None:
    before = everything()
    for moment, number in (("backup", 3), ("statement", 12), ("statement", 90), ("commit", 1)):
        assert killed_at(old, moment, number) == -signal.SIGKILL, moment
        assert standing().revision == OLD
        assert everything() == before
    # The tables are there, and the row that is made last is not.
    assert killed_at(old, "commit", 2) == -signal.SIGKILL
    said: list[str] = []
    upgrading.upgrade_tables(old, said.append)
    assert (standing(), said) == (migration.Standing(migration.newest(), 0), [])
    after = everything()
    assert all(len(after[name]) >= len(rows) for name, rows in before.items() if name in after)
    assert after["user"][0]["email"] == before["user"][0]["email"]


def test_an_upgrade_writes_a_backup_of_what_was_before(old: Flask) -> None:
    result = CliRunner().invoke(commands, ["upgrade"], obj=old)
    assert result.exit_code == 0, result.output
    (path,) = backups(old)
    assert f"A backup of everything before is in {path}" in result.output
    held = archive.verify(path)
    assert held.revision == OLD
    assert {one.table.name: one.rows for one in held.tables}["user"] == 2
    assert CliRunner().invoke(commands, ["upgrade"], obj=old).output == "Everything is up to date.\n"
    assert backups(old) == [path]


@pytest.mark.alike
def test_a_new_site_has_nothing_to_back_up(fresh: Flask) -> None:
    result = CliRunner().invoke(commands, ["upgrade"], obj=fresh)
    assert result.output == "The tables were made: this is a new site.\nEverything is up to date.\n"
    assert backups(fresh) == []


@pytest.mark.alike
def test_without_room_for_the_backup_nothing_is_changed(old: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(archive, "write", full)
    result = CliRunner().invoke(commands, ["upgrade"], obj=old)
    assert result.exit_code == 1
    assert "No space left on device" in result.output and "--without-backup" in result.output
    assert standing().revision == OLD


def test_a_database_that_is_newer_than_the_code_is_left_alone(fresh: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "end_with_parent", lambda _parent: None)
    migration.upgrade()
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for words in (["upgrade"], ["serve", "prepare", "1"]):
        result = CliRunner().invoke(commands, words, obj=fresh)
        assert result.exit_code == 1
        assert result.output.splitlines()[-1].startswith(
            "Error: the database was made by a newer release: it is at 9999"
        )
    assert fresh.test_client().get("/readyz").json["problems"]["migrations"] == "was made by a newer release"  # type: ignore[index]


def test_of_two_that_upgrade_at_once_one_waits_and_finds_nothing_to_do(old: Flask, tmp_path: Path) -> None:
    settings: Settings = old.config["SETTINGS"]
    said = tmp_path / "said"
    with turn(db.engine, lambda: None):
        other = another_process.begun(
            interrupted_upgrade.main, str(settings.data_dir), settings.database_url, "", 0, str(said)
        )
        while not (said.exists() and said.read_text()) and other.is_alive():
            sleep(0.05)
        assert said.read_text() == "Another process brings this database up to date; waiting for it.\n"
        assert standing().revision == OLD
    assert another_process.ended(other) == 0
    assert standing().waiting == 0


def test_what_another_renderer_made_is_rendered_again_and_nobody_has_to_take_a_backup(old: Flask) -> None:
    result = CliRunner().invoke(commands, ["upgrade", "--without-backup"], obj=old)
    assert (result.exit_code, backups(old), standing().waiting) == (0, [], 0)
    assert "Rendered again: 2 articles, 6 posts." in result.output
    with db.engine.connect() as connection:
        for table in ("rendering", "question", "answer", "comment"):
            assert {row["renderer_version"] for row in read(connection, table)} == {RENDERER_VERSION}, table
        assert {row["reader_version"] for row in read(connection, "rendering")} != {0}
    again = upgrading.renew_texts(lambda *_: None)
    assert (again.articles, again.posts) == (0, 0)
