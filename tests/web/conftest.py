"""Apps on which something is broken, and what a page costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from config import Settings
from helpcenter.app import create_app
from helpcenter.core.db import db
from helpcenter.core.plain_reader import PlainReader


@pytest.fixture
def without_database(settings: Settings) -> Flask:
    """An app whose database server does not answer."""
    return create_app(replace(settings, database_url="postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2"))


@pytest.fixture
def statements(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[FlaskClient, str], int]]:
    """Counts the statements of a page, with those that are read before the app is asked."""
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    def count(browser: FlaskClient, path: str) -> int:
        asked.clear()
        assert browser.get(path).status_code == 200
        return sum(not one.startswith(("BEGIN", "PRAGMA")) for one in asked)

    def read(self: PlainReader, statement: str, values: object) -> object:
        asked.append(statement)
        return plain(self, statement, values)

    plain = PlainReader._ask
    monkeypatch.setattr(PlainReader, "_ask", read)

    event.listen(db.engine, "before_cursor_execute", note)
    yield count
    event.remove(db.engine, "before_cursor_execute", note)
