"""The last lines of the table say what it does not speak of: a promise that nobody tried was not kept."""

from __future__ import annotations

from collections import Counter

import pytest

from drills import __main__ as table
from drills.all import WITH_A_SERVER


def test_what_was_not_run_is_counted_with_its_reason() -> None:
    said = table.summary(Counter({"kept": 3, "broken": 1, "only root may mount a disk": 2, "no hosts": 1}))
    assert said.splitlines()[1:] == [
        "3 kept, 1 broken, 3 not run:",
        "  1: no hosts",
        "  2: only root may mount a disk",
    ]


def test_a_table_that_is_whole_says_so_too() -> None:
    assert table.summary(Counter({"kept": 2})).strip() == "2 kept, 0 broken, 0 not run"


def test_without_postgresql_each_of_its_drills_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(table, "programs", lambda: None)
    monkeypatch.setattr("sys.argv", ["drills", "--database", "PostgreSQL"])
    assert table.main() == 0
    said = capsys.readouterr().out
    assert said.count("not run: PostgreSQL is not installed") == int(said.split()[-5].rstrip(":"))
    assert all(name in said for name in WITH_A_SERVER)
