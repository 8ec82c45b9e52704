"""One app on one database for the whole run; every test starts with empty tables and an empty data folder."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Connection, create_engine, make_url, text

from config import Settings
from helpcenter.app import create_app
from helpcenter.core import content_version, logs, migration
from helpcenter.core.db import db, is_writing
from tests import alike
from tests.any_order import reverse_what_has_no_order
from tests.cast import Cast
from tests.core import imap_server
from tests.core.imap_server import ImapServer
from tests.fresh_database import app_without_tables

TEST_DATABASE_URL = os.environ.get("TEST_DATABASE_URL", "")
# What is made while the tests are collected stays to the end: to look through it again and again takes longer than all
# the rest of the collecting.
gc.disable()
# A busy machine is slow, which is no defect of a rule.
hypothesis_settings.register_profile("no deadline", deadline=None)
# For a night: HYPOTHESIS_PROFILE=many .venv/bin/pytest tests/core/markdown
hypothesis_settings.register_profile("many", deadline=None, max_examples=5_000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "no deadline"))
reverse_what_has_no_order()
KEPT_FOLDERS = (
    "assets",
    "helpcenter.sqlite3",
    "helpcenter.sqlite3-wal",
    "helpcenter.sqlite3-shm",
    "helpcenter.sqlite3-turn",
    "helpcenter.sqlite3-upgrade",
    "secret_key",
)


class Browser(FlaskClient):
    """A client whose every request has a context and a database session of its own, as it has in a server.

    Without this all requests of a test would share the `g` of the test: its language, its viewer, its site.
    """

    def run_wsgi_app(self, *args: Any, **kwargs: Any) -> Any:
        # A thread of a test has no context of its own.
        in_test = has_app_context()
        if in_test and is_writing(db.session()):
            raise AssertionError("commit before the browser asks: the request has a transaction of its own")
        with self.application.app_context():
            answer = super().run_wsgi_app(*args, **kwargs)
        if in_test:
            # The test's own session forgets what it read before, so that it sees what the request committed.
            db.session.rollback()
        return answer


def database_url(worker: str) -> str:
    """The database of one test process: empty for SQLite, else a database made for this process."""
    if not TEST_DATABASE_URL or not worker:
        return TEST_DATABASE_URL
    url = make_url(TEST_DATABASE_URL)
    own = url.set(database=f"{url.database}_{worker}")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if not connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": own.database}):
            connection.execute(text(f'CREATE DATABASE "{own.database}"'))
    engine.dispose()
    return own.render_as_string(hide_password=False)


WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
JOURNAL = "journal_entry"
SEQUENCES = "SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public'"
DATABASE_FIXTURES = {"settings", "fresh", "site"}
LONGEST = (
    "tests/browser/test_pages.py",
    "tests/browser/test_manual.py",
    "tests/cli",
    "tests/core/markdown/test_hostile_text.py",
    "tests/browser",
    "tests/house/test_canary.py",
    "tests/demo",
)
"""Begun first, so that at the end no worker waits for the other's long file."""


def place_in_line(item: pytest.Item) -> int:
    """0 for what is begun first."""
    path = item.path.relative_to(item.config.rootpath)
    return next((place for place, name in enumerate(LONGEST) if path.is_relative_to(name)), len(LONGEST))


def touches_database(item: pytest.Item) -> bool:
    """Whether a test asks for a database, by its fixtures or by what an engine of search stands on."""
    call = getattr(item, "callspec", None)
    if call is not None and "engine" in call.params:
        return bool(call.params["engine"] == "postgres")
    return bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With HELPCENTER_TESTS_DATABASE_ONLY leave out what touches no database, or says nothing new about a second one.

    Of the journeys in a browser two go through both: whatever they ask for is asked by faster tests as well.
    """
    items.sort(key=place_in_line)
    if not os.environ.get("HELPCENTER_TESTS_DATABASE_ONLY"):
        return
    listed = alike.names()
    without = [
        item
        for item in items
        if item.get_closest_marker("look")
        or item.get_closest_marker("alike")
        or item.nodeid.partition("[")[0] in listed
        or not touches_database(item)
    ]
    config.hook.pytest_deselected(items=without)
    items[:] = [item for item in items if item not in set(without)]


def pytest_collection_finish(session: pytest.Session) -> None:
    """From here on what is thrown away is looked for among what the tests themselves make."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data folder of its own; PostgreSQL where TEST_DATABASE_URL says so."""
    return Settings(
        data_dir=tmp_path_factory.mktemp("data"),
        database_url=database_url(WORKER),
        secret_key="a secret that only the tests know, long enough",
        base_url="http://localhost",
        limits_enabled=False,
        # No test asks a site that is not its own.
        check_outside_links=False,
    )


