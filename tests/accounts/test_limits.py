"""How often one may try, and how many letters one may cause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts import token, user
from helpcenter.accounts.token import Purpose
from helpcenter.core import clock
from tests.accounts.letterbox import letters_to
from tests.cast import PASSWORD, Cast, email_of


@pytest.fixture(autouse=True)
def limited(app: Flask) -> Iterator[None]:
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, limits_enabled=True)
    yield
    app.config["SETTINGS"] = settings


def sign_in(browser: FlaskClient, name: str, password: str, address: str = "192.0.2.1") -> int:
    data = {"email": email_of(name), "password": password}
    return browser.post("/login", data=data, environ_base={"REMOTE_ADDR": address}).status_code


def test_an_account_is_not_tried_for_ever_from_many_addresses(stranger: FlaskClient, cast: Cast) -> None:
    cast.id_of("ben")
    tried = [sign_in(stranger, "ben", "wrong password", f"192.0.2.{number}") for number in range(11)]
    assert tried == [422] * 10 + [429]
    assert sign_in(stranger, "ben", PASSWORD, "192.0.2.99") == 429
    with clock.moved(clock.now() + timedelta(minutes=16)):
        assert sign_in(stranger, "ben", PASSWORD, "192.0.2.99") == 303


def test_an_unknown_account_is_limited_alike(stranger: FlaskClient, cast: Cast) -> None:
    tried = [sign_in(stranger, "nobody", "wrong password", f"192.0.2.{number}") for number in range(11)]
    assert tried == [422] * 10 + [429]


def test_somebody_who_is_kept_out_by_others_comes_in_by_a_link(stranger: FlaskClient, cast: Cast) -> None:
    before = cast.browser("ben")
    for number in range(11):
        sign_in(stranger, "ben", "wrong password", f"192.0.2.{number}")
    person = user.by_email(email_of("ben"))
    assert person is not None and sign_in(stranger, "ben", PASSWORD, "192.0.2.99") == 429
    assert before.get("/preferences").status_code == 200, "what is open stays open"
    link = f"/reset/{token.make(Purpose.RESET, person)}"
    assert stranger.post(link, data={"password": "another long password"}).status_code == 303
    assert stranger.get("/preferences").status_code == 200


def test_one_address_does_not_try_many_accounts(stranger: FlaskClient, cast: Cast) -> None:
    tried = [sign_in(stranger, f"person{number}", "wrong password") for number in range(21)]
    assert tried == [422] * 20 + [429]


def test_a_right_password_forgets_the_wrong_ones(stranger: FlaskClient, cast: Cast) -> None:
    cast.id_of("ben")
    for round_number in range(3):
        for number in range(9):
            assert sign_in(stranger, "ben", "wrong password", f"192.0.{round_number}.{number}") == 422
        assert sign_in(stranger, "ben", PASSWORD, f"192.0.{round_number}.99") == 303


@pytest.mark.parametrize("name", ["ben", "nobody"])
def test_nobody_gets_more_than_three_letters_an_hour(app: Flask, cast: Cast, name: str) -> None:
    cast.id_of("ben")
    answers = []
    for number in range(4):
        browser = app.test_client()
        place = {"REMOTE_ADDR": f"192.0.2.{number}"}
        answers.append(browser.post("/reset", data={"email": email_of(name)}, environ_base=place).status_code)
    form = {"name": "X", "email": email_of(name), "password": PASSWORD}
    answers.append(
        app.test_client().post("/register", data=form, environ_base={"REMOTE_ADDR": "192.0.2.9"}).status_code
    )
    assert answers == [303, 303, 303, 429, 429] and len(letters_to(email_of(name))) == 3


def test_an_open_browser_is_no_place_to_guess_the_password(cast: Cast) -> None:
    browser = cast.browser("ben")
    forms = [
        ("/preferences/password", {"current": "wrong", "password": "another long password"}),
        ("/preferences/email", {"email": "new@example.org", "password": "wrong"}),
        ("/preferences/erasure", {"password": "wrong"}),
    ]
    answers = [browser.post(path, data=data).status_code for path, data in forms * 4]
    assert answers == [422] * 10 + [429] * 2
