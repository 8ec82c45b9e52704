from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Callable

import pytest
from click import Context, Group
from click.testing import CliRunner
from flask import Flask
from sqlalchemy.exc import OperationalError

from helpcenter import cli
from helpcenter.accounts import user
from helpcenter.cli import commands
from helpcenter.core import jobs, migration
from helpcenter.core.refusals import Paused


def names() -> list[str]:
    return commands.list_commands(Context(commands))


@pytest.mark.parametrize("name", names())
def test_every_command_says_what_it_does(name: str) -> None:
    command = commands.get_command(Context(commands), name)
    assert command is not None
    assert command.help
    for verb in command.commands.values() if isinstance(command, Group) else ():
        assert verb.help, f"helpcenter {name} {verb.name}"


def test_help_lists_every_noun() -> None:
    shown = CliRunner().invoke(commands, ["--help"]).output
    assert {"serve", "jobs", "database"} <= set(names())
    assert all(name in shown for name in names())


def test_an_unknown_noun_is_told() -> None:
    result = CliRunner().invoke(commands, ["nonsense"])
    assert result.exit_code == 2
    assert "nonsense" in result.output


def test_one_command_does_not_wait_for_the_imports_of_another() -> None:
    probe = (
        "import sys; from helpcenter.cli import commands; commands.get_command(None, 'jobs');"
        "print([name for name in ('flask', 'sqlalchemy', 'granian', 'whoosh') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"


def test_the_database_can_be_brought_up_to_date_twice(app: Flask) -> None:
    for _ in range(2):
        result = CliRunner().invoke(commands, ["database", "upgrade"], obj=app)
        assert result.exit_code == 0, result.output


def test_jobs_are_listed_with_how_they_ended(app: Flask) -> None:
    jobs.run_due(app)
    shown = CliRunner().invoke(commands, ["jobs", "list"], obj=app).output
    for rule in jobs.rules(app).values():
        assert rule.name in shown


@pytest.mark.parametrize("line", ["people list", "people log-out ben@example.org", "search health", "journeys settle"])
def test_a_command_where_there_is_no_site_says_so(fresh: Flask, line: str) -> None:
    told = CliRunner().invoke(commands, line.split(), obj=fresh)
    assert told.exit_code == 1
    assert "there is no site in" in told.output
    assert "HELPCENTER_DATA_DIR" in told.output


def test_a_command_on_the_tables_of_an_older_release_says_so(fresh: Flask) -> None:
    migration.upgrade("0010")
    told = CliRunner().invoke(commands, ["journeys", "settle"], obj=fresh)
    assert (told.exit_code, told.output) == (
        1,
        "Error: the database is of an older release. Run `helpcenter upgrade` first\n",
    )


def test_what_a_database_refuses_otherwise_is_not_explained_away(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = OperationalError("SELECT 1", {}, Exception("disk I/O error"))
    monkeypatch.setattr(user, "by_email", raising(problem))
    told = CliRunner().invoke(commands, ["people", "link", "ben@example.org"], obj=app)
    assert told.exception is problem


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (Paused(), "helpcenter: nothing can be saved: the site is being moved, or was.\n"),
        (OSError(errno.ENOSPC, "No space left on device"), "helpcenter: there is no space left on the disk."),
    ],
)
def test_what_an_operator_can_put_right_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], problem: Exception, told: str
) -> None:
    monkeypatch.setattr(cli, "commands", lambda **_given: raising(problem)())
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert ended.value.code == 1 and said.startswith(told) and said.count("\n") == 1


def test_what_nobody_foresaw_shows_where_it_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "commands", lambda **_given: raising(KeyError("unforeseen"))())
    with pytest.raises(KeyError, match="unforeseen"):
        cli.main()


def raising(problem: Exception) -> Callable[..., None]:
    def now(*_: object) -> None:
        raise problem

    return now
