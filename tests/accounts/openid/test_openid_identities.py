"""Connecting one's account with the provider, and ending that without locking oneself out."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.accounts import user
from helpcenter.accounts.openid import identity
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.journal import JournalEntry
from tests.accounts.letterbox import letters_to, newest_link
from tests.accounts.openid.journey import OVER, come, led_back, set_rules, title_of
from tests.accounts.openid.provider_server import ProviderServer
from tests.cast import PASSWORD, Cast, email_of

ADDRESS = "/preferences/openid"


def way_there(browser: FlaskClient, password: str = PASSWORD) -> str:
    """The link to the provider that the page gives for a password."""
    page = browser.post(ADDRESS, data={"password": password}).text
    start = page.index('<a class="button primary" href="') + len('<a class="button primary" href="')
    return page[start : page.index('"', start)].replace("&amp;", "&")


def test_a_member_connects_an_account_under_another_address(openid: ProviderServer, cast: Cast) -> None:
    ben, browser = cast.id_of("ben"), cast.browser("ben")
    openid.person |= {"email": "ben@elsewhere.example", "email_verified": False}
    shown = browser.post(ADDRESS, data={"password": PASSWORD})
    assert shown.status_code == 200 and "form-action 'self';" in shown.headers["Content-Security-Policy"]
    done = browser.get(led_back(way_there(browser)), follow_redirects=True)
    assert "From now on you can log in here with 127.0.0.1." in done.text
    assert "ben@elsewhere.example" in done.text
    found = identity.of(ben)
    assert found is not None and (found.subject, found.issuer) == ("pia-7", openid.url)
    assert len(letters_to(email_of("ben"))) == 1
    assert "pia-7" in browser.get("/preferences/export").text


def test_a_browser_left_open_connects_nobody(openid: ProviderServer, cast: Cast) -> None:
    refused = cast.browser("ben").post(ADDRESS, data={"password": "not the password"})
    assert refused.status_code == 422 and "/authorize" not in refused.text


def test_whoever_comes_back_is_still_the_one_who_went(openid: ProviderServer, cast: Cast) -> None:
    browser = cast.browser("ben")
    back = led_back(way_there(browser))
    browser.post("/logout")
    assert title_of(browser.get(back)) == OVER
    session = cast.browser("cleo").get_cookie("hc_session")
    assert session is not None
    browser.set_cookie("hc_session", session.value)
    assert title_of(browser.get(back)) == OVER
    assert identity.all_of(cast.id_of("ben")) == identity.all_of(cast.id_of("cleo")) == []


def test_an_account_there_opens_one_account_here(openid: ProviderServer, cast: Cast, app: Flask) -> None:
    come(app.test_client())
    browser = cast.browser("ben")
    answer = browser.get(led_back(way_there(browser)))
    assert title_of(answer) == "This cannot be connected"
    assert identity.of(cast.id_of("ben")) is None


def test_the_domains_hold_for_whoever_connects_too(openid: ProviderServer, cast: Cast) -> None:
    set_rules(domains=("example.net",))
    browser = cast.browser("ben")
    assert title_of(browser.get(led_back(way_there(browser)))) == "This way in is not for your address"


def test_a_member_disconnects_with_the_password_that_is_left(openid: ProviderServer, cast: Cast) -> None:
    ben, browser = cast.id_of("ben"), cast.browser("ben")
    browser.get(led_back(way_there(browser)))
    assert browser.post(f"{ADDRESS}/end", data={"password": "wrong"}).status_code == 422
    assert browser.post(f"{ADDRESS}/end", data={"password": PASSWORD}).status_code == 303
    assert identity.of(ben) is None
    assert [row.act for row in db.session.scalars(select(JournalEntry).order_by(JournalEntry.id))][-2:] == [
        "openid_connected",
        "openid_disconnected",
    ]


def test_whoever_has_no_password_chooses_one_first(openid: ProviderServer, stranger: FlaskClient) -> None:
    come(stranger)
    for page in (ADDRESS, "/preferences/password", "/preferences/email", "/preferences/erasure"):
        shown = stranger.get(page).text
        assert "Your account has no password yet" in shown and 'name="password"' not in shown, page
    assert stranger.post(f"{ADDRESS}/end", data={"password": ""}).status_code == 422
    assert stranger.post("/preferences/password/letter").status_code == 303
    chosen = stranger.post(newest_link("pia@example.org"), data={"password": "words of my own here"})
    assert chosen.status_code == 303
    assert stranger.post("/preferences/password/letter").location == "/preferences/password"
    assert stranger.post(f"{ADDRESS}/end", data={"password": "words of my own here"}).status_code == 303
    assert identity.of(1) is None


def test_the_team_does_not_lock_itself_out(openid: ProviderServer, cast: Cast) -> None:
    browser = cast.browser("ada")
    browser.get(led_back(way_there(browser)))
    set_rules(only_for_team=True)
    assert "this cannot be disconnected" in browser.get(ADDRESS).text
    assert browser.post(f"{ADDRESS}/end", data={"password": PASSWORD}).status_code == 422
    assert identity.of(cast.id_of("ada")) is not None


def test_a_provider_that_is_down_is_told_here_too(openid: ProviderServer, cast: Cast) -> None:
    openid.instead["/.well-known/openid-configuration"] = (500, b"", {})
    assert cast.browser("ben").post(ADDRESS, data={"password": PASSWORD}).status_code == 503


def test_the_way_there_is_for_a_few_minutes(openid: ProviderServer, cast: Cast) -> None:
    browser = cast.browser("ben")
    back = led_back(way_there(browser))
    assert parse_qs(urlsplit(back).query)["state"]
    browser.delete_cookie("hc_openid")
    assert title_of(browser.get(back)) == OVER


def test_who_connected_once_and_left_the_provider_is_recognised_by_its_new_word_after_disconnecting(
    app: Flask, openid: ProviderServer, cast: Cast
) -> None:
    come(app.test_client())
    openid.person["sub"] = "pia-moved"
    begin_write()
    assert identity.disconnect(1, by=None)
    db.session.commit()
    assert come(app.test_client()).status_code == 303
    person, own = user.by_id(1), identity.of(1)
    assert person is not None and own is not None and own.subject == "pia-moved"
    assert clock.now() - own.used_at < timedelta(minutes=5)


@pytest.mark.parametrize("path", [ADDRESS, f"{ADDRESS}/end"])
def test_a_stranger_connects_nothing(openid: ProviderServer, stranger: FlaskClient, path: str) -> None:
    assert stranger.post(path, data={"password": PASSWORD}).status_code == 401
