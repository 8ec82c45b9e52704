"""Links in letters: for one purpose, for a time, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from helpcenter.accounts import token, user
from helpcenter.accounts.token import LIFETIME_SECONDS, Purpose
from helpcenter.accounts.user import User
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from tests.cast import Cast


@pytest.fixture
def ben(cast: Cast) -> User:
    found = user.by_id(cast.id_of("ben"))
    assert found is not None
    return found


@pytest.mark.parametrize("purpose", Purpose)
def test_a_token_names_its_person_for_its_purpose_only(app: Flask, ben: User, purpose: Purpose) -> None:
    made = token.make(purpose, ben)
    assert [other for other in Purpose if token.holder(other, made)] == [purpose]


@pytest.mark.parametrize("purpose", Purpose)
def test_a_token_ends(app: Flask, ben: User, purpose: Purpose) -> None:
    made, now = token.make(purpose, ben), clock.now()
    with time_machine.travel(now + timedelta(seconds=LIFETIME_SECONDS[purpose] - 5), tick=False):
        assert token.holder(purpose, made)
    with time_machine.travel(now + timedelta(seconds=LIFETIME_SECONDS[purpose] + 5), tick=False):
        assert token.holder(purpose, made) is None


def test_a_changed_token_names_nobody(app: Flask, ben: User) -> None:
    made = token.make(Purpose.RESET, ben)
    # The last character is left alone: two of its bits mean nothing, so another one may spell the same signature.
    for at in range(len(made) - 1):
        changed = made[:at] + ("a" if made[at] != "a" else "b") + made[at + 1 :]
        assert token.holder(Purpose.RESET, changed) is None


@pytest.mark.parametrize("made", ["", ".", "nonsense", "a.b.c", "\x00", "WzEsMl0.x.y"])
def test_nonsense_names_nobody(app: Flask, made: str) -> None:
    assert token.holder(Purpose.RESET, made) is None


def test_another_password_spends_every_link(app: Flask, ben: User) -> None:
    made = [(purpose, token.make(purpose, ben)) for purpose in Purpose]
    begin_write()
    ben.password_hash = "another"
    db.session.add(ben)
    db.session.commit()
    assert [token.holder(purpose, one) for purpose, one in made] == [None, None, None]


def test_a_token_holds_nothing_that_was_typed(app: Flask, ben: User) -> None:
    from base64 import urlsafe_b64decode

    payload = token.make(Purpose.RESET, ben).split(".")[0]
    text = urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    assert b"ben" not in text and b"@" not in text
