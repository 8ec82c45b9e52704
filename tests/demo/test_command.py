"""`helpcenter demo`, without the half minute in which a demo is made."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from drills.running_site import free_port
from helpcenter.cli import commands
from helpcenter.core.db import db
from helpcenter.demo import building, people

PASSWORDS = {person.email: f"password {number}" for number, person in enumerate(people.PEOPLE)}


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Where it would be built only the mark is written; the days that were asked for."""
    asked: list[int] = []

    def build(data_dir: Path, say: building.Say, days: int) -> None:
        asked.append(days)
        say("Writing the manual …")
        (data_dir / building.MARK).write_text(json.dumps({"built_at": "", "passwords": PASSWORDS}))
        db.engine.dispose()

    monkeypatch.setattr(building, "build", build)
    monkeypatch.setattr(building, "bring_up_to_date", lambda say: say("What changed was taken over."))
    return asked


def demo(folder: Path, *words: str) -> Result:
    return CliRunner(env={"HELPCENTER_DATABASE_URL": None}).invoke(
        commands, ["demo", "--folder", str(folder), *words], catch_exceptions=False
    )


def test_it_is_made_once_and_says_each_time_how_to_log_in(tmp_path: Path, built: list[int]) -> None:
    first = demo(tmp_path, "--build-only", "--days", "30")
    assert first.exit_code == 0, first.output
    assert first.output.startswith("Making a demo site") and "  Writing the manual …\n" in first.output
    again = demo(tmp_path, "--build-only")
    assert "Making a demo site" not in again.output and "  What changed was taken over.\n" in again.output
    for output in (first.output, again.output):
        assert [line.split()[0] for line in output.splitlines() if "@" in line] == list(PASSWORDS)
        assert all(password in output for password in PASSWORDS.values())
    assert built == [30]


def test_what_an_interrupted_building_left_is_taken_away_and_nothing_else(tmp_path: Path, built: list[int]) -> None:
    for name in ("files", "index", "staged", "mine"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "half.txt").write_text("half")
    (tmp_path / "helpcenter.sqlite3").write_bytes(b"half a database")
    (tmp_path / "notes.txt").write_text("mine")
    assert demo(tmp_path, "--build-only").exit_code == 0
    assert not any((tmp_path / name / "half.txt").exists() for name in ("files", "index", "staged"))
    assert (tmp_path / "helpcenter.sqlite3").read_bytes().startswith(b"SQLite format 3")
    assert (tmp_path / "mine" / "half.txt").exists() and (tmp_path / "notes.txt").read_text() == "mine"


def test_it_is_served_as_any_site_on_the_settings_of_a_demo(
    tmp_path: Path, built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    became: list[tuple[Any, ...]] = []
    monkeypatch.setattr(os, "execve", lambda *given: became.append(given))
    number = free_port()
    demo(tmp_path, "--port", str(number))
    ((_program, words, environ),) = became
    assert words[-1] == "serve"
    assert (environ["HELPCENTER_PORT"], environ["HELPCENTER_DATA_DIR"]) == (str(number), str(tmp_path))
    assert environ["HELPCENTER_DEMO"] and environ["HELPCENTER_LOG_LEVEL"] == "WARNING"


def test_whoever_asks_for_more_in_the_log_gets_it(
    tmp_path: Path, built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    became: list[tuple[Any, ...]] = []
    monkeypatch.setattr(os, "execve", lambda *given: became.append(given))
    monkeypatch.setenv("HELPCENTER_LOG_LEVEL", "DEBUG")
    demo(tmp_path, "--port", str(free_port()))
    assert became[0][2]["HELPCENTER_LOG_LEVEL"] == "DEBUG"
