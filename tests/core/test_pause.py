from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, event, select, text
from sqlalchemy.exc import DBAPIError

from helpcenter.core import lease, pause
from helpcenter.core.db import begin_write, db
from helpcenter.core.lease import Lease
from helpcenter.core.pause import Pause
from helpcenter.core.refusals import Paused
from helpcenter.web.error_table import retry_after, status_of


@pytest.fixture
def paused(app: Flask) -> Iterator[Flask]:
    """The site while nothing can be saved."""
    pause.begin(db.engine, Pause.COPYING)
    yield app
    db.session.rollback()
    pause.end(db.engine)


def test_nothing_is_saved_and_everything_read(paused: Flask) -> None:
    with pytest.raises((Paused, DBAPIError)) as problem:
        lease.take("a lease", "me", 60)
    db.session.rollback()
    assert pause.is_pause(problem.value)
    assert (status_of(problem.value), retry_after(problem.value, 503)) == (503, 60)
    assert db.session.scalars(select(Lease)).all() == []


def test_rows_that_are_only_deleted_or_changed_stay_too(app: Flask) -> None:
    lease.take("a lease", "me", 60)
    pause.begin(db.engine, Pause.MOVED)
    try:
        for statement in ("DELETE FROM lease", "UPDATE lease SET holder = ''", "DELETE FROM lease WHERE name = 'none'"):
            with pytest.raises((Paused, DBAPIError)):
                begin_write().execute(text(statement))
            db.session.rollback()
    finally:
        pause.end(db.engine)
    assert db.session.scalars(select(Lease.holder)).all() == ["me"]


def test_it_says_why_and_ends(app: Flask) -> None:
    assert pause.of(db.engine) is None
    for why in (Pause.COPYING, Pause.MOVED, Pause.MOVED):
        pause.begin(db.engine, why)
        assert pause.of(db.engine) is why
    pause.end(db.engine)
    pause.end(db.engine)
    assert pause.of(db.engine) is None
    assert lease.take("a lease", "me", 60)


def test_others_who_do_not_stop_writing_are_waited_for_and_then_it_is_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pause, "PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(pause, "LOCK_MILLISECONDS", 20)
    with db.engine.connect().execution_options(writing=True) as other, other.begin():
        other.execute(text("UPDATE content_version SET version = version + 1"))
        with pytest.raises(Paused, match="others do not stop writing"):
            pause.begin(_hasty(db.engine), Pause.COPYING)
    assert pause.of(db.engine) is None
    assert lease.take("a lease", "me", 60)


def test_what_is_wrong_otherwise_is_told_at_once(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'no' / 'such'}.sqlite3")
    with pytest.raises(DBAPIError, match="unable to open"):
        pause.begin(engine, Pause.COPYING)


def _hasty(engine: Engine) -> Engine:
    """Of SQLite one that asks once for the lock, and not for seconds."""
    if engine.dialect.name == "postgresql":
        return engine
    hasty = create_engine(engine.url, connect_args={"timeout": 0, "isolation_level": "IMMEDIATE"})
    event.listen(hasty, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return hasty


def test_the_site_is_ready_and_says_that_it_takes_no_changes(paused: Flask, stranger: FlaskClient) -> None:
    answer = stranger.get("/readyz")
    assert answer.status_code == 200
    assert answer.json
    assert answer.json["problems"]["changes"] == "can not be saved: the site is being moved, or was"
