"""Customers come in from the product: as whom is shown first, and a link alone logs nobody in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import jwt
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from helpcenter.accounts import erasure, password, product_customer, user
from helpcenter.accounts.user import User
from helpcenter.community import trust
from helpcenter.community.trust import Level
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from tests.accounts.test_races import at_once
from tests.cast import Cast, email_of
from tests.journeys.acts import BROWSER, article_token, events, send

SECRET = "what the product and the tests know, both of them"
NUMBERS = count(1)


@pytest.fixture(autouse=True)
def knows_the_product(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], product_secret=SECRET))
    yield


def token(secret: str = SECRET, algorithm: str = "HS256", **changes: Any) -> str:
    now = int(clock.now().timestamp())
    claims = {
        "sub": "customer-7",
        "email": "pia@example.org",
        "email_verified": True,
        "name": "Pia",
        "iat": now,
        "exp": now + 120,
        "jti": f"{next(NUMBERS)}",
    }
    said = {name: value for name, value in {**claims, **changes}.items() if value is not None}
    return jwt.encode(said, secret, algorithm=algorithm)


def come(browser: FlaskClient, link: str, target: str = "/en/community") -> TestResponse:
    """Press the button on the page that the link opens."""
    return browser.post("/login/product", data={"token": link, "next": target}, headers={"User-Agent": BROWSER})


def people() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(User.id))) or 0


def name_on(browser: FlaskClient) -> str:
    found = re.search(r'name="name"[^>]*value="([^"]*)"', browser.get("/preferences").text)
    return found[1] if found else ""


def test_a_link_says_as_whom_and_its_button_logs_in(stranger: FlaskClient) -> None:
    link = token()
    page = stranger.get("/login/product", query_string={"token": link, "next": "/en/contact"})
    assert "Continue as Pia" in page.text and "pia@example.org" in page.text
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("strict-origin", "no-store")
    assert people() == 0
    done = come(stranger, link, "/en/contact")
    assert (done.status_code, done.location) == (303, "/en/contact")
    assert name_on(stranger) == "Pia"


def test_whoever_is_logged_in_already_goes_straight_on(stranger: FlaskClient) -> None:
    come(stranger, token())
    again = stranger.get("/login/product", query_string={"token": token(), "next": "/en/contact"})
    assert (again.status_code, again.location) == (303, "/en/contact")
    other = stranger.get("/login/product", query_string={"token": token(sub="customer-8", name="Noor")})
    assert "Continue as Noor" in other.text and "You are now logged in as" in other.text


def test_the_button_keeps_the_language_of_the_page(stranger: FlaskClient) -> None:
    page = stranger.get("/login/product", query_string={"token": token(), "lang": "es"}).text
    assert "Continuar como Pia" in page
    assert 'action="/login/product?lang=es"' in page


def test_a_token_counts_once(app: Flask, stranger: FlaskClient) -> None:
    link = token()
    assert come(stranger, link).status_code == 303
    second = come(app.test_client(), link)
    assert second.status_code == 422
    assert "works once, for five minutes" in second.text


def test_a_token_counts_once_for_all_who_send_it_at_the_same_moment(app: Flask) -> None:
    link = token()
    assert at_once(4, lambda _number: come(app.test_client(), link).status_code) == [303, 422, 422, 422]
    assert people() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "another secret that is as long as the right one"},
        {"algorithm": "HS512"},
        {"iat": -400, "exp": -300},
        {"iat": 0, "exp": 301},
        {"iat": 60, "exp": 120},
        {"nbf": 60},
        {"nbf": "soon"},
        {"exp": None},
        {"iat": None},
        {"jti": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"email_verified": None},
        {"email_verified": "true"},
        {"email": "pia"},
        {"email": None},
        {"name": "  "},
        {"name": 7},
        {"exp": -62135596799, "iat": -62135596800},
        {"exp": "soon"},
        {"exp": 10**30},
    ],
    ids=str,
)
def test_what_is_not_right_tells_nothing(stranger: FlaskClient, wrong: dict[str, Any]) -> None:
    now = int(clock.now().timestamp())
    given = {
        name: now + value if name in ("iat", "nbf", "exp") and isinstance(value, int) and value < 10**9 else value
        for name, value in wrong.items()
    }
    link = token(**given)
    assert stranger.get("/login/product", query_string={"token": link}).status_code == 422
    assert come(stranger, link).status_code == 422
    assert people() == 0


@pytest.mark.parametrize("nonsense", ["", "a.b.c", "x" * 9000, "\x00", jwt.encode({"sub": "x"}, "", algorithm="none")])
def test_nonsense_is_refused(stranger: FlaskClient, nonsense: str) -> None:
    assert come(stranger, nonsense).status_code == 422


def test_clocks_may_lie_a_little_apart(stranger: FlaskClient) -> None:
    now = int(clock.now().timestamp())
    assert come(stranger, token(iat=now + 20, exp=now + 100)).status_code == 303


def test_without_a_secret_there_is_no_such_page(
    app: Flask, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], product_secret=""))
    link = token(secret="x" * 40)
    assert stranger.get("/login/product", query_string={"token": link}).status_code == 404
    assert come(stranger, link).status_code == 404


def test_an_account_with_the_same_address_is_theirs_and_keeps_its_password(cast: Cast, stranger: FlaskClient) -> None:
    ben = cast.id_of("ben")
    kept = db.session.get_one(User, ben).password_hash
    come(stranger, token(email=email_of("ben").upper(), name="Somebody Else"))
    assert name_on(stranger) == "Ben"
    assert db.session.get_one(User, ben, populate_existing=True).password_hash == kept
    assert product_customer.known_of([ben]) == {ben}


def test_an_account_that_was_never_confirmed_loses_the_password_somebody_gave_it(stranger: FlaskClient) -> None:
    begin_write()
    planted = user.add("Mallory", "pia@example.org", password.hashed("a password of hers"))
    db.session.commit()
    come(stranger, token())
    row = db.session.get_one(User, planted.id, populate_existing=True)
    assert (row.name, row.email) == ("Pia", "pia@example.org")
    assert row.is_confirmed and not password.matches("a password of hers", row.password_hash)


def test_who_is_known_stays_who_they_are_when_their_address_changes(cast: Cast, app: Flask) -> None:
    first, second = app.test_client(), app.test_client()
    come(first, token())
    come(second, token(email="pia@elsewhere.example"))
    assert people() == 1
    begin_write()
    product_customer.forget(1)
    db.session.commit()
    assert product_customer.known_of([1]) == set()


def test_names_are_taken_as_people_give_them(stranger: FlaskClient) -> None:
    come(stranger, token(name="  Pia\u200d \u202e" + "a" * 100))
    assert name_on(stranger) == ("Pia " + "a" * 100)[:80]


def test_an_address_that_only_looks_the_same_opens_no_account(stranger: FlaskClient) -> None:
    begin_write()
    user.add("Noor", "me@strasse.example", password.hashed("a password of hers"), is_confirmed=True)
    db.session.commit()
    refused = come(stranger, token(email="me@straße.example"))
    assert refused.status_code == 422
    assert "This address already has an account" in refused.text
    assert product_customer.known_of([1]) == set()


def test_another_customer_with_an_old_address_is_not_let_into_the_account(app: Flask, stranger: FlaskClient) -> None:
    come(stranger, token())
    refused = come(app.test_client(), token(sub="customer-8"))
    assert refused.status_code == 422
    assert "This address already has an account" in refused.text


def test_who_joins_the_team_is_logged_out_and_comes_in_with_a_password(cast: Cast, stranger: FlaskClient) -> None:
    come(stranger, token())
    cast.browser("root").post("/settings/people/1", data={"roles": ["agent"]})
    assert "/login" in stranger.get("/preferences").location
    assert come(stranger, token()).status_code == 422


def miss_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has an address is there a moment after the first look for it."""
    looks, find = iter([lambda _email: None]), user.by_email
    monkeypatch.setattr(user, "by_email", lambda email: next(looks, find)(email))


