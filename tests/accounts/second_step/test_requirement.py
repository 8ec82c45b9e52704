"""A site may want two steps of its team: first a notice, then their roles wait, and nobody is locked out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from helpcenter.accounts import user
from helpcenter.accounts.role import Role
from helpcenter.accounts.second_step import requirement
from helpcenter.core import clock, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.journal import JournalEntry
from helpcenter.journeys import exclusion
from helpcenter.journeys.event import Event
from tests.accounts.second_step import phone
from tests.cast import Cast
from tests.journeys.acts import article_token, send
from tests.web.settings.test_settings import FILLED

NOTICE = "wants its team to log in with two steps"
WAITING = "Your team’s pages wait"


def demanded(days: int, *, days_ago: int = 0) -> None:
    """The site wants it since some days."""
    begin_write()
    since = clock.now() - timedelta(days=days_ago)
    site.change(second_step_required=True, second_step_days=days, second_step_since=since.isoformat())
    db.session.commit()


def joined(cast: Cast, name: str, *, days_ago: int) -> None:
    """A person has been in the team for some days."""
    user_id = cast.id_of(name)
    begin_write()
    for role in db.session.scalars(select(user.UserRole).where(user.UserRole.user_id == user_id)):
        role.given_at = clock.now() - timedelta(days=days_ago)
    db.session.commit()


def test_within_the_days_a_notice_says_until_when(cast: Cast) -> None:
    joined(cast, "ada", days_ago=100)
    demanded(14)
    ada, ben = cast.browser("ada"), cast.browser("ben")
    page = ada.get("/studio")
    assert page.status_code == 200 and NOTICE in page.text
    assert NOTICE not in ben.get("/preferences").text
    phone.given(cast, "ada")
    assert NOTICE not in ada.get("/studio").text


@pytest.mark.parametrize(
    ("name", "path"), [("ada", "/studio"), ("sam", "/inbox"), ("mia", "/en/community/review"), ("root", "/settings")]
)
def test_after_them_the_pages_of_the_team_lead_to_turning_it_on(cast: Cast, name: str, path: str) -> None:
    joined(cast, name, days_ago=100)
    demanded(14, days_ago=15)
    browser = cast.browser(name)
    led = browser.get(f"{path}?a=1")
    assert led.status_code == 303 and led.location == f"/preferences/second-step?next={path}?a%3D1"
    assert browser.post("/settings" if name == "root" else "/settings/people/1").status_code == 403
    # Their own pages and those of readers are open, and say why the rest is not.
    for own in ("/preferences", "/en/community"):
        page = browser.get(own)
        assert page.status_code == 200 and WAITING in page.text and 'class="word">Team<' not in page.text
    app_of_theirs, ticket = phone.begun(browser)
    done = browser.post(f"/preferences/second-step?next={path}", data={"ticket": ticket, "code": app_of_theirs.code()})
    assert f'href="{path}"' in done.text
    assert browser.get(path).status_code == 200


@pytest.mark.parametrize(("name", "is_on"), [("ben", False), ("ben", True), ("ada", False), ("ada", True)])
def test_who_somebody_is_is_asked_once_whatever_the_site_wants_of_them(
    app: Flask, cast: Cast, name: str, is_on: bool
) -> None:
    joined(cast, name, days_ago=1)
    if is_on:
        phone.given(cast, name)
    demanded(14)
    browser, asked = cast.browser(name), list[str]()
    browser.get("/en/search")
    event.listen(db.engine, "before_cursor_execute", note := lambda *told: asked.append(told[2]))
    page = browser.get("/en/search")
    event.remove(db.engine, "before_cursor_execute", note)
    assert page.status_code == 200 and name.title() in page.text
    of_people = [one for one in asked if re.search(r"\b(user_session|user_role|second_step)\b", one)]
    assert len(of_people) == 1, of_people


def test_a_log_in_leads_there_at_once(cast: Cast, stranger: FlaskClient) -> None:
    joined(cast, "ada", days_ago=100)
    demanded(14, days_ago=15)
    assert phone.half_in(stranger, "ada", "?next=/studio").location == "/preferences/second-step?next=/studio"
    demanded(14)
    assert phone.half_in(stranger, "ada", "?next=/studio").location == "/studio"


def test_whoever_joins_later_has_the_same_days(cast: Cast) -> None:
    demanded(14, days_ago=100)
    joined(cast, "ada", days_ago=13)
    joined(cast, "sam", days_ago=15)
    assert cast.browser("ada").get("/studio").status_code == 200
    assert cast.browser("sam").get("/inbox").status_code == 303
    # A second role gives no new days.
    begin_write()
    user.give_role(cast.id_of("sam"), Role.EDITOR, by=None)
    db.session.commit()
    assert cast.browser("sam").get("/studio").status_code == 303


def test_partners_and_members_are_not_asked(cast: Cast) -> None:
    begin_write()
    user.give_role(cast.id_of("ben"), Role.PARTNER, by=None)
    db.session.commit()
    demanded(0, days_ago=100)
    assert requirement.due_of(cast.id_of("ben")) is None and requirement.due_of(cast.id_of("cleo")) is None
    assert WAITING not in cast.browser("ben").get("/preferences").text


def test_a_role_that_waits_is_no_customers(cast: Cast) -> None:
    joined(cast, "ada", days_ago=100)
    demanded(0, days_ago=1)
    ada = cast.browser("ada")
    send(ada, article_token())
    db.session.rollback()
    assert {row.excluded_reason for row in db.session.scalars(select(Event))} == {exclusion.STAFF}


def test_whoever_turns_it_off_again_waits_again(cast: Cast) -> None:
    joined(cast, "root", days_ago=100)
    demanded(14, days_ago=100)
    root = cast.browser("root")
    app_of_root = phone.given(cast, "root")
    assert root.get("/settings").status_code == 200
    form = {"password": "a long enough password", "code": app_of_root.code()}
    assert root.post("/preferences/second-step/off", data=form).status_code == 303
    assert root.get("/settings").status_code == 303
    assert phone.begun(root)[0].key != app_of_root.key


def test_an_admin_asks_it_of_the_team_once_they_have_it(cast: Cast) -> None:
    root, wanted = cast.browser("root"), {**FILLED, "second_step_required": "y", "second_step_days": "٧"}
    refused = root.post("/settings", data=wanted)
    assert refused.status_code == 422 and "Turn it on for yourself first" in refused.text
    assert not site.current().second_step_required
    phone.given(cast, "root")
    cast.id_of("ada")
    assert "1 of 2 have turned it on" in root.get("/settings").text
    assert root.post("/settings", data=wanted).status_code == 303
    db.session.rollback()
    first = site.current()
    assert (first.second_step_required, first.second_step_days) == (True, 7)
    root.post("/settings", data={**wanted, "second_step_days": "30"})
    db.session.rollback()
    assert (site.current().second_step_days, site.current().second_step_since) == (30, first.second_step_since)
    root.post("/settings", data={**FILLED, "second_step_days": "30"})
    db.session.rollback()
    assert (site.current().second_step_required, site.current().second_step_since) == (False, "")


def test_the_journal_tells_that_it_is_wanted_and_not_the_moment_that_goes_with_it(cast: Cast) -> None:
    root = cast.browser("root")
    phone.given(cast, "root")
    for wanted in (
        {**FILLED, "second_step_required": "y"},
        {**FILLED, "second_step_required": "y", "name": "Elsewhere"},
    ):
        assert root.post("/settings", data={**wanted, "second_step_days": "7"}).status_code == 303
    db.session.rollback()
    assert site.current().second_step_since
    rows = db.session.scalars(select(JournalEntry).where(JournalEntry.act == "site_changed").order_by(JournalEntry.id))
    first, second = [set(row.detail["settings"]) for row in rows]
    assert {"second_step_required", "second_step_days"} <= first and "name" in second
    assert not [name for name in first | second if "since" in name]


@pytest.mark.parametrize("days", ["", "-1", "91", "x", "1.5", "²"])
def test_days_that_are_none_are_refused(cast: Cast, days: str) -> None:
    assert cast.browser("root").post("/settings", data={**FILLED, "second_step_days": days}).status_code == 422
