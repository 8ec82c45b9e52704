"""Many writers at once on SQLite: everybody gets their turn, and nobody holds it for ever."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from helpcenter.core.db import begin_write, db
from helpcenter.core.writing_turn import WritingTurn

WRITER = """
import sys, time
from pathlib import Path
from helpcenter.core.writing_turn import WritingTurn

turn = WritingTurn(Path(sys.argv[1]), 5)
turn.take()
print("mine", flush=True)
time.sleep(60)
"""
RAISE = text("UPDATE content_version SET version = version + 1")


@pytest.fixture
def sqlite(app: Flask) -> Flask:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL lets writers write at once")
    return app


def test_sixteen_threads_write_at_once_and_lose_nothing(sqlite: Flask) -> None:
    def write(_: int) -> None:
        with sqlite.app_context():
            for _ in range(5):
                begin_write(survives_power_cut=False)
                db.session.execute(RAISE)
                db.session.commit()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(write, range(16)))
    assert db.session.execute(text("SELECT version FROM content_version")).scalar() == 80


@pytest.mark.parametrize("ending", ["commit", "rollback", "error", "nothing"])
def test_a_turn_ends_however_the_writing_ends(sqlite: Flask, ending: str) -> None:
    def write() -> None:
        with sqlite.app_context():
            begin_write()
            if ending == "error":
                db.session.execute(text("INSERT INTO no_such_table VALUES (1)"))
            elif ending != "nothing":
                getattr(db.session, ending)()

    with ThreadPoolExecutor(1) as pool:
        problem = pool.submit(write).exception()
    assert (problem is None) == (ending != "error")
    begin_write()
    db.session.rollback()


def test_a_process_that_is_killed_gives_its_turn_back(tmp_path: Path) -> None:
    path = tmp_path / "turn"
    other = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "mine\n"
    other.kill()
    other.communicate()
    turn = WritingTurn(path, 5)
    assert turn.take()
    turn.give_back()


def test_whoever_waits_too_long_goes_on_without_a_turn(tmp_path: Path) -> None:
    turn = WritingTurn(tmp_path / "turn", 0.01)
    assert turn.take()
    assert not turn.take()
    turn.give_back()
    assert turn.take()


def test_a_folder_that_takes_no_lock_file_still_orders_the_own_threads(tmp_path: Path) -> None:
    turn = WritingTurn(tmp_path / "missing" / "turn", 0.01)
    for _ in range(2):
        assert turn.take()
        assert not turn.take()
        turn.give_back()


@pytest.mark.parametrize("is_ours", [True, False])
def test_one_turn_is_enough_for_a_connection_and_without_one_it_is_sqlite_that_decides(
    sqlite: Flask, monkeypatch: pytest.MonkeyPatch, is_ours: bool
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(WritingTurn, "take", lambda _: asked.append("turn") or is_ours)
    given = []
    monkeypatch.setattr(WritingTurn, "give_back", lambda _: given.append("turn"))
    with db.engine.connect().execution_options(writing=True) as connection:
        for _ in range(2):
            with connection.begin():
                connection.execute(RAISE)
    assert db.session.execute(text("SELECT version FROM content_version")).scalar() == 2
    assert (len(asked), len(given)) == ((1, 1) if is_ours else (2, 0))


def test_only_what_nobody_was_told_is_saved_goes_without_the_disk(sqlite: Flask) -> None:
    def synchronous() -> int:
        kept = db.session.connection().connection.driver_connection
        assert isinstance(kept, sqlite3.Connection)
        return int(kept.execute("PRAGMA synchronous").fetchone()[0])

    found = []
    for survives in (True, False, True):
        begin_write(survives_power_cut=survives)
        found.append(synchronous())
        db.session.commit()
    assert [*found, synchronous()] == [2, 1, 2, 2]
