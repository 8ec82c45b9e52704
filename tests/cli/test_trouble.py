"""What an operator can put right ends every command in one line, and never in a traceback."""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError, ProgrammingError

from config import SQLITE_FILE
from drills.running_site import PATIENCE_SECONDS, free_port, start
from helpcenter import cli
from helpcenter.cli import commands
from helpcenter.core import migration
from helpcenter.core.db import db

SECRET = "k" * 40
NOBODY = "postgresql+psycopg://nobody:sesame@127.0.0.1:1/none"
COMMANDS = pytest.mark.parametrize("line", ["upgrade", "people list", "backup", "database upgrade"])
Ended = Callable[..., tuple[int, str]]


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ended:
    """Runs a command line as a terminal does, on these settings alone: the code it ends with, and the one line."""

    def run(line: str, **environ: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["helpcenter", *line.split()])
        for name in ("DATABASE_URL", "HELPCENTER_DATABASE_URL"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"SECRET_KEY": SECRET, "LOG_LEVEL": "ERROR", **environ}.items():
            monkeypatch.setenv(f"HELPCENTER_{name}", value)
        with pytest.raises(SystemExit) as code:
            cli.main()
        told = capsys.readouterr().err
        assert told.count("\n") == 1, told
        return int(code.value.code or 0), told

    return run


def of_sqlite(code: int, words: str) -> DBAPIError:
    problem = sqlite3.OperationalError(words)
    problem.sqlite_errorcode = code
    return DatabaseError("SELECT 1", {}, problem)


def of_postgresql(state: str, words: str) -> DBAPIError:
    psycopg = pytest.importorskip("psycopg")
    return ProgrammingError("SELECT 1", {}, psycopg.errors.lookup(state)(words))


def fail(monkeypatch: pytest.MonkeyPatch, problem: Exception) -> None:
    """Let every command fail so."""

    def now(**_given: object) -> None:
        raise problem

    monkeypatch.setattr(cli, "commands", now)


@COMMANDS
def test_a_database_file_that_is_none_is_named_with_the_way_back(tmp_path: Path, ended: Ended, line: str) -> None:
    file = tmp_path / SQLITE_FILE
    file.write_bytes(random.Random(7).randbytes(4096))
    code, told = ended(line, DATA_DIR=str(tmp_path))
    assert code == 1
    assert f"{file} is damaged" in told and "helpcenter restore" in told


@COMMANDS
def test_a_database_server_that_does_not_answer_is_named_without_its_password(
    tmp_path: Path, ended: Ended, line: str
) -> None:
    pytest.importorskip("psycopg")
    code, told = ended(line, DATA_DIR=str(tmp_path), DATABASE_URL=f"{NOBODY}?connect_timeout=2")
    assert code == 1
    assert "postgresql+psycopg://nobody:***@127.0.0.1:1/none can not be used" in told
    assert "sesame" not in told and "HELPCENTER_DATABASE_URL" in told


@COMMANDS
@pytest.mark.parametrize("production", ["yes", "no"])
def test_a_data_folder_that_can_not_be_made_is_a_setting_that_makes_no_sense(
    tmp_path: Path, ended: Ended, line: str, production: str
) -> None:
    (tmp_path / "file").touch()
    address = "https://help.example.org"
    folder = str(tmp_path / "file" / "help")
    code, told = ended(line, DATA_DIR=folder, PRODUCTION=production, BASE_URL=address)
    assert code == 2
    assert f"HELPCENTER_DATA_DIR is {folder}" in told


@pytest.mark.parametrize(
    ("code", "words", "told"),
    [
        (8, "attempt to write a readonly database", "can not be written: attempt to write a readonly database"),
        (8 | 6 << 8, "attempt to write a readonly database", "can not be written"),
        (14, "unable to open database file", "can not be written: unable to open database file"),
        (11, "database disk image is malformed", "is damaged"),
        (5, "database is locked", "is held by another process"),
    ],
)
def test_what_sqlite_refuses_is_told(
    monkeypatch: pytest.MonkeyPatch, ended: Ended, code: int, words: str, told: str
) -> None:
    fail(monkeypatch, of_sqlite(code, words))
    number, line = ended("people list")
    assert number == 1 and told in line


@pytest.mark.parametrize("number", [1, 13, 30])
def test_a_file_that_this_user_may_not_touch_is_named(
    monkeypatch: pytest.MonkeyPatch, ended: Ended, number: int
) -> None:
    fail(monkeypatch, OSError(number, "It is forbidden", "/srv/help/move.lock"))
    code, told = ended("move --cancel")
    assert code == 1
    assert told.startswith("helpcenter: /srv/help/move.lock can not be used: It is forbidden.")


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("3D000", "can not be used"),
        ("28P01", "can not be used"),
        ("57P01", "can not be used"),
        ("42501", "does not allow"),
    ],
)
def test_what_postgresql_refuses_before_it_does_anything_is_told_by_its_first_line(
    monkeypatch: pytest.MonkeyPatch, ended: Ended, state: str, told: str
) -> None:
    fail(monkeypatch, of_postgresql(state, "it is refused\nDETAIL: more"))
    code, line = ended("people list")
    assert code == 1
    assert told in line and "it is refused" in line


def test_a_statement_that_is_wrong_is_a_fault_of_the_product_and_shows_where(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = of_postgresql("42P01", "relation does not exist")
    fail(monkeypatch, problem)
    with pytest.raises(ProgrammingError) as shown:
        cli.main()
    assert shown.value is problem
    fail(monkeypatch, OperationalError("SELECT 1", {}, sqlite3.OperationalError("disk I/O error")))
    with pytest.raises(OperationalError):
        cli.main()


@pytest.mark.parametrize("line", ["database upgrade", "upgrade"])
def test_a_newer_database_is_left_alone_in_one_line(
    app: Flask, monkeypatch: pytest.MonkeyPatch, ended: Ended, line: str
) -> None:
    revision = migration.newest()

    def put(number: str) -> None:
        db.session.rollback()
        with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
            connection.execute(text("UPDATE alembic_version SET version_num = :number"), {"number": number})

    monkeypatch.setattr(cli, "commands", lambda **_given: commands.main(line.split(), obj=app))
    put("9999")
    try:
        code, told = ended(line)
    finally:
        put(revision)
    assert code == 1
    assert "the database was made by a newer release: it is at 9999" in told


@pytest.mark.parametrize("is_folder_wrong", [True, False])
def test_the_whole_site_ends_with_the_same_line(tmp_path: Path, is_folder_wrong: bool) -> None:
    (tmp_path / SQLITE_FILE).write_bytes(random.Random(7).randbytes(4096))
    folder = tmp_path / SQLITE_FILE / "help" if is_folder_wrong else tmp_path
    process = start("serve", HELPCENTER_DATA_DIR=str(folder), HELPCENTER_PORT=str(free_port()))
    _, told = process.communicate(timeout=PATIENCE_SECONDS)
    (line,) = told.splitlines()
    assert process.returncode == (2 if is_folder_wrong else 1)
    assert ("HELPCENTER_DATA_DIR" if is_folder_wrong else f"{tmp_path / SQLITE_FILE} is damaged") in line
