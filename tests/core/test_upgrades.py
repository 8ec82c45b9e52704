"""From every earlier release, with something in every table it had, everything is there after the upgrade."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade as run_migrations
from sqlalchemy import Connection

from helpcenter.core import migration
from helpcenter.core.db import db
from tests.cast import Cast
from tests.core.plausible_rows import Maker, Row, read, shapes
from tests.core.test_migrations import differences, revisions

# Tables that a release did without, with where their rows are since.
MOVED = {"feedback_done": "feedback_state"}
# What a migration meant to change in rows that were there.
REWRITTEN: frozenset[str] = frozenset()
STOPS = 4
"""So many times what is there so far is committed, and what follows is one transaction again, as an upgrade is."""


class Walk:
    """Goes along with the migrations: after each it looks at what was there before, and fills what is new."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {}
        self._shapes: dict[str, str] = {}
        self._maker = Maker()
        self.seen: list[str] = []

    def step(self, *, ctx: Any, step: Any, **_: Any) -> None:
        """Called by the migrations after each of them, in their transaction."""
        connection, revision = ctx.connection, step.up_revision_id
        self.look(connection, revision)
        now = shapes(connection)
        self._maker.add(connection, (name for name, made in now.items() if self._shapes.get(name) != made))
        self._shapes = now
        self._rows = {name: read(connection, name) for name in now}
        assert not [name for name, rows in self._rows.items() if not rows], f"{revision} has empty tables"
        self.seen.append(revision)

    def look(self, connection: Connection, revision: str) -> None:
        """Whether every row is still there, with what it said."""
        there = shapes(connection)
        for name, before in self._rows.items():
            place = name if name in there else MOVED[name]
            after = read(connection, place)
            assert len(after) >= len(before), f"{revision} lost rows of {name}"
            if name in there and before:
                assert_kept(before, after, f"{revision}: {name}")
        if connection.dialect.name == "sqlite":
            strays = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            assert not strays, f"{revision} left rows that refer to nothing: {strays}"


def assert_kept(before: list[Row], after: list[Row], where: str) -> None:
    """Each row with its values, in the columns that both have."""
    common = [name for name in before[0] if name in after[0] and f"{where}.{name}" not in REWRITTEN]
    values = {repr([row[name] for name in common]) for row in after}
    lost = [row for row in before if repr([row[name] for name in common]) not in values]
    assert not lost, f"{where} changed {lost}"


@pytest.fixture
def walked(fresh: Flask) -> Walk:
    walk, every = Walk(), revisions()
    migration.prepare(fresh)
    fresh.extensions["migrate"].configure_args["on_version_apply"] = walk.step
    for stop in range(1, STOPS + 1):
        run_migrations(directory=str(migration.FOLDER), revision=every[len(every) * stop // STOPS - 1])
    assert walk.seen == every
    migration.upgrade()
    return walk


def test_whatever_an_earlier_release_kept_is_kept_and_shown(walked: Walk, fresh: Flask) -> None:
    with db.engine.connect() as connection:
        walked.look(connection, "the end")
    assert differences() == []
    root = Cast(fresh).browser("root")
    fresh.testing = True
    for address in addresses(fresh):
        for browser in (fresh.test_client(), root):
            answer = browser.get(address)
            assert answer.status_code < 500, f"{address}: {answer.status}"
    for address in ("/en/articles/1", "/en/questions/1", "/studio", "/inbox/1", "/reports"):
        assert root.get(address, follow_redirects=True).status_code == 200, address


def addresses(app: Flask) -> list[str]:
    """Every page that needs nothing but its language, and an article, a question and a conversation of before."""
    known = {"locale": "en", "article_id": "1", "question_id": "1", "conversation_id": "1"}
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= known.keys():
            with app.test_request_context():
                found.append(rule.build({name: known[name] for name in rule.arguments})[1])
    return sorted(found)
