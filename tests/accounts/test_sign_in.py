"""Signing in and out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from config import Settings
from helpcenter.accounts import user
from helpcenter.accounts.session import UserSession
from helpcenter.core import clock, pause
from helpcenter.core.db import begin_write, db
from helpcenter.core.page_store import SESSION_COOKIE
from helpcenter.journeys.event import Event
from tests.cast import PASSWORD, Cast, email_of


def sign_in(browser: FlaskClient, name: str = "ben", password: str = PASSWORD, query: str = ""):  # type: ignore[no-untyped-def]
    return browser.post(f"/login{query}", data={"email": email_of(name), "password": password})


def test_signing_in_opens_the_own_pages(stranger: FlaskClient, cast: Cast) -> None:
    cast.id_of("ben")
    assert stranger.get("/preferences").status_code == 303
    answer = sign_in(stranger)
    assert answer.status_code == 303 and answer.headers["Location"] == "/"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie
    page = stranger.get("/preferences")
    assert page.status_code == 200 and email_of("ben") in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_the_address_may_be_typed_in_any_letters(stranger: FlaskClient, cast: Cast) -> None:
    cast.id_of("ben")
    assert stranger.post("/login", data={"email": " BEN@Example.ORG ", "password": PASSWORD}).status_code == 303


def test_wrong_unknown_and_unconfirmed_are_one_answer(stranger: FlaskClient, cast: Cast) -> None:
    cast.id_of("ben")
    stranger.post("/register", data={"name": "Dora", "email": email_of("dora"), "password": PASSWORD})
    tried = [
        stranger.post("/login", data={"email": "same@example.org", "password": PASSWORD}),
        sign_in(stranger, "ben", "not the password of ben"),
        sign_in(stranger, "dora", PASSWORD),
        sign_in(stranger, "ben", ""),
        sign_in(stranger, "ben", "x" * 500),
    ]
    bodies = {
        page.text.replace(email_of("ben"), "same@example.org").replace(email_of("dora"), "same@example.org")
        for page in tried
    }
    assert {page.status_code for page in tried} == {422} and len(bodies) == 1
    assert not any("Set-Cookie" in page.headers for page in tried)


def test_an_unknown_address_costs_a_hash_too(
    stranger: FlaskClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.id_of("ben")
    from helpcenter.accounts import password

    verified: list[str] = []
    real = password.HASHER

    class Counting:
        hash = staticmethod(real.hash)
        check_needs_rehash = staticmethod(real.check_needs_rehash)

        @staticmethod
        def verify(kept: str, typed: str) -> bool:
            verified.append(kept)
            return real.verify(kept, typed)

    monkeypatch.setattr(password, "HASHER", Counting)
    for name in ("ben", "nobody"):
        sign_in(stranger, name, "not the password")
    assert len(verified) == 2 and not any(real.check_needs_rehash(kept) for kept in verified)


def test_a_copied_cookie_is_dead_after_log_out(stranger: FlaskClient, cast: Cast, app: Flask) -> None:
    cast.id_of("ben")
    sign_in(stranger)
    cookie = stranger.get_cookie(SESSION_COOKIE)
    assert cookie is not None
    thief = app.test_client()
    thief.set_cookie(SESSION_COOKIE, cookie.value)
    assert thief.get("/preferences").status_code == 200
    assert stranger.post("/logout").status_code == 303
    assert thief.get("/preferences").status_code == 303
    assert stranger.get_cookie(SESSION_COOKIE) is None


def test_log_out_by_get_changes_nothing(cast: Cast) -> None:
    browser = cast.browser("ben")
    assert browser.get("/logout").status_code == 405
    assert browser.get("/preferences").status_code == 200


def test_a_browser_that_logged_out_forgets_what_was_typed_and_searched_in_it(cast: Cast) -> None:
    assert cast.browser("ben").post("/logout").headers["Clear-Site-Data"] == '"storage"'


def test_every_sign_in_gets_another_cookie_and_ends_the_one_before(
    stranger: FlaskClient, cast: Cast, app: Flask
) -> None:
    cast.id_of("ben")
    sign_in(stranger)
    first = stranger.get_cookie(SESSION_COOKIE)
    sign_in(stranger)
    second = stranger.get_cookie(SESSION_COOKIE)
    assert first is not None and second is not None and first.value != second.value
    assert len(db.session.scalars(select(UserSession.id)).all()) == 1


def test_a_cookie_planted_before_is_not_the_session_after(stranger: FlaskClient, cast: Cast) -> None:
    cast.id_of("ben")
    stranger.set_cookie(SESSION_COOKIE, "planted")
    sign_in(stranger)
    cookie = stranger.get_cookie(SESSION_COOKIE)
    assert cookie is not None and cookie.value != "planted"


def test_no_other_host_of_the_domain_plants_a_session(
    app: Flask, stranger: FlaskClient, cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(settings, base_url="https://help.example.org"))
    cast.id_of("ben")
    answer = sign_in(stranger)
    assert "Secure" in answer.headers["Set-Cookie"] and "Domain" not in answer.headers["Set-Cookie"]
    cookie = stranger.get_cookie("__Host-hc_session")
    assert cookie is not None
    assert stranger.get("/preferences").status_code == 200
    assert "no-store" in stranger.get("/en/").headers["Cache-Control"]
    planted = app.test_client()
    planted.set_cookie(SESSION_COOKIE, cookie.value)
    assert planted.get("/preferences").status_code == 303
    # A browser lets go of such a cookie only over the same line on which it took it.
    assert "Secure" in stranger.post("/logout").headers["Set-Cookie"]
    assert stranger.get_cookie("__Host-hc_session") is None


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [("/en/search", "/en/search"), ("//evil.example", "/"), ("/%5Cevil.example", "/"), ("https://evil.example", "/")],
)
def test_signing_in_leads_back_within_the_site(stranger: FlaskClient, cast: Cast, asked: str, leads_to: str) -> None:
    cast.id_of("ben")
    assert sign_in(stranger, query=f"?next={asked}").headers["Location"] == leads_to
    assert stranger.get(f"/login?next={asked}").headers["Location"] == leads_to


def test_a_hash_of_an_older_cost_is_renewed_at_sign_in(stranger: FlaskClient, cast: Cast) -> None:
    ben = user.by_id(cast.id_of("ben"))
    assert ben is not None
    begin_write()
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    ben = user.by_id(ben.id)
    assert ben is not None
    ben.password_hash = old
    db.session.commit()
    sign_in(stranger, password="not the password")
    assert user.by_id(ben.id).password_hash == old  # type: ignore[union-attr]
    assert sign_in(stranger).status_code == 303
    db.session.rollback()
    assert "m=19456,t=2,p=1" in user.by_id(ben.id).password_hash  # type: ignore[union-attr]
    stranger.post("/logout")
    assert sign_in(stranger).status_code == 303


def test_signing_in_is_an_event_that_links_the_visitor(stranger: FlaskClient, cast: Cast) -> None:
    cast.id_of("ben")
    sign_in(stranger)
    rows = db.session.execute(select(Event.kind, Event.user_id, Event.visitor_id)).all()
    assert [(row.kind, row.user_id) for row in rows] == [("signed_in", cast.id_of("ben"))]
    assert rows[0].visitor_id


def test_a_session_in_use_is_noted_at_most_hourly_and_never_by_a_get(cast: Cast) -> None:
    browser, now = cast.browser("ben"), clock.now()

    def seen() -> object:
        db.session.rollback()
        return db.session.execute(select(UserSession.last_seen_at)).scalar_one()

    first = seen()
    preferences = {"name": "Ben", "locale": "", "time_zone": "", "theme": "dark", "shortcuts": "y"}
    with clock.moved(now + timedelta(minutes=50)):
        browser.post("/preferences", data=preferences)
    assert seen() == first
    with clock.moved(now + timedelta(hours=2)):
        browser.get("/preferences")
        assert seen() == first
        browser.post("/preferences", data=preferences)
        assert seen() == clock.now()


def test_a_session_that_can_not_be_noted_while_the_site_moves_spoils_no_answer(
    cast: Cast, stranger: FlaskClient
) -> None:
    browser, now = cast.browser("ben"), clock.now()
    before = db.session.execute(select(UserSession.last_seen_at)).scalar_one()
    db.session.rollback()
    pause.begin(db.engine, pause.Pause.COPYING)
    try:
        with clock.moved(now + timedelta(hours=2)):
            assert browser.post("/nowhere").status_code == stranger.post("/nowhere").status_code == 404
    finally:
        db.session.rollback()
        pause.end(db.engine)
    assert db.session.execute(select(UserSession.last_seen_at)).scalar_one() == before


def test_a_request_without_the_cookie_asks_the_database_nothing_about_people(app: Flask, cast: Cast) -> None:
    browser, stranger = cast.browser("ben"), app.test_client()
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "user" in statement:
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert stranger.get("/login").status_code == 200
        assert asked == []
        browser.get("/login")
        assert len(asked) == 1
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_signing_in_is_not_taken_from_another_site(stranger: FlaskClient, cast: Cast) -> None:
    cast.id_of("ben")
    answer = stranger.post(
        "/login", data={"email": email_of("ben"), "password": PASSWORD}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403 and stranger.get_cookie(SESSION_COOKIE) is None
