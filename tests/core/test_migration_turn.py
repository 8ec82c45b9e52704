"""Whose turn it is to change the tables."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from flask import Flask

from helpcenter.core import migration_turn
from helpcenter.core.db import db


def test_the_second_says_that_it_waits_and_goes_on_when_the_first_has_ended(app: Flask) -> None:
    waits, said = Event(), []

    def second() -> None:
        with app.app_context(), migration_turn.turn(db.engine, lambda: waits.set() or said.append("waits")):
            said.append("second")

    with ThreadPoolExecutor(1) as pool:
        with migration_turn.turn(db.engine, lambda: said.append("nobody was there")):
            other = pool.submit(second)
            assert waits.wait(20)
            said.append("first")
        other.result(20)
    assert said == ["waits", "first", "second"]


def test_a_file_system_without_locks_keeps_nobody_from_the_tables(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(migration_turn.fcntl, "flock", refuse)
    done = []
    with migration_turn.turn(db.engine, lambda: done.append("waits")):
        done.append("mine")
    assert done == ["mine"]
