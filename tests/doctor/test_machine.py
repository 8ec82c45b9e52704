"""What is wrong below a site: its folder, its database file, what is installed."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import text

from config import SQLITE_FILE, Settings
from helpcenter.app import create_app
from helpcenter.backup import archive, shelf
from helpcenter.cli import commands
from helpcenter.core import clock, migration, pause
from helpcenter.core.db import db
from helpcenter.core.pause import Pause
from helpcenter.doctor import folder, release
from helpcenter.doctor.examination import FIRST, WITH_APP, WITHOUT_APP
from tests.doctor.patient import Patient, found_on

alike = pytest.mark.alike
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a site in it."""
    data_dir = tmp_path_factory.mktemp("healthy") / "data"
    app = create_app(Settings(data_dir=data_dir, secret_key="x" * 40, log_level="ERROR"))
    with app.app_context():
        migration.upgrade()
        db.engine.dispose()
    return data_dir


@pytest.fixture
def site(healthy: Path, tmp_path: Path) -> Settings:
    """A copy of it, to be damaged."""
    shutil.copytree(healthy, tmp_path / "data")
    (tmp_path / "data").chmod(0o700)
    return Settings(data_dir=tmp_path / "data", secret_key="x" * 40, log_level="ERROR")


def change_file(settings: Settings, *statements: str) -> None:
    connection = sqlite3.connect(settings.data_dir / SQLITE_FILE, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def patient_of(settings: Settings) -> Patient:
    return Patient(create_app(settings))


@alike
def test_a_folder_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    found = found_on(Settings(data_dir=tmp_path / "data", secret_key="x" * 40))
    assert "no-data-folder" in found and "no-database" not in found
    assert not (tmp_path / "data").exists()


@alike
def test_a_folder_without_a_database_gets_one_by_the_command_that_is_told(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, secret_key="x" * 40, log_level="ERROR")
    found = found_on(settings)["no-database"]
    assert list(tmp_path.iterdir()) == []
    patient_of(settings).obey(found.as_json())
    assert "no-database" not in found_on(settings)


def open_to_everybody(settings: Settings) -> None:
    settings.data_dir.chmod(0o755)
    (settings.data_dir / SQLITE_FILE).chmod(0o644)


def no_write_ahead_log(settings: Settings) -> None:
    change_file(settings, "PRAGMA journal_mode=DELETE")


def leave_strays(settings: Settings) -> None:
    change_file(
        settings,
        "PRAGMA foreign_keys=OFF",
        "INSERT INTO user_role (user_id, role, given_at) VALUES (999, 'editor', '2026-01-01 00:00:00.000000')",
    )


def go_back_one_release(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        migration.prepare(app)
        downgrade(directory=str(migration.FOLDER), revision="-1")
        db.engine.dispose()


def let_the_backup_grow_old(settings: Settings) -> None:
    (settings.data_dir / "backups").mkdir()
    with clock.moved(clock.now() - timedelta(days=30)):
        shelf.next_path(settings).touch()


def hand_to_somebody_else(settings: Settings) -> None:
    os.chown(settings.data_dir / "assets", 12345, 12345)


def leave_the_database(settings: Settings) -> None:
    with create_app(settings).app_context():
        pause.begin(db.engine, Pause.MOVED)
        db.engine.dispose()


@alike
@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("open-to-others", open_to_everybody),
        ("no-wal", no_write_ahead_log),
        ("stray-rows", leave_strays),
        ("database-older", go_back_one_release),
        ("old-backup", let_the_backup_grow_old),
        ("database-moved", leave_the_database),
        pytest.param(
            "foreign-owner",
            hand_to_somebody_else,
            marks=pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away"),
        ),
    ],
)
def test_the_command_that_is_told_puts_the_folder_or_the_file_right(
    site: Settings, name: str, damage: Callable[[Settings], None]
) -> None:
    assert name not in found_on(site)
    damage(site)
    found = found_on(site)[name]
    patient_of(site).obey(found.as_json())
    assert name not in found_on(site)


