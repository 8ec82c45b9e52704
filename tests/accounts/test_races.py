"""Two people at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from helpcenter.accounts import password, setup, user
from helpcenter.accounts.role import Role
from helpcenter.accounts.session import UserSession
from helpcenter.accounts.user import User
from helpcenter.core.db import begin_write, db
from helpcenter.core.page_store import SESSION_COOKIE
from tests.accounts.letterbox import newest_link
from tests.cast import PASSWORD, Cast, email_of
from tests.meanwhile import meanwhile


def at_once(count: int, act: Callable[[int], int]) -> list[int]:
    """What each got, lowest first."""
    barrier, found = Barrier(count), []

    def run(number: int) -> None:
        barrier.wait()
        found.append(act(number))

    threads = [Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def test_one_of_four_becomes_the_first_admin(app: Flask) -> None:
    path = urlsplit(setup.link() or "").path

    def act(number: int) -> int:
        form = {"name": f"N{number}", "email": f"n{number}@example.org", "password": PASSWORD}
        return app.test_client().post(path, data=form).status_code

    assert at_once(4, act) == [303, 404, 404, 404]
    db.session.rollback()
    assert len(db.session.scalars(user.holders(Role.ADMIN)).all()) == 1


def test_an_address_registered_four_times_at_once_is_one_account(app: Flask) -> None:
    form = {"name": "Dora", "email": "dora@example.org", "password": PASSWORD}
    assert at_once(4, lambda _number: app.test_client().post("/register", data=form).status_code) == [303] * 4
    db.session.rollback()
    assert len(db.session.scalars(select(User)).all()) == 1


def change_password_when_asked(monkeypatch: pytest.MonkeyPatch, user_id: int) -> None:
    """Have the password become another one while the one that was typed is looked at, as by a link in a letter."""
    matches = password.matches

    def slowly(typed: str, kept: str | None) -> bool:
        found = matches(typed, kept)
        with db.engine.connect().execution_options(writing=True) as connection:
            connection.execute(update(User).where(User.id == user_id).values(password_hash="another"))
            connection.execute(delete(UserSession).where(UserSession.user_id == user_id))
            connection.commit()
        return found

    monkeypatch.setattr(password, "matches", slowly)


def test_a_password_that_ends_while_it_is_looked_at_lets_nobody_in(
    stranger: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_password_when_asked(monkeypatch, cast.id_of("ben"))
    answer = stranger.post("/login", data={"email": email_of("ben"), "password": PASSWORD})
    assert answer.status_code == 422
    assert stranger.get_cookie(SESSION_COOKIE) is None
    assert db.session.scalars(select(UserSession)).all() == []


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/preferences/password", {"current": PASSWORD, "password": "another long password"}),
        ("/preferences/email", {"email": "new@example.org", "password": PASSWORD}),
    ],
)
def test_a_password_that_ends_while_it_is_looked_at_changes_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, path: str, form: dict[str, str]
) -> None:
    browser, ben = cast.browser("ben"), cast.id_of("ben")
    change_password_when_asked(monkeypatch, ben)
    assert browser.post(path, data=form).status_code == 409
    person = db.session.get_one(User, ben)
    assert (person.password_hash, person.new_email) == ("another", None)
    assert db.session.scalars(select(UserSession)).all() == []


def test_two_admins_who_resign_at_once_leave_one(app: Flask, cast: Cast) -> None:
    ids = [cast.id_of("root"), cast.id_of("ben")]
    begin_write()
    user.give_role(ids[1], Role.ADMIN, by=None)
    db.session.commit()
    browsers = [cast.browser("root"), cast.browser("ben")]
    answers = at_once(2, lambda number: browsers[number].post(f"/settings/people/{ids[number]}").status_code)
    db.session.rollback()
    assert len(db.session.scalars(user.holders(Role.ADMIN)).all()) == 1
    assert answers[0] == 303 and answers[1] in (403, 422)


def used_meanwhile(app: Flask, monkeypatch: pytest.MonkeyPatch, name: str, path: str, typed: str) -> None:
    """Have the link used in another browser while the password that was typed in this one is worked on."""
    meanwhile(monkeypatch, app, password, name, lambda: app.test_client().post(path, data={"password": typed}))


def test_a_link_for_a_new_password_that_is_used_twice_at_once_sets_one(
    app: Flask, cast: Cast, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = cast.id_of("ben")
    stranger.post("/reset", data={"email": email_of("ben")})
    link = newest_link(email_of("ben"))
    used_meanwhile(app, monkeypatch, "hashed", link, "the first long password")
    assert stranger.post(link, data={"password": "the second long password"}).status_code == 410
    assert stranger.get_cookie(SESSION_COOKIE) is None
    db.session.rollback()
    assert password.matches("the first long password", db.session.get_one(User, ben).password_hash)


def test_a_link_that_confirms_and_is_used_twice_at_once_logs_one_in_and_is_friendly_to_the_other(
    app: Flask, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {"name": "Dora", "email": "dora@example.org", "password": PASSWORD}
    stranger.post("/register", data=form)
    link = newest_link("dora@example.org")
    used_meanwhile(app, monkeypatch, "matches", link, PASSWORD)
    second = stranger.post(link, data={"password": PASSWORD})
    assert second.status_code == 200 and "/login" in second.text and stranger.get_cookie(SESSION_COOKIE) is None
    db.session.rollback()
    assert len(db.session.scalars(select(UserSession)).all()) == 1
