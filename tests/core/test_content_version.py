from __future__ import annotations

from flask import Flask
from sqlalchemy import select, text

from helpcenter.core import content_version
from helpcenter.core.content_version import Part, content_changed
from helpcenter.core.db import begin_write, db


def write(*, changes: int, commits: bool = True, of: Part | None = None) -> None:
    begin_write()
    for _ in range(changes):
        content_changed(of)
    db.session.commit() if commits else db.session.rollback()


def test_a_commit_raises_the_version_once_however_much_changed(app: Flask) -> None:
    before = content_version.current()
    write(changes=3)
    assert content_version.current() == before + 1


def test_a_write_of_something_private_leaves_the_version(app: Flask) -> None:
    before = content_version.current()
    write(changes=0)
    assert content_version.current() == before


def test_what_was_rolled_back_raises_nothing_later(app: Flask) -> None:
    before = content_version.current()
    write(changes=1, commits=False)
    write(changes=0)
    assert content_version.current() == before


def test_the_version_rises_even_when_its_row_was_never_made(app: Flask) -> None:
    begin_write()
    db.session.delete(db.session.get(content_version.ContentVersion, 1))
    db.session.commit()
    assert content_version.current() == 0
    write(changes=1)
    assert content_version.current() == 1


def test_a_kept_value_is_read_again_after_a_change(app: Flask) -> None:
    values = iter(range(10))

    def read() -> int:
        return next(values)

    first = content_version.kept_while_unchanged("a test's own", read)
    assert content_version.kept_while_unchanged("a test's own", read) == first
    write(changes=1)
    assert content_version.kept_while_unchanged("a test's own", read) == first + 1


def test_what_a_write_sees_is_not_kept_for_others(app: Flask) -> None:
    begin_write()
    assert content_version.kept_while_unchanged("another", lambda: "never committed") == "never committed"
    db.session.rollback()
    assert content_version.kept_while_unchanged("another", lambda: "committed") == "committed"


PART = Part(7, "a part")


def read_part(kept: int) -> tuple[int, list[int] | None]:
    number: int = db.session.execute(select(PART.now().c.number)).scalar_one()
    return number, None if number == kept else [number]


def test_a_part_is_kept_while_other_things_change(app: Flask) -> None:
    first = content_version.kept_part(PART, read_part)
    write(changes=1)
    assert content_version.kept_part(PART, read_part) is first
    assert first == [0]


def test_a_part_is_read_anew_when_somebody_says_that_it_changed_and_so_is_everything(app: Flask) -> None:
    content_version.kept_part(PART, read_part)
    before = content_version.current()
    write(changes=1, of=PART)
    assert content_version.kept_part(PART, read_part) == [1]
    assert content_version.current() == before + 1


def test_a_part_is_asked_for_once_in_a_version(app: Flask) -> None:
    asked: list[int] = []

    def read(kept: int) -> tuple[int, str]:
        asked.append(kept)
        return 3, "it"

    for _ in range(3):
        assert content_version.kept_part(PART, read) == "it"
    write(changes=1)
    assert content_version.kept_part(PART, read) == "it"
    assert asked == [-1, 3]


def test_what_a_write_sees_of_a_part_is_not_kept_for_others(app: Flask) -> None:
    content_version.kept_part(PART, read_part)
    begin_write()
    assert content_version.kept_part(PART, lambda kept: (kept, ["never committed"])) == ["never committed"]
    db.session.rollback()
    assert content_version.kept_part(PART, read_part) == [0]


def test_a_request_that_writes_sees_what_it_raised_and_what_others_did(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        before = content_version.current()
        change_from_elsewhere()
        # What it read belongs together until it ends its transaction.
        assert content_version.current() == before
        write(changes=1)
        assert content_version.current() == before + 2
        change_from_elsewhere()
        db.session.rollback()
        assert content_version.current() == before + 3
        db.session.close()
        change_from_elsewhere()
        assert content_version.current() == before + 4


def test_outside_of_a_request_the_version_is_read_each_time(app: Flask) -> None:
    before = content_version.current()
    db.session.rollback()
    change_from_elsewhere()
    assert content_version.current() == before + 1


def change_from_elsewhere() -> None:
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(text("UPDATE content_version SET version = version + 1"))
