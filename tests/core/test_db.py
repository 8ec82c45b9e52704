from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from config import Settings
from helpcenter.core import clock, content_version
from helpcenter.core.db import UndeclaredWrite, begin_write, db, is_writing, upsert
from helpcenter.core.lease import Lease
from tests import another_process
from tests.core import writing_process

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def lease(name: str = "one", at: datetime = NOON) -> Lease:
    return Lease(name=name, holder="somebody", expires_at=at)


def test_a_row_added_while_reading_is_refused(app: Flask) -> None:
    db.session.add(lease())
    with pytest.raises(UndeclaredWrite):
        db.session.commit()


@pytest.mark.parametrize(
    "statement",
    [
        insert(Lease).values(name="one", holder="x", expires_at=NOON),
        update(Lease).values(holder="x"),
        delete(Lease),
        insert(Lease.__table__).values(name="one", holder="x", expires_at=NOON),  # type: ignore[arg-type]
    ],
    ids=["insert", "update", "delete", "table"],
)
def test_a_statement_that_changes_is_refused_while_reading(app: Flask, statement: object) -> None:
    with pytest.raises(UndeclaredWrite):
        db.session.execute(statement)  # type: ignore[call-overload]


def test_an_upsert_is_refused_while_reading(app: Flask) -> None:
    with pytest.raises(UndeclaredWrite):
        db.session.execute(upsert(Lease).values(name="one", holder="x", expires_at=NOON).on_conflict_do_nothing())


def test_what_is_written_after_begin_write_stays(app: Flask) -> None:
    begin_write()
    db.session.add(lease())
    db.session.commit()
    db.session.remove()
    assert db.session.execute(select(Lease.holder)).scalar() == "somebody"


def test_a_commit_ends_the_permission_to_write(app: Flask) -> None:
    begin_write()
    db.session.commit()
    db.session.add(lease())
    with pytest.raises(UndeclaredWrite):
        db.session.flush()


def test_changes_made_before_begin_write_are_refused(app: Flask) -> None:
    db.session.add(lease())
    with pytest.raises(UndeclaredWrite):
        begin_write()


def test_a_write_inside_a_write_is_refused_and_loses_nothing(app: Flask) -> None:
    begin_write()
    db.session.execute(insert(Lease).values(name="one", holder="x", expires_at=NOON))
    with pytest.raises(UndeclaredWrite):
        begin_write()
    db.session.commit()
    assert db.session.execute(select(Lease.name)).scalars().all() == ["one"]


def test_reading_is_not_writing(app: Flask) -> None:
    db.session.execute(select(Lease))
    assert not is_writing(db.session())
    begin_write()
    assert is_writing(db.session())


def test_a_naive_time_is_refused(app: Flask) -> None:
    begin_write()
    db.session.add(lease(at=datetime(2026, 3, 1, 12)))
    with pytest.raises(StatementError, match="naive"):
        db.session.flush()


def test_a_time_comes_back_in_utc_whatever_zone_it_came_in(app: Flask) -> None:
    begin_write()
    db.session.add(lease(at=NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))))
    db.session.commit()
    db.session.remove()
    kept = db.session.execute(select(Lease.expires_at)).scalar_one()
    assert kept == NOON
    assert kept.utcoffset() == timedelta(0)


def test_an_error_does_not_tell_what_was_written(app: Flask) -> None:
    for _ in range(2):
        begin_write()
        statement = insert(Lease).values(name="one", holder="what a person typed", expires_at=NOON)
        try:
            db.session.execute(statement)
            db.session.commit()
        except IntegrityError as error:
            assert "what a person typed" not in str(error)
            return
    pytest.fail("the second row with the same key was taken")


def test_foreign_keys_hold_on_every_database(app: Flask) -> None:
    with db.engine.connect().execution_options(writing=True) as connection:
        connection.execute(text("CREATE TEMPORARY TABLE parent (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TEMPORARY TABLE child (id INTEGER REFERENCES parent (id))"))
        with pytest.raises(IntegrityError):
            connection.execute(text("INSERT INTO child VALUES (7)"))
        connection.rollback()


def test_sqlite_waits_for_the_disk_before_it_says_saved(app: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL is set up by whoever runs it")
    pragmas = {name: db.session.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2}


def test_a_connection_that_died_takes_nothing_from_an_answer_that_was_made(app: Flask) -> None:
    for _ in range(2):
        with app.app_context():
            assert db.session.execute(text("SELECT 1")).scalar() == 1
            db.session.connection().connection.driver_connection.close()  # type: ignore[union-attr]


def test_the_connection_that_was_used_last_is_used_next(app: Flask) -> None:
    # Of several that lie ready, as many threads at once leave them.
    ready = [db.engine.connect() for _ in range(3)]
    for one in ready:
        one.close()
    used = []
    for _ in range(3):
        begin_write(survives_power_cut=False)
        used.append(db.session.connection().connection.driver_connection)
        db.session.commit()
    assert used[0] is used[1] is used[2]


def test_four_processes_write_at_once_and_none_is_turned_away(app: Flask, settings: Settings) -> None:
    before, processes, times = content_version.current(), 4, 60
    given = (str(settings.data_dir), settings.database_url, times)
    running = [another_process.begun(writing_process.main, *given) for _ in range(processes)]
    assert [another_process.ended(process) for process in running] == [0] * processes
    db.session.rollback()
    assert content_version.current() == before + processes * times


def test_the_clock_moves_for_its_block_only() -> None:
    with clock.moved(NOON):
        assert clock.now() == NOON
    assert clock.now() != NOON
    with pytest.raises(ValueError, match="naive"), clock.moved(datetime(2026, 3, 1)):
        pass


def test_in_the_tests_what_has_no_order_comes_backwards(app: Flask) -> None:
    begin_write()
    db.session.add_all([lease("a"), lease("b"), lease("c")])
    db.session.commit()
    if db.engine.dialect.name == "sqlite":
        assert db.session.scalars(text("SELECT name FROM lease")).all() == ["c", "b", "a"]
