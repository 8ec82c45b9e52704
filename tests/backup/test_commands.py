"""What an operator is told who copies a site, brings it back or moves it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import Column, Connection, Integer, Table

from config import SQLITE_FILE
from helpcenter.backup import moving
from helpcenter.backup.moving import Moved
from helpcenter.cli import commands
from helpcenter.core import clock, pause
from helpcenter.core.db import Model, db
from tests.backup.conftest import Elsewhere
from tests.cast import Cast

KEY = "a secret that only the tests know, long enough"
NO_DATABASE = {"HELPCENTER_DATABASE_URL": "", "DATABASE_URL": ""}


def run(app: Flask | None, *words: object, **environ: str) -> Result:
    db.session.rollback()
    return CliRunner(env={**NO_DATABASE, **environ}).invoke(commands, [str(word) for word in words], obj=app)


@pytest.fixture
def old_signal() -> Iterator[None]:
    """Whoever ends the process of the tests ends it afterwards as before."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def target(elsewhere: Elsewhere) -> str:
    """The address of an empty place."""
    return f"sqlite:///{elsewhere('sqlite').data_dir / SQLITE_FILE}"


def test_a_copy_is_told_with_its_size_and_what_it_does_not_hold(app: Flask, cast: Cast, tmp_path: Path) -> None:
    cast.id_of("ada")
    done = run(app, "backup", tmp_path / "site.zip")
    assert done.exit_code == 0, done.output
    assert done.output.startswith(f"{tmp_path}/site.zip  0.") and "and 0 files of the site, from 20" in done.output
    # The key of this site is in the environment.
    assert "HELPCENTER_SECRET_KEY is not in it" in done.output


def test_a_copy_where_one_lies_already_is_refused_in_one_line(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "site.zip").write_bytes(b"what was before")
    refused = run(app, "backup", tmp_path / "site.zip")
    assert refused.exit_code == 1 and refused.output.startswith("Error: ") and refused.output.count("\n") == 1
    assert (tmp_path / "site.zip").read_bytes() == b"what was before"


def test_a_folder_that_is_not_there_gets_no_file_of_its_name(app: Flask, tmp_path: Path) -> None:
    for name in (f"{tmp_path}/shelf/", ""):
        refused = run(app, "backup", name)
        assert refused.exit_code == 2 and "there is no folder" in refused.output
    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_can_not_be_written_is_told_in_one_line(app: Flask, tmp_path: Path) -> None:
    name = "x" * 250 + ".zip"
    refused = run(app, "backup", tmp_path / name)
    assert refused.exit_code == 1 and refused.output.count("\n") == 1
    assert refused.output.startswith("Error: ") and "can not be written: File name too long" in refused.output


def test_a_quiet_copy_says_nothing_when_all_is_well(app: Flask, tmp_path: Path) -> None:
    done = run(app, "backup", tmp_path, "--keep", 1, "--quiet")
    assert (done.exit_code, done.output) == (0, "") and len(list(tmp_path.iterdir())) == 1


def test_old_copies_of_a_folder_leave_and_are_named(app: Flask, tmp_path: Path) -> None:
    start = clock.now()
    for day in range(3):
        with clock.moved(start + timedelta(days=day)):
            done = run(app, "backup", tmp_path, "--keep", 2)
            assert done.exit_code == 0, done.output
    first = f"helpcenter-{start:%Y%m%d-%H%M%S}Z.zip"
    assert done.output.endswith(f"Deleted {first}\n")
    assert len(list(tmp_path.iterdir())) == 2 and not (tmp_path / first).exists()


def test_old_copies_are_counted_in_a_folder_only(app: Flask, tmp_path: Path) -> None:
    refused = run(app, "backup", tmp_path / "site.zip", "--keep", 2)
    assert refused.exit_code == 2 and "name the folder instead" in refused.output
    assert list(tmp_path.iterdir()) == []


def test_a_site_comes_back_and_its_operator_is_told_how_to_go_on(app: Flask, cast: Cast, tmp_path: Path) -> None:
    cast.id_of("ada")
    run(app, "backup", tmp_path / "site.zip")
    restored = ("restore", tmp_path / "site.zip", "--into", tmp_path / "new")
    done = run(None, *restored, HELPCENTER_SECRET_KEY=KEY)
    assert done.exit_code == 0, done.output
    assert f"is back in {tmp_path}/new:" in done.output
    assert done.output.endswith(f"Start it with `HELPCENTER_DATA_DIR={tmp_path}/new helpcenter serve`.\n")
    assert "SECRET_KEY" not in done.output and "Left out" not in done.output
    again = run(None, *restored, HELPCENTER_SECRET_KEY=KEY)
    assert again.exit_code == 1 and again.output.startswith("Error: ") and "not empty" in again.output


