"""How passwords are kept, compared and refused."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import sleep

import pytest
from argon2 import PasswordHasher, extract_parameters
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts import password
from helpcenter.core import site
from helpcenter.core.db import begin_write, db
from tests.cast import Cast


def test_the_hash_costs_what_was_decided() -> None:
    cost = extract_parameters(password.hashed("a long enough password"))
    assert (cost.type.name, cost.time_cost, cost.memory_cost, cost.parallelism) == ("ID", 2, 19 * 1024, 1)


def test_only_the_same_password_matches() -> None:
    kept = password.hashed("a long enough password")
    assert password.matches("a long enough password", kept)
    assert not password.matches("A long enough password", kept)
    assert not password.matches("", kept)


def test_few_passwords_are_looked_at_in_the_same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    lock, now, most = Lock(), 0, 0

    class Slow:
        def hash(self, _password: str) -> str:
            return self._work("hash")

        def verify(self, _kept: str, _password: str) -> str:
            return self._work("yes")

        def _work(self, answer: str) -> str:
            nonlocal now, most
            with lock:
                now += 1
                most = max(most, now)
            sleep(0.01)
            with lock:
                now -= 1
            return answer

    monkeypatch.setattr(password, "HASHER", Slow())
    with ThreadPoolExecutor(24) as pool:
        found = list(pool.map(lambda n: password.hashed("x") if n % 2 else password.matches("x", "kept"), range(48)))
    assert most <= password.AT_ONCE
    assert found == [True, "hash"] * 24


@pytest.mark.parametrize("kept", [None, "", "not a hash"])
def test_without_a_hash_nothing_matches(kept: str | None) -> None:
    assert not password.matches("a long enough password", kept)
    assert not password.matches("nobody has this password", kept)


def test_a_hash_of_another_cost_is_outdated() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash("a long enough password")
    assert password.is_outdated(old) and password.matches("a long enough password", old)
    assert not password.is_outdated(password.hashed("a long enough password"))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "short",
        "nine char",
        "x" * 129,
        "password123",
        "PASSWORD123",
        "1234567890",
        "aaaaaaaaaaaa",
        "ababababab",
        " Ben@Example.org ",
        "!!Welcome2024!!",
        "sunshine 99",
        "QWERTY-----",
        "qwertyuiop12",
        "dragondragon",
        "пароль2024!",
        # The name of the site, and a part of its address.
        "Help Center 24",
        "HELPCENTER!!",
        "localhost1",
    ],
)
def test_a_weak_password_is_refused(app: Flask, typed: str) -> None:
    with app.test_request_context():
        assert password.objection(typed, "ben@example.org", "Benjamin B")


@pytest.mark.parametrize(
    "typed",
    [
        "ten charac",
        "4738291056",
        "sunshine on dragons",
        "x1" + "yz" * 63,
        "длинный пароль",
        "كلمة سر طويلة",
        "🐟🐠🐡 and more",
    ],
)
def test_a_long_and_rare_one_is_taken(app: Flask, typed: str) -> None:
    with app.test_request_context():
        assert password.objection(typed, "ben@example.org") is None


def test_a_common_word_is_one_that_length_alone_refuses_without_anything_around_it() -> None:
    assert len(password.common_words()) > 100
    assert [one for one in password.common_words() if len(one) >= password.SHORTEST or one != one.casefold()] == []


def test_a_site_under_another_name_refuses_that_one(app: Flask) -> None:
    form = {"name": "Ben", "email": "ben@example.org", "password": "Kingfisher!1"}
    assert app.test_client().post("/register", data=form).status_code == 303
    begin_write()
    site.change(name="King Fisher")
    db.session.commit()
    refused = app.test_client().post("/register", data=form)
    assert refused.status_code == 422 and "one of the first anyone would try" in refused.text


def test_every_common_password_is_one_that_length_alone_would_let_pass() -> None:
    assert len(password.common()) > 100
    assert [one for one in password.common() if len(one) < password.SHORTEST or one != one.casefold()] == []


@pytest.mark.parametrize("path", ["/login", "/register", "/preferences/password", "/preferences/email"])
def test_a_field_of_a_password_hides_it_and_is_filled_by_whoever_keeps_passwords(
    cast: Cast, stranger: FlaskClient, path: str
) -> None:
    browser = cast.browser("ben") if path.startswith("/preferences") else stranger
    fields = re.findall(r"<input[^>]*name=\"(?:password|current)\"[^>]*>", browser.get(path).text)
    assert fields
    for field in fields:
        assert 'type="password"' in field
        assert re.search('autocomplete="(new|current)-password"', field)
        assert "onpaste" not in field and "readonly" not in field
