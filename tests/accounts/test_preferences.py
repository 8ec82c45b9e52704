"""Preferences, the password, the address and the list of sessions."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from helpcenter.accounts import session, user
from helpcenter.accounts.role import Role
from helpcenter.core.db import db
from tests.accounts.letterbox import letters_to, newest_link
from tests.cast import PASSWORD, Cast, email_of
from tests.shelf import put_article

NEW = "quite another password"
FILLED = {"name": "Ben", "locale": "", "time_zone": "", "theme": "auto", "shortcuts": "y"}


def ben(cast: Cast) -> user.User:
    db.session.rollback()
    found = user.by_id(cast.id_of("ben"))
    assert found is not None
    return found


def test_preferences_hold_from_the_next_page_on(cast: Cast) -> None:
    browser = cast.browser("ben")
    changed = {"name": "Benjamin", "locale": "ar", "time_zone": "Asia/Tokyo", "theme": "dark"}
    assert browser.post("/preferences", data=changed).status_code == 303
    page = browser.get("/preferences").text
    assert (
        'lang="ar"' in page and 'dir="rtl"' in page and 'data-theme="dark"' in page and 'data-shortcuts="off"' in page
    )
    assert "Benjamin" in page
    assert (ben(cast).time_zone, ben(cast).shortcuts) == ("Asia/Tokyo", False)


def test_an_author_who_takes_another_name_has_it_below_their_articles(cast: Cast, stranger: FlaskClient) -> None:
    address = f"/en/articles/{put_article('Refunds', by=cast.id_of('ada'))}-refunds"
    assert "<bdi>Ada</bdi>" in stranger.get(address).text
    cast.browser("ada").post("/preferences", data={**FILLED, "name": "Ada Byron"})
    assert "<bdi>Ada Byron</bdi>" in stranger.get(address).text


@pytest.mark.parametrize(
    "changed",
    [{"locale": "xx"}, {"time_zone": "Mars/Base"}, {"theme": "pink"}, {"name": ""}, {"time_zone": "../etc/passwd"}],
)
def test_what_is_not_offered_is_refused(cast: Cast, changed: dict[str, str]) -> None:
    assert cast.browser("ben").post("/preferences", data={**FILLED, **changed}).status_code == 422
    assert (ben(cast).name, ben(cast).locale, ben(cast).time_zone, ben(cast).theme) == ("Ben", "", "", "auto")


def test_preferences_take_only_their_own_fields(cast: Cast) -> None:
    browser = cast.browser("ben")
    browser.post(
        "/preferences", data={**FILLED, "roles": "admin", "email": "x@example.org", "password_hash": "x", "id": "9"}
    )
    assert ben(cast).email == email_of("ben") and ben(cast).password_hash != "x"
    assert user.roles_of([cast.id_of("ben")])[cast.id_of("ben")] == {Role.MEMBER}


def test_a_new_password_ends_every_other_session(cast: Cast) -> None:
    here, there, other = cast.browser("ben"), cast.browser("ben"), cast.browser("cleo")
    before = here.get_cookie("hc_session")
    assert here.post("/preferences/password", data={"current": PASSWORD, "password": NEW}).status_code == 303
    after = here.get_cookie("hc_session")
    assert before is not None and after is not None and before.value != after.value
    assert here.get("/preferences").status_code == 200
    assert there.get("/preferences").status_code == 303
    assert other.get("/preferences").status_code == 200
    assert session.viewer_of(before.value) is None
    assert letters_to(email_of("ben"))[-1].kind == "accounts_password_changed"


@pytest.mark.parametrize(
    ("current", "wanted"), [("wrong password", NEW), ("", NEW), (PASSWORD, "short"), (PASSWORD, email_of("ben"))]
)
def test_a_refused_password_changes_nothing(cast: Cast, current: str, wanted: str) -> None:
    here, there, kept = cast.browser("ben"), cast.browser("ben"), ben(cast).password_hash
    assert here.post("/preferences/password", data={"current": current, "password": wanted}).status_code == 422
    assert there.get("/preferences").status_code == 200 and ben(cast).password_hash == kept


def test_a_new_address_counts_once_its_letter_was_answered(cast: Cast, stranger: FlaskClient) -> None:
    browser = cast.browser("ben")
    browser.post("/preferences/email", data={"email": "new@example.org", "password": PASSWORD})
    assert ben(cast).email == email_of("ben")
    link = newest_link("new@example.org")
    assert "new@example.org" in stranger.get(link).text and ben(cast).email == email_of("ben")
    assert stranger.post(link).status_code == 303
    assert (ben(cast).email, ben(cast).new_email) == ("new@example.org", None)
    assert letters_to(email_of("ben"))[-1].kind == "accounts_address_changed"
    assert stranger.post(link).status_code == 410
    assert stranger.post("/login", data={"email": "new@example.org", "password": PASSWORD}).status_code == 303


def test_the_address_of_another_gets_the_same_answer_and_no_link(cast: Cast) -> None:
    cast.id_of("cleo")
    browser = cast.browser("ben")
    free = browser.post("/preferences/email", data={"email": "new@example.org", "password": PASSWORD})
    taken = browser.post("/preferences/email", data={"email": "Cleo@example.org", "password": PASSWORD})
    assert (free.status_code, free.headers["Location"], free.data) == (
        taken.status_code,
        taken.headers["Location"],
        taken.data,
    )
    assert "/preferences/email/" not in letters_to("cleo@example.org")[-1].text


def test_an_address_taken_meanwhile_is_not_taken_twice(cast: Cast, stranger: FlaskClient) -> None:
    browser = cast.browser("ben")
    browser.post("/preferences/email", data={"email": "dora@example.org", "password": PASSWORD})
    link = newest_link("dora@example.org")
    stranger.post("/register", data={"name": "Dora", "email": "dora@example.org", "password": PASSWORD})
    assert stranger.post(link).status_code == 410
    assert ben(cast).email == email_of("ben")


def test_a_new_address_needs_the_password(cast: Cast) -> None:
    browser = cast.browser("ben")
    assert browser.post("/preferences/email", data={"email": "new@example.org", "password": "x"}).status_code == 422
    assert letters_to("new@example.org") == []


def test_one_session_can_be_ended_from_another(cast: Cast) -> None:
    here, there = cast.browser("ben"), cast.browser("ben")
    newest = session.open_sessions(cast.id_of("ben"))[0]
    page = here.get("/preferences/sessions").text
    assert page.count("/end") == 3
    assert here.post(f"/preferences/sessions/{newest.id}/end").status_code == 303
    assert here.get("/preferences").status_code == 200 and there.get("/preferences").status_code == 303


def test_the_browser_one_sits_at_leads_the_list(cast: Cast) -> None:
    for browser in [cast.browser("ben") for _ in range(3)]:
        rows = browser.get("/preferences/sessions").text.split('class="session-rows"')[1].split("</li>")
        assert ["This browser" in row for row in rows[:3]] == [True, False, False]


def test_the_session_of_another_person_stays(cast: Cast) -> None:
    ben_browser, cleo_browser = cast.browser("ben"), cast.browser("cleo")
    (theirs,) = session.open_sessions(cast.id_of("cleo"))
    ben_browser.post(f"/preferences/sessions/{theirs.id}/end")
    assert cleo_browser.get("/preferences").status_code == 200


def test_logging_out_everywhere_ends_all_sessions_of_the_person(cast: Cast) -> None:
    browsers = [cast.browser("ben") for _ in range(3)]
    cleo_browser = cast.browser("cleo")
    browsers[0].post("/preferences/sessions/end")
    assert [one.get("/preferences").status_code for one in browsers] == [303, 303, 303]
    assert cleo_browser.get("/preferences").status_code == 200
