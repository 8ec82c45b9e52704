from __future__ import annotations

import subprocess
import sys

import pytest
from click import Context, Group
from click.testing import CliRunner
from flask import Flask

from helpcenter.cli import commands
from helpcenter.core import jobs


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
