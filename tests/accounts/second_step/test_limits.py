"""How often codes may be tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.core import clock
from tests.accounts.second_step import phone
from tests.accounts.second_step.phone import Phone
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.alike
WRONG_SHEET = "0000-0000-0000-0000"


@pytest.fixture(autouse=True)
def limited(app: Flask) -> Iterator[None]:
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, limits_enabled=True)
    yield
    app.config["SETTINGS"] = settings


def attempt(app: Flask, path: str, typed: str, number: int) -> int:
    """The answer to a code from an address of its own, by somebody who knows Ben's password."""
    browser = app.test_client()
    browser.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
    phone.half_in(browser, "ben")
    return browser.post(path, data={"code": typed}).status_code


@pytest.mark.parametrize(("path", "wrong"), [("/login/second-step", ""), ("/login/recovery-code", WRONG_SHEET)])
def test_an_account_is_not_tried_for_ever_from_many_addresses(app: Flask, cast: Cast, path: str, wrong: str) -> None:
    app_of_ben = phone.given(cast, "ben")
    tried = [attempt(app, path, wrong or app_of_ben.wrong_code(), number) for number in range(11)]
    assert tried == [422] * 10 + [429]
    # A right one is not taken either, and the other way stays open to whoever has the other thing.
    right = {"/login/second-step": app_of_ben.code(), "/login/recovery-code": app_of_ben.sheet[0]}
    other = next(one for one in right if one != path)
    assert attempt(app, path, right[path], 50) == 429
    assert attempt(app, other, right[other], 51) == 303


def test_a_day_has_fifty_tries(app: Flask, cast: Cast) -> None:
    app_of_ben, now, tried = phone.given(cast, "ben"), clock.now().replace(hour=0, minute=1), []
    for round_number in range(6):
        with clock.moved(now + timedelta(minutes=16 * round_number)):
            tried += [attempt(app, "/login/second-step", app_of_ben.wrong_code(), number) for number in range(10)]
    assert tried == [422] * 50 + [429] * 10


def test_one_address_does_not_try_many_codes(cast: Cast, stranger: FlaskClient) -> None:
    app_of_ben = phone.given(cast, "ben")
    phone.half_in(stranger, "ben")
    found = [
        stranger.post("/login/recovery-code", data={"code": app_of_ben.wrong_code()}).status_code for _ in range(20)
    ]
    # Five tries, then there is nothing left to try; the twenty-first write of a minute is refused.
    assert found == [422] * 4 + [303] * 15 + [429]


def test_a_right_code_forgets_the_wrong_ones(app: Flask, cast: Cast) -> None:
    app_of_ben, now = phone.given(cast, "ben"), clock.now()
    for round_number in range(3):
        with clock.moved(now + timedelta(seconds=60 * round_number)):
            for number in range(9):
                assert attempt(app, "/login/second-step", app_of_ben.wrong_code(), 10 * round_number + number) == 422
            assert attempt(app, "/login/second-step", app_of_ben.code(), 10 * round_number + 9) == 303


def test_an_open_browser_is_no_place_to_guess_codes(cast: Cast) -> None:
    ben, app_of_ben = cast.browser("ben"), phone.given(cast, "ben")
    found = [turn_off(ben, app_of_ben) for _ in range(11)]
    assert found[:10] == [422] * 10 and found[10] == 429


def turn_off(browser: FlaskClient, hand: Phone) -> int:
    form = {"password": PASSWORD, "code": hand.wrong_code()}
    return browser.post("/preferences/second-step/off", data=form).status_code
