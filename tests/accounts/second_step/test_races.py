"""The same code twice at the same moment."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from config import Settings
from helpcenter.accounts import password
from helpcenter.accounts.second_step import code, half_sign_in, recovery_code, second_step
from helpcenter.accounts.session import UserSession
from helpcenter.core.db import begin_write, db
from tests import another_process
from tests.accounts.letterbox import letters_to
from tests.accounts.second_step import one_code_process, phone
from tests.accounts.test_races import at_once
from tests.cast import PASSWORD, Cast, email_of
from tests.meanwhile import meanwhile


def halves(cast: Cast, count: int) -> list[str]:
    """So many browsers in which the password was right."""
    ben = cast.id_of("ben")
    begin_write()
    cookies = [half_sign_in.start(ben) for _ in range(count)]
    db.session.commit()
    return cookies


def sessions() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(UserSession.id))) or 0


def test_a_code_in_two_processes_at_once_gives_one_session(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    app_of_ben, cookies, start = phone.given(cast, "ben"), halves(cast, 2), tmp_path / "start"
    given = (str(settings.data_dir), settings.database_url)
    typed = app_of_ben.code(+1)
    running = [another_process.begun(one_code_process.main, *given, cookie, typed, str(start)) for cookie in cookies]
    while len(list(tmp_path.iterdir())) < len(running) and all(process.is_alive() for process in running):
        time.sleep(0.01)
    start.touch()
    assert sorted(another_process.ended(process) for process in running) == [0, 1]
    assert sessions() == 1


def test_a_code_in_four_browsers_at_once_gives_one_session(app: Flask, cast: Cast) -> None:
    app_of_ben, cookies = phone.given(cast, "ben"), halves(cast, 4)
    typed = app_of_ben.code()

    def act(number: int) -> int:
        browser = app.test_client()
        browser.set_cookie("hc_second_step", cookies[number])
        return phone.type_code(browser, typed).status_code

    assert at_once(4, act) == [303, 422, 422, 422] and sessions() == 1


@pytest.mark.parametrize("path", ["/login/second-step", "/login/recovery-code"])
def test_a_half_log_in_used_four_times_at_once_gives_one_session(app: Flask, cast: Cast, path: str) -> None:
    app_of_ben, (cookie,) = phone.given(cast, "ben"), halves(cast, 1)
    # Each code is a right one of its own.
    codes = [app_of_ben.code(steps) for steps in (-1, 0, 1)] if path == "/login/second-step" else app_of_ben.sheet[:3]

    def act(number: int) -> int:
        browser = app.test_client()
        browser.set_cookie("hc_second_step", cookie)
        answer = browser.post(path, data={"code": codes[number]})
        return 200 if answer.location == "/" else answer.status_code

    assert at_once(3, act) == [200, 303, 303] and sessions() == 1


def test_turned_on_in_two_tabs_at_once_one_app_holds(cast: Cast) -> None:
    ben = cast.id_of("ben")
    browsers = [cast.browser("ben") for _ in range(2)]
    pages = [phone.begun(browser) for browser in browsers]
    answers = at_once(
        2, lambda number: phone.confirm(browsers[number], pages[number][1], pages[number][0].code()).status_code
    )
    # The other one was logged out meanwhile, or is told that it is on.
    assert answers[0] == 200 and answers[1] in (303, 401, 409)
    row = second_step.of(ben)
    assert row is not None and sessions() == 1


def test_turning_off_at_once_with_one_code_does_not_use_it_twice(app: Flask, cast: Cast) -> None:
    here, app_of_ben, (cookie,) = cast.browser("ben"), phone.given(cast, "ben"), halves(cast, 1)
    typed = app_of_ben.code()

    def act(number: int) -> int:
        if number:
            form = {"password": PASSWORD, "code": typed}
            return here.post("/preferences/second-step/off", data=form).status_code
        browser = app.test_client()
        browser.set_cookie("hc_second_step", cookie)
        return phone.type_code(browser, typed).status_code

    assert at_once(2, act) == [303, 422]


def test_recovery_codes_are_not_made_for_what_was_turned_off_meanwhile(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, ben = cast.browser("ben"), cast.id_of("ben")
    phone.given(cast, "ben")

    def turn_off() -> None:
        begin_write()
        second_step.turn_off(ben, by=ben)
        db.session.commit()

    meanwhile(monkeypatch, app, password, "matches", turn_off)
    answer = here.post("/preferences/recovery-codes", data={"password": PASSWORD})
    assert answer.status_code == 303 and answer.location == "/preferences/second-step"
    assert recovery_code.left(ben) == 0 and letters_to(email_of("ben")) == []


def test_a_second_app_is_not_taken_where_one_was_turned_on_meanwhile(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, first = cast.browser("ben"), []
    second, ticket = phone.begun(here)
    meanwhile(monkeypatch, app, code, "judge", lambda: first.append(phone.given(cast, "ben")))
    answer = phone.confirm(here, ticket, second.code())
    assert answer.status_code == 303 and phone.is_in(here)
    assert recovery_code.are_of(cast.id_of("ben"), list(first[0].sheet))