@alike
def test_a_damaged_database_is_told_with_the_backup_that_brings_it_back(site: Settings, tmp_path: Path) -> None:
    with create_app(site).app_context():
        backup = archive.write(create_app(site), shelf.next_path(site))
        db.engine.dispose()
    file = site.data_dir / SQLITE_FILE
    whole = file.read_bytes()
    for damaged in (whole[:4096] + b"\xff" * 60_000 + whole[64_096:], b"no database at all" * 400):
        file.write_bytes(damaged)
        for left in site.data_dir.glob(f"{SQLITE_FILE}-*"):
            left.unlink()
        found = found_on(site)["database-damaged"]
        assert found.command == f"helpcenter restore {backup}"
    aside = tmp_path / "aside"
    site.data_dir.rename(aside)
    environ = {"HELPCENTER_DATA_DIR": str(site.data_dir), "HELPCENTER_SECRET_KEY": site.secret_key}
    result = CliRunner().invoke(commands, ["restore", str(aside / "backups" / backup.name)], env=environ)
    assert result.exit_code == 0, result.output
    assert "database-damaged" not in found_on(site)


@alike
def test_half_a_site_is_told(site: Settings) -> None:
    (site.data_dir / "RESTORING").touch()
    assert "half-restored" in found_on(site)


@alike
def test_a_disk_without_room_is_told(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100 * 10**9, 99 * 10**9, 10**9))
    assert "disk-nearly-full" in found_on(site)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100 * 10**9, 50 * 10**9, 50 * 10**9))
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_files=10_000, f_favail=12))
    found = found_on(site)
    assert "no-more-files" in found and "disk-nearly-full" not in found


@alike
def test_a_folder_that_can_not_be_written_is_told(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    assert "Permission denied" in found_on(site)["data-folder-read-only"].what


@alike
def test_a_disk_across_a_network_is_told(site: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/x / ext4 rw 0 0\nhost:/export {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(folder, "MOUNTS", mounts)
    assert "nfs4" in found_on(site)["network-disk"].what


@alike
def test_libraries_of_another_release_are_told(site: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.txt").write_text("flask==0.1 \\\n    --hash=sha256:0\nno-such-library==1.0 \\\n")
    monkeypatch.setattr(release, "REQUIREMENTS", tmp_path / "requirements.txt")
    assert "flask, no-such-library" in found_on(site)["libraries"].what


@alike
def test_translations_are_told_until_they_are_compiled(
    site: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "translations" / "es" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Yes"\nmsgstr "Sí"\n')
    monkeypatch.setattr(release, "TRANSLATIONS", tmp_path / "translations")
    found = found_on(site)["translations"]
    assert "es" in found.what
    patient_of(site).obey(found.as_json())
    assert "translations" not in found_on(site)


@alike
def test_a_database_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    url = "postgresql://helpcenter:secret@127.0.0.1:1/help"
    found = found_on(Settings(data_dir=tmp_path, database_url=url, secret_key="x" * 40))
    assert "database-unreachable" in found
    assert "secret" not in str(found["database-unreachable"])


def test_a_database_that_is_newer_than_the_code_is_told(fresh: Flask) -> None:
    migration.upgrade()
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "9999" in found_on(fresh.config["SETTINGS"])["database-newer"].what


def test_clocks_that_differ_are_told(fresh: Flask) -> None:
    settings: Settings = fresh.config["SETTINGS"]
    migration.upgrade()
    assert "clock-skew" not in found_on(settings)
    with clock.moved(clock.now() + timedelta(minutes=10)):
        assert ("clock-skew" in found_on(settings)) == (not settings.is_sqlite)


@alike
def test_what_may_be_meant_so_does_not_fail_and_anything_can_be_left_out(site: Settings) -> None:
    app = create_app(site)
    quiet = CliRunner().invoke(commands, ["doctor"], obj=app)
    assert quiet.exit_code == 0, quiet.output
    assert "note [no-mail]" in quiet.output
    assert f"{len(FIRST) + len(WITHOUT_APP) + len(WITH_APP)} checks, nothing is wrong." in quiet.output
    leave_strays(site)
    assert CliRunner().invoke(commands, ["doctor"], obj=app).exit_code == 1
    assert CliRunner().invoke(commands, ["doctor", "--skip", "stray-rows"], obj=app).exit_code == 0
