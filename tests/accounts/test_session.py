"""Sessions are rows: what keeps one alive and what ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from helpcenter.accounts import session
from helpcenter.accounts.role import Role
from helpcenter.accounts.session import UserSession
from helpcenter.accounts.user import User
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from tests.cast import Cast


def started(user_id: int) -> str:
    begin_write()
    cookie = session.start(user_id, "Firefox, Linux")
    db.session.commit()
    return cookie


def test_the_cookie_is_not_in_the_table(cast: Cast) -> None:
    cookie = started(cast.id_of("ben"))
    kept = db.session.scalars(select(UserSession.id_hash)).all()
    assert len(kept) == 1 and cookie not in kept[0]
    assert len(cookie) >= 43  # 256 bits, six a character


def test_a_session_knows_its_person_and_every_role(cast: Cast) -> None:
    viewer = session.viewer_of(started(cast.id_of("ada")))
    assert viewer is not None
    assert (viewer.id, viewer.name) == (cast.id_of("ada"), "Ada")
    assert viewer.roles == {Role.MEMBER, Role.EDITOR}


@pytest.mark.parametrize("cookie", ["", "nonsense", "x" * 5000, "\x00"])
def test_an_unknown_cookie_is_nobody(cast: Cast, cookie: str) -> None:
    assert session.viewer_of(cookie) is None


def test_a_session_ends_after_thirty_idle_days(cast: Cast) -> None:
    cookie, now = started(cast.id_of("ben")), clock.now()
    with clock.moved(now + timedelta(days=29, hours=23)):
        assert session.viewer_of(cookie)
    with clock.moved(now + timedelta(days=30, seconds=1)):
        assert session.viewer_of(cookie) is None


def test_a_session_in_daily_use_ends_after_half_a_year(cast: Cast) -> None:
    cookie, now = started(cast.id_of("ben")), clock.now()
    for days in range(20, 180, 20):
        with clock.moved(now + timedelta(days=days)):
            viewer = session.viewer_of(cookie)
            assert viewer is not None and viewer.session_id is not None
            begin_write()
            session.touch(viewer.session_id)
            db.session.commit()
    with clock.moved(now + timedelta(days=180, seconds=1)):
        assert session.viewer_of(cookie) is None


def test_starting_a_session_removes_the_dead_ones_of_the_person(cast: Cast) -> None:
    started(cast.id_of("ben"))
    with clock.moved(clock.now() + timedelta(days=31)):
        started(cast.id_of("ben"))
    assert len(db.session.scalars(select(UserSession.id)).all()) == 1


def test_nobody_ends_the_session_of_another(cast: Cast) -> None:
    cookie = started(cast.id_of("ben"))
    viewer = session.viewer_of(cookie)
    assert viewer is not None and viewer.session_id is not None
    begin_write()
    session.end(viewer.session_id, of=cast.id_of("cleo"))
    db.session.commit()
    assert session.viewer_of(cookie)


def test_sweeping_forgets_only_what_is_over(cast: Cast) -> None:
    started(cast.id_of("ben"))
    with clock.moved(clock.now() + timedelta(days=31)):
        alive = started(cast.id_of("cleo"))
        begin_write()
        swept = session.sweep()
        db.session.commit()
        assert swept == 1 and session.viewer_of(alive)


def test_a_session_begun_while_its_person_was_erased_is_nobodys(cast: Cast) -> None:
    # Logging in and erasing at once: the session may be written after every one of the person was ended.
    begin_write()
    db.session.get_one(User, cast.id_of("ben")).erased_at = clock.now()
    db.session.commit()
    assert session.viewer_of(started(cast.id_of("ben"))) is None
