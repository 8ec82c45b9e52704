"""Other places for the site of the tests, each empty."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from config import SQLITE_FILE, Settings
from helpcenter.app import create_app
from helpcenter.core import migration, pause
from helpcenter.core.db import db
from tests.conftest import TEST_DATABASE_URL

KINDS = ("sqlite", "postgresql") if TEST_DATABASE_URL else ("sqlite",)
"""What there is to bring rows into in this run."""
Elsewhere = Callable[..., Settings]


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Settings]:
    """A site with tables and without rows on each kind of database, to be copied: migrating takes seconds."""
    made = {}
    for kind in KINDS:
        folder = tmp_path_factory.mktemp("template")
        url = _made("template") if kind == "postgresql" else ""
        made[kind] = Settings(data_dir=folder, database_url=url, secret_key="x" * 40, log_level="ERROR")
        with create_app(made[kind]).app_context():
            migration.upgrade()
            db.session.remove()
            db.engine.dispose()
    return made


@pytest.fixture
def elsewhere(settings: Settings, tmp_path: Path, templates: dict[str, Settings]) -> Elsewhere:
    """Gives settings of an empty place by the kind of its database: the same site, in a folder of its own.

    Its database has the tables of this release, or with `bare` none.
    """

    def place(kind: str, *, bare: bool = False) -> Settings:
        template, folder, url = templates[kind], tmp_path / kind, ""
        if kind == "postgresql":
            url = _made("copy", like="" if bare else str(make_url(template.database_url).database))
        elif not bare:
            folder.mkdir()
            shutil.copy(template.data_dir / SQLITE_FILE, folder / SQLITE_FILE)
        return Settings(
            data_dir=folder,
            database_url=url,
            secret_key=settings.secret_key,
            base_url=settings.base_url,
            limits_enabled=False,
            check_outside_links=False,
            log_level="ERROR",
        )

    return place


def _made(name: str, like: str = "") -> str:
    """A PostgreSQL database of this test process, made again, perhaps as a copy of another one."""
    url = make_url(TEST_DATABASE_URL)
    new = f"{url.database}_{os.environ.get('PYTEST_XDIST_WORKER', '')}_{name}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{new}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{new}"' + (f' TEMPLATE "{like}"' if like else "")))
    engine.dispose()
    return url.set(database=new).render_as_string(hide_password=False)


@pytest.fixture
def writable(app: Flask) -> Iterator[Flask]:
    """The app of the tests, to whose database one can write again afterwards, whatever the test did."""
    yield app
    db.session.rollback()
    pause.end(db.engine)