def test_half_a_site_is_not_brought_up_to_this_release(app: Flask) -> None:
    mark = app.config["SETTINGS"].data_dir / "RESTORING"
    mark.touch()
    refused = run(app, "upgrade")
    mark.unlink()
    assert refused.exit_code == 1 and "holds half a site" in refused.output and "restore` again" in refused.output


def test_what_does_not_come_back_is_told(app: Flask, tmp_path: Path) -> None:
    foreign = Table("foreign_words", Model.metadata, Column("id", Integer, primary_key=True))
    with _changing() as connection:
        Model.metadata.create_all(connection, [foreign])
        connection.commit()
    try:
        run(app, "backup", tmp_path / "site.zip")
    finally:
        with _changing() as connection:
            Model.metadata.drop_all(connection, [foreign])
            connection.commit()
        Model.metadata.remove(foreign)
    words = ("restore", tmp_path / "site.zip", "--into", tmp_path / "new")
    done = run(None, *words, HELPCENTER_SECRET_KEY="another secret, also long enough for a site")
    assert done.exit_code == 0, done.output
    assert "Left out: foreign_words, which is no table of this product." in done.output
    assert "HELPCENTER_SECRET_KEY is not the one that the site had" in done.output


def test_a_move_says_what_to_do_and_can_be_called_off(
    writable: Flask, cast: Cast, target: str, old_signal: None
) -> None:
    cast.id_of("ada")
    rehearsed = run(writable, "move", "--to", target, "--rehearse")
    assert rehearsed.exit_code == 0, rehearsed.output
    assert "That was a rehearsal" in rehearsed.output and "Restart" not in rehearsed.output
    assert pause.of(db.engine) is None
    # A password in the address need not stand in the list of commands of the shell.
    moved = CliRunner().invoke(commands, ["move", "--to", "-"], obj=writable, input=f"{target}\n")
    assert moved.exit_code == 0, moved.output
    assert f"1. Set HELPCENTER_DATABASE_URL={target}\n" in moved.output and "2. Restart" in moved.output
    assert moved.output.count(target) == 1 and pause.of(db.engine) is pause.Pause.MOVED
    refused = run(writable, "move", "--to", target)
    assert refused.exit_code == 1 and refused.output.startswith("Error: ") and "moved already" in refused.output
    assert run(writable, "upgrade").output.startswith("Error: ")
    assert run(writable, "move", "--cancel").output == "People can write again.\n"
    assert run(writable, "move", "--cancel").output == "People can write already.\n"


@pytest.mark.parametrize("words", [[], ["--to", "sqlite", "--cancel"]])
def test_a_move_to_nowhere_or_to_two_places_is_none(app: Flask, words: list[str]) -> None:
    refused = run(app, "move", *words)
    assert refused.exit_code == 2 and "say where with --to URL, or --cancel" in refused.output


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("", "1. Take away HELPCENTER_DATABASE_URL (and DATABASE_URL)"),
        ("postgresql+psycopg://ada:***@db/site", "db/site, with the password in place of ***"),
    ],
)
def test_the_setting_to_change_is_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch, old_signal: None, new: str, told: str
) -> None:
    monkeypatch.setattr(moving, "move", lambda *_given, **_more: Moved(1, 1, 0, 1.0, new))
    assert told in run(app, "move", "--to", "sqlite").output


def test_a_move_that_ends_with_its_terminal_or_its_machine_lets_people_write_again(
    writable: Flask, target: str, monkeypatch: pytest.MonkeyPatch, old_signal: None
) -> None:
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):

        def ended(*_given: object, number: int = number) -> None:
            assert pause.of(db.engine) is pause.Pause.COPYING
            # What the signal does, without one: a process in the background may be made to ignore it.
            if number == signal.SIGINT:
                raise KeyboardInterrupt
            signal.getsignal(number)(number, None)  # type: ignore[operator, misc]

        with monkeypatch.context() as now:
            now.setattr(moving.bringing.loading, "compare", ended)
            done = run(writable, "move", "--to", target)
        assert done.exit_code == 1 and pause.of(db.engine) is None
        told = "Error: interrupted; the site goes on where it is\n"
        assert done.output == (told if number == signal.SIGINT else "")


def _changing() -> Connection:
    return db.engine.connect().execution_options(writing=True)
