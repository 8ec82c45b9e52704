"""What somebody has in their hand: an app that shows codes, and a sheet of recovery codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from helpcenter.accounts import user
from helpcenter.accounts.second_step import code, key, second_step
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from tests.cast import PASSWORD, Cast, email_of

PATH = "/login/second-step"


@dataclass(frozen=True)
class Phone:
    """`key` is what the app was given, `sheet` the recovery codes."""

    key: str
    sheet: tuple[str, ...] = ()

    def code(self, steps: int = 0) -> str:
        """What it shows; some steps of 30 seconds later or, below zero, before."""
        return code.at(self.key, code.step_at(clock.now()) + steps)

    def wrong_code(self) -> str:
        """Six digits that it does not show within five minutes of now."""
        shown = {self.code(steps) for steps in range(-12, 13)}
        return next(typed for typed in map("{:06}".format, range(100)) if typed not in shown)


def given(cast: Cast, name: str) -> Phone:
    """The person logs in with two steps, as if for a while; the code of this moment was not used yet."""
    user_id, salt = cast.id_of(name), key.new_salt()
    begin_write()
    person = user.by_id(user_id)
    assert person is not None
    sheet = second_step.turn_on(person, salt, code.step_at(clock.now() - timedelta(hours=1)))
    db.session.commit()
    return Phone(key.of(user_id, salt), tuple(sheet))


def half_in(browser: FlaskClient, name: str, query: str = "") -> TestResponse:
    """Type the right password."""
    return browser.post(f"/login{query}", data={"email": email_of(name), "password": PASSWORD})


def type_code(browser: FlaskClient, typed: str, query: str = "") -> TestResponse:
    """Type the code of the app."""
    return browser.post(f"{PATH}{query}", data={"code": typed})


def type_recovery_code(browser: FlaskClient, typed: str) -> TestResponse:
    """Type a code of the sheet."""
    return browser.post("/login/recovery-code", data={"code": typed})


def is_in(browser: FlaskClient) -> bool:
    """Whether somebody is logged in with this browser."""
    return browser.get("/preferences").status_code == 200


def begun(browser: FlaskClient, password: str = PASSWORD) -> tuple[Phone, str]:
    """Begin to turn it on: the phone that scanned the page, and the page's ticket."""
    page = browser.post("/preferences/second-step/key", data={"password": password}).text
    shown = re.search(r'id="shared-key">([A-Z2-7 ]+)<', page)
    ticket = re.search(r'name="ticket"[^>]*value="([^"]+)"', page)
    assert shown and ticket, page
    return Phone(shown[1].replace(" ", "")), ticket[1]


def confirm(browser: FlaskClient, ticket: str, typed: str) -> TestResponse:
    """Type the first code of the app."""
    return browser.post("/preferences/second-step", data={"ticket": ticket, "code": typed})


def sheet_on(page: str) -> tuple[str, ...]:
    """The recovery codes that a page shows."""
    return tuple(re.findall(r"<li><code>([0-9a-z-]{19})</code>", page))
