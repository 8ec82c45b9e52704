from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from config import SQLITE_FILE
from helpcenter.app import create_app
from helpcenter.backup import bringing, moving, target
from helpcenter.backup.refusal import Refused
from helpcenter.core import pause
from helpcenter.core.db import begin_write, db
from helpcenter.core.pause import Pause
from helpcenter.core.refusals import Paused
from tests.backup.conftest import KINDS, Elsewhere
from tests.cast import PASSWORD as OF_EVERYBODY
from tests.cast import Cast, email_of

PASSWORD = "quimferd"
ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def to(elsewhere: Elsewhere) -> str:
    """Where to move: a database of the last kind there is."""
    return address(elsewhere, KINDS[-1])


def address(elsewhere: Elsewhere, kind: str, *, bare: bool = False) -> str:
    place = elsewhere(kind, bare=bare)
    return place.database_url or f"sqlite:///{place.data_dir / SQLITE_FILE}"


def tags(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = list(connection.scalars(text("SELECT name FROM tag ORDER BY name")))
    engine.dispose()
    return found


def put_tag(name: str) -> None:
    begin_write()
    db.session.execute(text("INSERT INTO tag (name) VALUES (:name)"), {"name": name})
    db.session.commit()


def refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except (Paused, DBAPIError) as problem:
        db.session.rollback()
        return pause.is_pause(problem)
    return False


@pytest.mark.parametrize("kind", KINDS)
def test_from_the_copy_on_nothing_can_be_saved_on_the_old_database(
    writable: Flask, cast: Cast, stranger: FlaskClient, elsewhere: Elsewhere, kind: str
) -> None:
    cast.id_of("ada")
    put_tag("before")
    url = address(elsewhere, kind)
    moved = moving.move(writable, url)
    assert (moved.new, tags(url)) == (url, ["before"])
    assert refused(lambda: put_tag("lost"))
    assert stranger.get("/en/").status_code == 200
    answer = stranger.post("/login", data={"email": email_of("ada"), "password": OF_EVERYBODY}, headers=ORIGIN)
    assert answer.status_code == 503
    assert "Nothing can be saved right now" in answer.text
    assert "moved to another one" in moving.state_at_start(writable)
    with pytest.raises(Refused, match="moved already"):
        moving.move(writable, url)
    assert moving.cancel(writable)
    assert not moving.cancel(writable)
    put_tag("after")
    assert tags(url) == ["before"]


def test_whoever_began_to_write_before_is_waited_for(writable: Flask, to: str) -> None:
    began, may_commit = Event(), Event()

    def write() -> None:
        with writable.app_context():
            begin_write()
            db.session.execute(text("INSERT INTO tag (name) VALUES ('acknowledged')"))
            began.set()
            assert may_commit.wait(30)
            db.session.commit()

    writer = Thread(target=write)
    mover = Thread(target=moving.move, args=(writable, to))
    writer.start()
    assert began.wait(30)
    mover.start()
    mover.join(1.5)
    assert mover.is_alive()
    may_commit.set()
    writer.join()
    mover.join()
    assert tags(to) == ["acknowledged"]


@pytest.mark.parametrize("problem", [KeyboardInterrupt, Refused("no")])
def test_a_copy_that_fails_lets_people_write_again_and_can_be_repeated(
    writable: Flask, to: str, monkeypatch: pytest.MonkeyPatch, problem: BaseException
) -> None:
    def fail(*_: object, **__: object) -> None:
        assert pause.of(db.engine) is Pause.COPYING
        raise problem

    with monkeypatch.context() as now:
        now.setattr(bringing.loading, "compare", fail)
        with pytest.raises((KeyboardInterrupt, Refused)):
            moving.move(writable, to)
    put_tag("written after the failure")
    moving.move(writable, to)
    assert tags(to) == ["written after the failure"]


def test_a_copy_that_was_killed_is_over_at_the_next_start_or_move(writable: Flask, to: str) -> None:
    pause.begin(db.engine, Pause.COPYING)
    assert refused(lambda: put_tag("lost"))
    assert moving.state_at_start(writable) == ""
    put_tag("kept")
    pause.begin(db.engine, Pause.COPYING)
    moving.move(writable, to)
    assert tags(to) == ["kept"]


def test_a_start_during_a_copy_says_so_and_leaves_it_alone(
    writable: Flask, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    compare = bringing.loading.compare

    def look(*arguments: object) -> None:
        said.append(moving.state_at_start(writable))
        with pytest.raises(Refused, match="being moved already"):
            moving.move(writable, to)
        compare(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(bringing.loading, "compare", look)
    moving.move(writable, to)
    assert ["is being copied" in line for line in said] == [True]


def test_a_rehearsal_keeps_nothing_and_hinders_nobody(
    writable: Flask, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_tag("before")
    compare = bringing.loading.compare

    def write_meanwhile(*arguments: object) -> None:
        compare(*arguments)  # type: ignore[arg-type]
        put_tag("meanwhile")

    monkeypatch.setattr(bringing.loading, "compare", write_meanwhile)
    assert moving.move(writable, to, rehearse=True).rows >= 1
    assert tags(to) == []
    assert pause.of(db.engine) is None


def test_a_place_that_is_not_empty_is_refused_before_anybody_is_hindered(
    writable: Flask, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    to = address(elsewhere, "postgresql", bare=True) if "postgresql" in KINDS else f"sqlite:///{tmp_path}/foreign"
    engine = create_engine(to)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE somebody_elses (id INTEGER)"))
    engine.dispose()
    with pytest.raises(Refused, match="holds tables of something else"):
        moving.move(writable, to)
    put_tag("before")
    inside = address(elsewhere, "sqlite")
    moving.move(writable, inside)
    moving.cancel(writable)
    with pytest.raises(Refused, match="there is a site in it already"):
        moving.move(writable, inside)
    put_tag("after")


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("nonsense", "no address of a database"),
        (f"mysql://help:{PASSWORD}@127.0.0.1/x", "does not run on mysql"),
        (f"postgresql://help:{PASSWORD}@127.0.0.1/", "names no database"),
        (f"postgresql+psycopg://help:{PASSWORD}@127.0.0.1:1/x", "refused"),
        (f"postgresql+psycopg://help:{PASSWORD}@127.0.0.1:x/x", "no address of a database"),
        (f"postgresql+psycopg://help:a@{PASSWORD}/x@127.0.0.1/x", "more than one @"),
    ],
)
def test_a_wrong_address_is_told_without_its_password(writable: Flask, url: str, told: str) -> None:
    with pytest.raises(Refused, match=told) as problem:
        moving.move(writable, url)
    assert PASSWORD not in str(problem.value)
    assert "\n" not in str(problem.value)
    put_tag("goes on")


@pytest.mark.skipif("postgresql" not in KINDS, reason="SQLite has no users")
def test_whoever_may_not_make_tables_is_told_so(writable: Flask, to: str) -> None:
    engine = create_engine(to, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP ROLE IF EXISTS helpcenter_guest"))
        connection.execute(text(f"CREATE ROLE helpcenter_guest LOGIN PASSWORD '{PASSWORD}'"))
        connection.execute(text("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
        guest = make_url(to).set(username="helpcenter_guest", password=PASSWORD)
        try:
            with pytest.raises(Refused, match="may not make tables"):
                moving.move(writable, guest.render_as_string(hide_password=False))
        finally:
            connection.execute(text("DROP ROLE helpcenter_guest"))
    engine.dispose()
    assert PASSWORD not in target.shown(guest.render_as_string(hide_password=False))


@pytest.mark.skipif("postgresql" not in KINDS, reason="SQLite takes texts of any length")
def test_a_value_that_the_other_database_does_not_take_is_named_by_its_row(elsewhere: Elsewhere, to: str) -> None:
    small = create_app(elsewhere("sqlite"))
    with small.app_context():
        put_tag("short")
        put_tag("quimferd" * 5)
        with pytest.raises(Refused, match=r"^name in row 2 of tag is not taken: value too long") as problem:
            moving.move(small, to)
        assert PASSWORD not in str(problem.value)
        put_tag("goes on")
