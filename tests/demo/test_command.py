"""`helpcenter demo`, without the half minute in which a demo is made."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import config
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
    (tmp_path / "DEMO-BEGUN").touch()
    assert demo(tmp_path, "--build-only").exit_code == 0
    assert not any((tmp_path / name / "half.txt").exists() for name in ("files", "index", "staged"))
    assert (tmp_path / "helpcenter.sqlite3").read_bytes().startswith(b"SQLite format 3")
    assert (tmp_path / "mine" / "half.txt").exists() and (tmp_path / "notes.txt").read_text() == "mine"
    assert not (tmp_path / "DEMO-BEGUN").exists()


@pytest.mark.parametrize("name", ["helpcenter.sqlite3", "helpcenter.sqlite3-wal", "files/a/b.png"])
def test_a_folder_with_a_site_that_is_no_demo_is_not_touched(tmp_path: Path, built: list[int], name: str) -> None:
    theirs = tmp_path / name
    theirs.parent.mkdir(parents=True, exist_ok=True)
    theirs.write_text("theirs")
    refused = demo(tmp_path, "--build-only")
    assert refused.exit_code == 1 and "holds a site that is no demo; nothing was touched" in refused.output
    assert theirs.read_text() == "theirs" and built == []


def test_nothing_of_a_real_site_that_the_environment_names_is_taken_over(
    tmp_path: Path, built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    became: list[tuple[Any, ...]] = []
    monkeypatch.setattr(os, "execve", lambda *given: became.append(given))
    real = {
        "HELPCENTER_MAIL_SERVER": "mail.example.com",
        "HELPCENTER_MAILBOX_SERVER": "imap.example.com",
        "HELPCENTER_MAILBOX_ADDRESS": "help@example.com",
        "HELPCENTER_BASE_URL": "https://help.example.com",
        "HELPCENTER_OPENID_ISSUER": "https://login.example.com",
        "HELPCENTER_OPENID_CLIENT_ID": "help",
        "HELPCENTER_PRODUCT_SECRET": "a secret that the product signs with, long enough",
        "HELPCENTER_SECRET_KEY": "the secret key of the real site, long enough",
        "HELPCENTER_PRODUCTION": "yes",
        "DATABASE_URL": "postgresql+psycopg://help@127.0.0.1/help",
    }
    file = tmp_path / "settings.env"
    file.write_text("HELPCENTER_METRICS_TOKEN=a token that a monitor reads with, long enough\n")
    for name, value in {**real, "HELPCENTER_SETTINGS_FILE": str(file), "HELPCENTER_WORKERS": "3"}.items():
        monkeypatch.setenv(name, value)
    demo(tmp_path / "demo", "--port", str(free_port()))
    environ = became[0][2]
    settings = config.load(environ)
    assert not [name for name, value in real.items() if value in environ.values() and value != "yes"]
    assert (settings.mail_server, settings.mailbox_server, settings.base_url, settings.database_url) == ("",) * 4
    assert (settings.production, settings.metrics_token, settings.workers) == (False, "", 3)
    demo(tmp_path / "demo", "--port", str(free_port()), "--base-url", "https://try.example.com")
    assert config.load(became[1][2]).base_url == "https://try.example.com"


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