def test_what_the_second_look_finds_may_be_refused_too(
    app: Flask, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    come(stranger, token())
    miss_once(monkeypatch)
    refused = come(app.test_client(), token(sub="customer-8"))
    assert refused.status_code == 422
    assert "This address already has an account" in refused.text


def test_whoever_registered_at_the_same_moment_is_found_by_a_second_look(
    stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_write()
    user.add("Pia", "pia@example.org", "", is_confirmed=True)
    db.session.commit()
    miss_once(monkeypatch)
    assert come(stranger, token()).status_code == 303
    assert people() == 1


def test_the_page_leaves_its_own_form_its_origin(stranger: FlaskClient) -> None:
    # A browser without Sec-Fetch-Site says "null" where the page hides its referrer, and such a form is refused.
    link = token()
    page = stranger.get("/login/product", query_string={"token": link})
    assert page.headers["Referrer-Policy"] != "no-referrer"
    sent = stranger.post("/login/product", data={"token": link}, headers={"Origin": "http://localhost"})
    assert sent.status_code == 303


@pytest.mark.parametrize("name", ["ada", "sam", "mia", "root"])
def test_the_team_comes_in_with_a_password_alone(cast: Cast, stranger: FlaskClient, name: str) -> None:
    cast.id_of(name)
    refused = come(stranger, token(email=email_of(name)))
    assert refused.status_code == 422
    assert "Team members log in with a password" in refused.text
    assert "/login" in stranger.get("/preferences").location


def test_they_go_nowhere_but_here(stranger: FlaskClient) -> None:
    assert come(stranger, token(), "https://evil.example/").location == "/"


def test_what_the_visitor_did_before_is_theirs(stranger: FlaskClient) -> None:
    send(stranger, article_token())
    come(stranger, token())
    viewed, signed_in = events()
    assert (viewed.kind, signed_in.kind) == ("viewed", "signed_in")
    assert viewed.visitor_id == signed_in.visitor_id
    assert signed_in.user_id == 1


def test_a_customer_of_the_product_is_no_newcomer(cast: Cast, stranger: FlaskClient) -> None:
    come(stranger, token())
    ben = cast.id_of("ben")
    levels = {person: trust.level(facts, "startup") for person, facts in trust.facts_of([1, ben]).items()}
    assert levels == {1: Level.KNOWN, ben: Level.NEWCOMER}


def test_the_bond_is_in_the_export_and_goes_with_the_account(app: Flask, stranger: FlaskClient) -> None:
    come(stranger, token())
    assert "customer-7" in stranger.get("/preferences/export").text
    begin_write()
    erasure.erase(1)
    db.session.commit()
    assert product_customer.known_of([1]) == set()
    come(app.test_client(), token())
    assert people() == 2
