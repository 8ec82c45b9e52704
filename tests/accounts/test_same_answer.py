"""Whether an address has an account can be told by no answer, by no letter that is missing, and not by the time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from helpcenter.accounts import password
from helpcenter.core.db import db
from helpcenter.core.mail import OutgoingMail
from tests.cast import PASSWORD, Cast, email_of

NEW = "quite another password"
FORMS: dict[str, tuple[str, dict[str, str], int, int]] = {
    "registration": ("/register", {"name": "Dora", "password": NEW}, 1, 1),
    "reset": ("/reset", {}, 0, 1),
    "log-in": ("/login", {"password": NEW}, 1, 0),
    "new address": ("/preferences/email", {"password": PASSWORD}, 1, 1),
}
"""For each form with an address: where it is sent, with what else, and how many hashes and letters that costs."""


class Counting:
    """A hasher that counts what takes long."""

    def __init__(self, real: object) -> None:
        self._real = real
        self.times = 0

    def __getattr__(self, name: str) -> Callable[..., object]:
        found: Callable[..., object] = getattr(self._real, name)
        self.times += name in ("hash", "verify")
        return found


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> Counting:
    counting = Counting(password.HASHER)
    monkeypatch.setattr(password, "HASHER", counting)
    return counting


def letters() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(OutgoingMail)) or 0


@pytest.mark.parametrize("form", FORMS)
def test_a_known_and_an_unknown_address_get_one_answer_at_one_price(
    form: str, cast: Cast, stranger: FlaskClient, hashes: Counting
) -> None:
    path, rest, *price = FORMS[form]
    cast.id_of("ben")
    stranger.post("/register", data={"name": "Eve", "email": email_of("eve"), "password": PASSWORD})
    found = []
    for name in ("ben", "eve", "nobody"):
        browser = cast.browser("cleo") if form == "new address" else stranger
        before, hashes.times = letters(), 0
        answer = browser.post(path, data={**rest, "email": email_of(name)})
        said = answer.text.replace(email_of(name), "the address")
        found.append((answer.status_code, said, answer.headers.get("Location"), hashes.times, letters() - before))
    known, unconfirmed, unknown = found
    assert known == unconfirmed == unknown
    assert [*known[3:]] == price
