"""The second step of a log-in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from helpcenter.accounts import session
from helpcenter.accounts.second_step import second_step
from helpcenter.accounts.second_step.entrance import COOKIE
from helpcenter.accounts.second_step.half_sign_in import HalfSignIn
from helpcenter.accounts.session import UserSession
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.page_store import SESSION_COOKIE
from tests.accounts.letterbox import letters_to
from tests.accounts.second_step import phone
from tests.cast import PASSWORD, Cast, email_of


def count_of(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_after_the_password_a_code_is_asked_for_and_nobody_is_in_before(cast: Cast, stranger: FlaskClient) -> None:
    app_of_ben = phone.given(cast, "ben")
    asked = phone.half_in(stranger, "ben", "?next=/en/contact")
    assert asked.location == "/login/second-step?lang=en&next=/en/contact"
    cookie = asked.headers["Set-Cookie"]
    assert (
        cookie.startswith(f"{COOKIE}=")
        and "HttpOnly" in cookie
        and "SameSite=Lax" in cookie
        and "Max-Age=600" in cookie
    )
    assert stranger.get_cookie(SESSION_COOKIE) is None and count_of(UserSession) == 0
    assert not phone.is_in(stranger)
    page = stranger.get(asked.location).text
    for attribute in ('autocomplete="one-time-code"', 'inputmode="numeric"', 'dir="ltr"'):
        assert attribute in page
    done = phone.type_code(stranger, app_of_ben.code(), "?next=/en/contact")
    assert (done.status_code, done.location) == (303, "/en/contact")
    assert phone.is_in(stranger) and stranger.get_cookie(COOKIE) is None and count_of(HalfSignIn) == 0


def test_a_code_may_be_typed_with_spaces_and_in_arabic_digits(app: Flask, cast: Cast) -> None:
    app_of_ben = phone.given(cast, "ben")
    for steps, form in (
        (-1, lambda typed: f" {typed[:3]} {typed[3:]} "),
        (0, lambda typed: "".join("٠١٢٣٤٥٦٧٨٩"[int(one)] for one in typed)),
    ):
        browser = app.test_client()
        phone.half_in(browser, "ben")
        assert phone.type_code(browser, form(app_of_ben.code(steps))).status_code == 303


def test_a_wrong_code_is_kept_in_the_field_and_lets_nobody_in(cast: Cast, stranger: FlaskClient) -> None:
    app_of_ben = phone.given(cast, "ben")
    phone.half_in(stranger, "ben")
    wrong = phone.type_code(stranger, app_of_ben.wrong_code(), "?next=/en/contact")
    assert wrong.status_code == 422 and f'value="{app_of_ben.wrong_code()}"' in wrong.text
    assert "/login/recovery-code?lang=en&amp;next=/en/contact" in wrong.text and not phone.is_in(stranger)
    assert phone.type_code(stranger, "").status_code == 422
    assert phone.type_code(stranger, app_of_ben.code()).status_code == 303


def test_a_code_works_once(app: Flask, cast: Cast) -> None:
    app_of_ben = phone.given(cast, "ben")
    first, second = app.test_client(), app.test_client()
    for browser in (first, second):
        phone.half_in(browser, "ben")
    assert phone.type_code(first, app_of_ben.code()).status_code == 303
    replayed = phone.type_code(second, app_of_ben.code())
    wrong = phone.type_code(second, app_of_ben.wrong_code())
    assert replayed.status_code == wrong.status_code == 422
    # That it was right once is not told.
    assert replayed.text.replace(app_of_ben.code(), "") == wrong.text.replace(app_of_ben.wrong_code(), "")
    assert phone.type_code(second, app_of_ben.code(-1)).status_code == 422
    assert phone.type_code(second, app_of_ben.code(+1)).status_code == 303


def test_a_clock_that_is_off_is_told_and_a_code_of_the_future_is_not_waited_for(
    cast: Cast, stranger: FlaskClient
) -> None:
    app_of_ben = phone.given(cast, "ben")
    now, later = clock.now(), app_of_ben.code(+4)
    with clock.moved(now):
        phone.half_in(stranger, "ben")
        assert "will only be right in 2 minutes" in phone.type_code(stranger, app_of_ben.code(+4)).text
    with clock.moved(now + timedelta(minutes=2)):
        assert phone.type_code(stranger, later).status_code == 422
        assert phone.type_code(stranger, app_of_ben.code(+1)).status_code == 303


def test_there_are_ten_minutes(cast: Cast, stranger: FlaskClient) -> None:
    app_of_ben = phone.given(cast, "ben")
    phone.half_in(stranger, "ben")
    with clock.moved(clock.now() + timedelta(minutes=10, seconds=1)):
        late = phone.type_code(stranger, app_of_ben.code(), "?next=/en/contact")
        assert late.location == "/login?lang=en&next=/en/contact"
        assert "they have passed" in stranger.get(late.location).text
    with clock.moved(clock.now() + timedelta(minutes=9)):
        assert phone.type_code(stranger, app_of_ben.code()).status_code == 303


def test_after_five_wrong_codes_the_password_is_asked_again_and_its_owner_is_told(
    cast: Cast, stranger: FlaskClient
) -> None:
    app_of_ben = phone.given(cast, "ben")
    phone.half_in(stranger, "ben")
    tried = [phone.type_code(stranger, app_of_ben.wrong_code()).status_code for _ in range(4)]
    tried.append(phone.type_recovery_code(stranger, "0000-0000-0000-0000").status_code)
    assert tried == [422] * 4 + [303]
    assert phone.type_code(stranger, app_of_ben.code()).location.startswith("/login?")
    assert not phone.is_in(stranger) and count_of(HalfSignIn) == 0
    assert [letter.subject for letter in letters_to(email_of("ben"))] == ["Someone knows your password for Help Center"]


def test_the_cookie_of_another_browser_or_none_is_led_to_the_password(
    app: Flask, cast: Cast, stranger: FlaskClient
) -> None:
    app_of_ben = phone.given(cast, "ben")
    phone.half_in(stranger, "ben")
    other = app.test_client()
    for path in ("/login/second-step", "/login/recovery-code"):
        assert other.get(path).location == "/login?lang=en"
        assert other.post(path, data={"code": app_of_ben.code()}).location == "/login?lang=en"
    assert count_of(UserSession) == 0


@pytest.mark.parametrize("path", ["/preferences/password", "/preferences/sessions/end"])
def test_a_half_log_in_ends_with_the_sessions(cast: Cast, stranger: FlaskClient, path: str) -> None:
    here, app_of_ben = cast.browser("ben"), phone.given(cast, "ben")
    phone.half_in(stranger, "ben")
    here.post(path, data={"current": PASSWORD, "password": "another long password"})
    assert phone.type_code(stranger, app_of_ben.code()).location == "/login?lang=en"
    assert not phone.is_in(stranger)


def test_whoever_is_in_goes_on(cast: Cast) -> None:
    assert cast.browser("ben").get("/login/second-step?next=/en/contact").location == "/en/contact"


def test_the_name_of_the_cookie_is_taken_from_no_other_host(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    phone.given(cast, "ben")
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], base_url="https://localhost"))
    cookie = phone.half_in(app.test_client(), "ben").headers["Set-Cookie"]
    assert cookie.startswith(f"__Host-{COOKIE}=") and "Secure" in cookie


def test_another_secret_key_is_told_and_a_recovery_code_still_works(
    app: Flask, cast: Cast, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    app_of_ben = phone.given(cast, "ben")
    monkeypatch.setitem(
        app.config, "SETTINGS", replace(app.config["SETTINGS"], secret_key="another key, long enough for all of it")
    )
    phone.half_in(stranger, "ben")
    assert "its secret key was changed" in stranger.get("/login/second-step").text
    assert phone.type_code(stranger, app_of_ben.code()).status_code == 422
    assert phone.type_recovery_code(stranger, app_of_ben.sheet[0]).status_code == 303
    assert "secret key of this site was changed" in stranger.get("/preferences/second-step").text
    stranger.post("/preferences/second-step/off", data={"password": PASSWORD, "code": app_of_ben.sheet[1]})
    assert not second_step.is_on(cast.id_of("ben"))


def test_what_is_over_is_swept(cast: Cast, stranger: FlaskClient) -> None:
    phone.given(cast, "ben")
    phone.half_in(stranger, "ben")
    with clock.moved(clock.now() + timedelta(minutes=11)):
        begin_write()
        session.sweep()
        db.session.commit()
    assert count_of(HalfSignIn) == 0
