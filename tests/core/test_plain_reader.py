from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import bindparam, literal, literal_column, select

from helpcenter.accounts import session
from helpcenter.accounts.session import UserSession
from helpcenter.accounts.user import User
from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.core.page_store import SESSION_COOKIE
from helpcenter.core.plain_reader import PlainReader
from tests.cast import Cast

BY_NAME = select(User.id, User.name, User.created_at, User.shortcuts, User.confirmed_at.label("since")).where(
    User.name == bindparam("name"), User.created_at > bindparam("after"), literal(7) == 7
)


@pytest.fixture
def reader(app: Flask) -> PlainReader:
    return PlainReader(db.engine)


def test_a_plain_row_is_that_of_a_session(reader: PlainReader, cast: Cast) -> None:
    cast.id_of("ben")
    given = {"name": "Ben", "after": clock.now() - timedelta(hours=1), "something": "else"}
    (plain,) = reader.rows(BY_NAME, given)
    row = db.session.execute(BY_NAME, given).one()
    assert tuple(plain) == tuple(row)
    assert plain._fields == tuple(row._fields)
    assert plain.created_at.tzinfo is not None
    assert isinstance(plain.shortcuts, bool)


def test_a_time_is_compared_as_a_time(reader: PlainReader, cast: Cast) -> None:
    cast.id_of("ben")
    assert reader.rows(BY_NAME, {"name": "Ben", "after": clock.now() + timedelta(hours=1)}) == []


def test_a_missing_value_is_told(reader: PlainReader) -> None:
    with pytest.raises(KeyError):
        reader.rows(BY_NAME, {"name": "Ben"})


def test_a_question_that_fails_spoils_no_other(reader: PlainReader, cast: Cast) -> None:
    cast.id_of("ben")
    given = {"name": "Ben", "after": clock.now() - timedelta(hours=1)}
    for _ in range(9):
        with pytest.raises(Exception, match="no_such_column"):
            reader.rows(select(User.id).where(literal_column("no_such_column") == 1), {})
        assert len(reader.rows(BY_NAME, given)) == 1


def test_a_database_that_was_away_for_a_moment_is_asked_again(
    reader: PlainReader, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise ConnectionRefusedError

    cast.id_of("ben")
    given = {"name": "Ben", "after": clock.now() - timedelta(hours=1)}
    with monkeypatch.context() as away:
        away.setattr(reader, "_open", refuse)
        for _ in range(9):
            with pytest.raises(ConnectionRefusedError):
                reader.rows(BY_NAME, given)
    assert len(reader.rows(BY_NAME, given)) == 1


def test_a_list_of_any_length_is_not_for_it(reader: PlainReader) -> None:
    with pytest.raises(ValueError, match="depends on"):
        reader.rows(select(User.id).where(User.id.in_(bindparam("ids", expanding=True))), {"ids": [1]})


def test_a_session_is_known_or_over_alike(reader: PlainReader, cast: Cast) -> None:
    cookie = cast.browser("ben").get_cookie(SESSION_COOKIE)
    assert cookie is not None
    assert session.viewer_of(cookie.value, reader) == session.viewer_of(cookie.value) is not None
    with clock.moved(clock.now() + session.IDLE_LIFETIME + timedelta(seconds=1)):
        assert session.viewer_of(cookie.value, reader) is session.viewer_of(cookie.value) is None
    assert session.viewer_of("another", reader) is None


def test_an_editor_stays_one(reader: PlainReader, cast: Cast) -> None:
    cookie = cast.browser("ada").get_cookie(SESSION_COOKIE)
    assert cookie is not None
    assert session.viewer_of(cookie.value, reader) == session.viewer_of(cookie.value)
    assert db.session.scalar(select(UserSession.id)) is not None