@pytest.fixture(scope="session")
def the_app(settings: Settings) -> Flask:
    app = create_app(settings)
    app.testing = True
    app.test_client_class = Browser
    with app.app_context():
        db.drop_all()
        with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
            connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        migration.upgrade()
    return app


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Flask]:
    """An app on a database without a single table, inside its context."""
    with app_without_tables(tmp_path, database_url(f"migrations{WORKER}")) as app:
        yield app


@pytest.fixture
def app(the_app: Flask, settings: Settings) -> Iterator[Flask]:
    """The app inside its context, on empty tables."""
    with on_empty_tables(the_app, settings):
        yield the_app


@contextmanager
def on_empty_tables(the_app: Flask, settings: Settings) -> Iterator[None]:
    """An app context in which nothing of what was before is left."""
    # An app that another test made may have told this process to say less.
    logs.configure(settings.log_level)
    with the_app.app_context():
        _empty_tables()
        _empty_folder(settings.data_dir)
        content_version.ensure_row()
        the_app.extensions["page_store"].clear()
        the_app.extensions.pop("kept_values", None)
        yield
        db.session.rollback()
        db.session.remove()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Ada (editor), Sam (agent), Ben (asks), Cleo (answers), Mia (moderator), Root (admin), made when first named."""
    return Cast(app)


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """A browser nobody is signed in with."""
    return app.test_client()


@pytest.fixture
def plan(app: Flask) -> Iterator[Callable[[Any], list[str]]]:
    """Asks SQLite, which keeps no statistics, in which steps it would read something; one string a step."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        db.metadata.create_all(connection)

        def steps(statement: Any) -> list[str]:
            words = str(statement.compile(engine, compile_kwargs={"literal_binds": True}))
            return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}")]

        yield steps
    engine.dispose()


@pytest.fixture(scope="session")
def the_imap_server() -> Iterator[ImapServer]:
    with imap_server.running() as server:
        yield server


@pytest.fixture
def imap(the_imap_server: ImapServer) -> ImapServer:
    """A real mailbox without a letter."""
    the_imap_server.empty()
    return the_imap_server


def _without_its_guard(statements: list[str], connection: Connection) -> list[str]:
    """The journal refuses that anything is taken out of it; between two tests it looks away."""
    if db.engine.dialect.name == "postgresql":
        switch = f"ALTER TABLE {JOURNAL} {{}} TRIGGER USER"
        return [switch.format("DISABLE"), *statements, switch.format("ENABLE")]
    guard = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'journal_entry_stays'"))
    return ["DROP TRIGGER journal_entry_stays", *statements, str(guard)]


def _empty_tables() -> None:
    """Empty the few that hold something. TRUNCATE makes new files for each, which takes longer than most tests."""
    tables = [one.name for one in reversed(db.metadata.sorted_tables)]
    held = " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in tables)
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        full = {name for (name,) in connection.exec_driver_sql(held)}
        statements = [f'DELETE FROM "{one}"' for one in tables if one in full]
        if JOURNAL in full:
            statements = _without_its_guard(statements, connection)
        if db.engine.dialect.name == "postgresql":
            counters = [f"setval('{name}', 1, false)" for name in connection.scalars(text(SEQUENCES))]
            statements = ["; ".join([*statements, f"SELECT {', '.join(counters)}"])]
        for statement in statements:
            connection.exec_driver_sql(statement)


def _empty_folder(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name not in KEPT_FOLDERS:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
