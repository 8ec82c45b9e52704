"""Two people at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import select

from helpcenter.accounts import setup, user
from helpcenter.accounts.role import Role
from helpcenter.accounts.user import User
from helpcenter.core.db import begin_write, db
from tests.cast import PASSWORD, Cast


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
