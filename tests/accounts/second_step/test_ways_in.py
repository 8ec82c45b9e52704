"""No way in leads past the second step, but the one from the product, which has its own log-in."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import jwt
import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts import setup, token, user
from helpcenter.accounts.token import Purpose
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from tests.accounts.second_step import phone
from tests.cast import PASSWORD, Cast, email_of
from tests.house.source import modules

SECRET = "what the product and the tests know, both of them"
NEW_PASSWORD = "another long password"
# Who lets somebody in without asking for a second step, and why.
OPENERS = {
    "accounts/second_step/entrance.py": "asks for it",
    "accounts/views/passwords.py": "somebody who is in stays in",
    "accounts/views/product_sessions.py": "the product has asked who they are; the team can not come in there",
}


def test_nobody_else_opens_a_session() -> None:
    callers = {
        module.where
        for module in modules()
        for _line, name in module.reads()
        if name in ("sign_in.begin", "session.start") and module.where != "accounts/sign_in.py"
    }
    assert callers == set(OPENERS)


def reset_of(name: str) -> str:
    person = user.by_email(email_of(name))
    assert person is not None
    return f"/reset/{token.make(Purpose.RESET, person)}"


def test_a_new_password_does_not_lead_past_it(cast: Cast, stranger: FlaskClient) -> None:
    app_of_ben = phone.given(cast, "ben")
    done = stranger.post(reset_of("ben"), data={"password": NEW_PASSWORD})
    assert urlsplit(done.location).path == "/login/second-step" and not phone.is_in(stranger)
    assert phone.type_code(stranger, app_of_ben.code()).status_code == 303 and phone.is_in(stranger)


def test_a_letter_alone_opens_nothing_again_and_again(app: Flask, cast: Cast) -> None:
    app_of_ben = phone.given(cast, "ben")
    for _round in range(2):
        browser = app.test_client()
        browser.post(reset_of("ben"), data={"password": NEW_PASSWORD})
        phone.type_code(browser, app_of_ben.wrong_code())
        assert not phone.is_in(browser)


def test_the_set_up_of_a_site_without_an_admin_asks_whoever_has_it_on(cast: Cast, stranger: FlaskClient) -> None:
    app_of_ben, path = phone.given(cast, "ben"), urlsplit(setup.link() or "").path
    form = {"name": "Ben", "email": email_of("ben"), "password": NEW_PASSWORD}
    assert urlsplit(stranger.post(path, data=form).location).path == "/login/second-step"
    assert stranger.get("/settings/people").status_code == 303
    phone.type_code(stranger, app_of_ben.code())
    assert stranger.get("/settings/people").status_code == 200


def test_the_link_that_confirms_an_address_asks_as_well(cast: Cast, stranger: FlaskClient) -> None:
    phone.given(cast, "ben")
    begin_write()
    person = user.by_id(cast.id_of("ben"))
    assert person is not None
    person.confirmed_at = None
    db.session.commit()
    link = f"/confirm/{token.make(Purpose.CONFIRM, person)}"
    assert urlsplit(stranger.post(link, data={"password": PASSWORD}).location).path == "/login/second-step"


def test_a_customer_whom_the_product_knows_is_not_asked_and_the_team_does_not_come_in(
    app: Flask, cast: Cast, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], product_secret=SECRET))
    for name in ("ben", "ada"):
        phone.given(cast, name)
    assert come(stranger, "ben").status_code == 303 and phone.is_in(stranger)
    editor = app.test_client()
    assert come(editor, "ada").status_code == 422 and not phone.is_in(editor)


def come(browser: FlaskClient, name: str):  # type: ignore[no-untyped-def]
    now = int(clock.now().timestamp())
    claims = {"sub": f"id-{name}", "email": email_of(name), "email_verified": True, "name": name.title()}
    link = jwt.encode({**claims, "iat": now, "exp": now + 120, "jti": name}, SECRET, algorithm="HS256")
    return browser.post("/login/product", data={"token": link})


def test_a_new_password_of_whoever_is_in_needs_no_code(cast: Cast) -> None:
    ben = cast.browser("ben")
    phone.given(cast, "ben")
    answer = ben.post("/preferences/password", data={"current": PASSWORD, "password": NEW_PASSWORD})
    assert answer.location == "/preferences" and phone.is_in(ben)
