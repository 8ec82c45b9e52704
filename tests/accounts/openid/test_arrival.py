"""Whose account it is: nobody gains one by having been there first, and nobody loses one to an address."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.accounts import erasure, password, product_customer, session, user
from helpcenter.accounts.openid import identity
from helpcenter.accounts.openid.claims import Claims
from helpcenter.accounts.product_customer import ProductCustomer
from helpcenter.accounts.role import Role
from helpcenter.accounts.user import User
from helpcenter.community.moderation import sanction
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.journal import JournalEntry
from tests.accounts.letterbox import letters_to
from tests.accounts.openid.journey import begin, come, led_back, name_on, people, set_rules, title_of
from tests.accounts.openid.provider_server import ProviderServer
from tests.accounts.second_step.phone import PATH, given
from tests.cast import PASSWORD, Cast, email_of
from tests.community.moderation.acts import clean_up

TAKEN = "This address already has an account"
KNOWN = "You already have an account"


def add(name: str, email: str, *, is_confirmed: bool = True) -> int:
    begin_write()
    person = user.add(name, email, password.hashed(PASSWORD), is_confirmed=is_confirmed)
    db.session.commit()
    return person.id


def row_of(user_id: int) -> User:
    return db.session.get_one(User, user_id, populate_existing=True)


def acts() -> list[tuple[str, int | None]]:
    db.session.rollback()
    return [(one.act, one.by_id) for one in db.session.scalars(select(JournalEntry).order_by(JournalEntry.id))]


def test_a_confirmed_address_on_both_sides_is_the_same_person(
    openid: ProviderServer, cast: Cast, stranger: FlaskClient
) -> None:
    ben = cast.id_of("ben")
    openid.person |= {"email": email_of("ben").upper(), "name": "Someone Else"}
    come(stranger)
    assert name_on(stranger) == "Ben" and people() == 1
    assert password.matches(PASSWORD, row_of(ben).password_hash)
    assert acts() == [("openid_connected", ben)]
    assert ["connected with 127.0.0.1" in one.subject for one in letters_to(email_of("ben"))] == [True]


def test_whoever_logs_in_with_two_steps_here_owes_the_second_one_after_the_provider_too(
    openid: ProviderServer, cast: Cast, stranger: FlaskClient
) -> None:
    phone = given(cast, "ben")
    openid.person |= {"email": email_of("ben")}
    answer = come(stranger)
    assert answer.location.startswith(PATH)
    assert name_on(stranger) == ""
    stranger.post(PATH, data={"code": phone.code()})
    assert name_on(stranger) == "Ben"


def test_an_account_that_was_planted_loses_its_password_and_everything_else(
    app: Flask, openid: ProviderServer, stranger: FlaskClient
) -> None:
    planted = add("Mallory", "PIA@example.org", is_confirmed=False)
    begin_write()
    before, cookie = row_of(planted), session.start(planted)
    before.new_email = "mallory@example.org"
    db.session.commit()
    come(stranger)
    now = row_of(planted)
    assert (now.name, now.email, now.new_email, now.is_confirmed) == ("Pia", "pia@example.org", None, True)
    assert not password.matches(PASSWORD, now.password_hash)
    mallory = app.test_client()
    mallory.set_cookie("hc_session", cookie)
    assert name_on(mallory) == ""
    tried = mallory.post("/login", data={"email": "pia@example.org", "password": PASSWORD})
    assert tried.status_code == 422


@pytest.mark.parametrize("verified", [None, False, "false", 1, "yes"])
@pytest.mark.parametrize("is_confirmed", [True, False])
def test_an_address_that_the_provider_does_not_vouch_for_opens_no_account(
    openid: ProviderServer, stranger: FlaskClient, verified: Any, is_confirmed: bool
) -> None:
    theirs = add("Pia", "pia@example.org", is_confirmed=is_confirmed)
    openid.person["email_verified"] = verified
    assert title_of(come(stranger)) == "Your address is not confirmed"
    assert name_on(stranger) == "" and identity.all_of(theirs) == []
    assert password.matches(PASSWORD, row_of(theirs).password_hash)


def test_what_the_token_vouches_for_is_no_address_of_userinfo(openid: ProviderServer, stranger: FlaskClient) -> None:
    openid.person = {"sub": "pia-7", "email_verified": True}
    openid.userinfo = {"sub": "pia-7", "email": "ben@example.org"}
    assert title_of(come(stranger)) == "Your address is not confirmed"


@pytest.mark.parametrize("name", ["ada", "sam", "mia", "root"])
def test_an_account_of_the_team_asks_for_its_password_once(
    app: Flask, openid: ProviderServer, cast: Cast, stranger: FlaskClient, name: str
) -> None:
    theirs = cast.id_of(name)
    openid.person["email"] = email_of(name)
    asked = stranger.get(led_back(begin(stranger, "/en/contact")), follow_redirects=True)
    assert title_of(asked) == KNOWN and email_of(name) in asked.text
    wrong = stranger.post("/login/openid/account", data={"password": "a wrong one of mine"})
    assert wrong.status_code == 422 and identity.all_of(theirs) == []
    done = stranger.post("/login/openid/account", data={"password": PASSWORD})
    assert (done.status_code, done.location) == (303, "/en/contact")
    assert name_on(stranger) == name.title()
    again = app.test_client()
    come(again)
    assert name_on(again) == name.title()


def test_an_account_that_waits_for_its_password_belongs_to_this_browser(
    app: Flask, openid: ProviderServer, cast: Cast, stranger: FlaskClient
) -> None:
    ada = cast.id_of("ada")
    openid.person["email"] = email_of("ada")
    come(stranger)
    assert title_of(app.test_client().get("/login/openid/account")) == "This login is over"
    other = app.test_client().post("/login/openid/account", data={"password": PASSWORD})
    assert title_of(other) == "This login is over"
    begin_write()
    row_of(ada).email_key = "ada@elsewhere.example"
    db.session.commit()
    moved = stranger.post("/login/openid/account", data={"password": PASSWORD})
    assert title_of(moved) == "This login is over" and identity.all_of(ada) == []


def test_many_passwords_are_not_tried_there(
    app: Flask, openid: ProviderServer, cast: Cast, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.id_of("ada")
    openid.person["email"] = email_of("ada")
    come(stranger)
    monkeypatch.setattr(password, "matches", lambda _typed, _kept: False)
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], limits_enabled=True))
    found = [stranger.post("/login/openid/account", data={"password": "x"}).status_code for _ in range(11)]
    assert found == [422] * 10 + [429]


def test_another_person_of_the_provider_with_an_old_address_gets_nobodys_account(
    app: Flask, openid: ProviderServer, stranger: FlaskClient
) -> None:
    come(app.test_client())
    openid.person = {**openid.person, "sub": "pia-8"}
    assert title_of(come(stranger)) == TAKEN


def test_an_address_that_only_looks_the_same_opens_no_account(openid: ProviderServer, stranger: FlaskClient) -> None:
    add("Noor", "me@strasse.example")
    openid.person["email"] = "me@straße.example"
    assert title_of(come(stranger)) == TAKEN


@pytest.mark.parametrize("email", [None, "", "pia", 7, "a" * 300 + "@example.org"], ids=str)
def test_without_an_address_there_is_no_account(openid: ProviderServer, stranger: FlaskClient, email: Any) -> None:
    openid.person["email"] = email
    answer = come(stranger)
    assert title_of(answer) == "127.0.0.1 does not share your email address" and "/register" in answer.text
    assert people() == 0


def test_who_is_known_needs_no_address(app: Flask, openid: ProviderServer, stranger: FlaskClient) -> None:
    come(app.test_client())
    openid.person = {"sub": "pia-7"}
    come(stranger)
    assert name_on(stranger) == "Pia"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"name": "  Pia\u200d \u202e\n" + "a" * 100}, ("Pia " + "a" * 100)[:80]),
        ({"name": "<b>Pia</b>"}, "&lt;b&gt;Pia&lt;/b&gt;"),
        ({"name": "\u202e", "given_name": "Pia", "family_name": "Ito"}, "Pia Ito"),
        ({"name": 7, "nickname": "pi"}, "pi"),
        ({"name": "pia@example.org", "preferred_username": "pia.ito"}, "pia.ito"),
        ({"name": None}, "pia"),
    ],
)
def test_names_are_taken_as_people_give_them(
    openid: ProviderServer, stranger: FlaskClient, said: dict[str, Any], name: str
) -> None:
    openid.person |= said
    come(stranger)
    assert name_on(stranger) == name


def test_only_some_domains_come_in(app: Flask, openid: ProviderServer, stranger: FlaskClient) -> None:
    set_rules(domains=("example.org",))
    openid.person["email"] = "pia@EXAMPLE.org"
    assert come(stranger).status_code == 303
    # Whoever came before comes no more once the rules say so, and neither does an address nobody confirmed.
    for changes in (
        {"email": "pia@sub.example.org"},
        {"email": "pia@example.org", "email_verified": False},
        {"email": ""},
    ):
        openid.person |= changes
        refused = come(app.test_client())
        assert title_of(refused) == "This way in is not for your address" and "example.org" in refused.text


def test_a_domain_that_only_looks_the_same_is_another(openid: ProviderServer, stranger: FlaskClient) -> None:
    set_rules(domains=("straße.example",))
    openid.person["email"] = "me@strasse.example"
    assert title_of(come(stranger)) == "This way in is not for your address"


def test_where_accounts_are_not_made_this_way_only_those_that_exist_open(
    app: Flask, openid: ProviderServer, cast: Cast, stranger: FlaskClient
) -> None:
    set_rules(creates=False)
    assert title_of(come(stranger)) == "You have no account here yet" and people() == 0
    cast.id_of("ben")
    openid.person |= {"email": email_of("ben")}
    assert come(stranger).status_code == 303


def test_an_address_of_ones_own_organisation_counts_where_the_rules_say_so(
    app: Flask, openid: ProviderServer, cast: Cast, stranger: FlaskClient
) -> None:
    set_rules(trusts_addresses=True, domains=("example.org",))
    cast.id_of("ben")
    openid.person.pop("email_verified")
    assert come(stranger).status_code == 303
    # An account that somebody has shown to be theirs opens with its password all the same.
    openid.person |= {"sub": "other", "email": email_of("ben")}
    other = app.test_client()
    asked = other.get(led_back(begin(other)), follow_redirects=True)
    assert title_of(asked) == KNOWN
    openid.person |= {"sub": "third", "email": "nobody@example.org", "email_verified": False}
    assert title_of(come(app.test_client())) == "This way in is not for your address"


def test_a_new_address_there_is_told_once_and_changes_nothing_here(
    app: Flask, openid: ProviderServer, stranger: FlaskClient
) -> None:
    come(stranger)
    openid.person["email"] = "pia@elsewhere.example"
    for is_told in (True, False):
        again = app.test_client()
        come(again)
        assert ("Email from here still goes to pia@example.org" in again.get("/preferences").text) == is_told
    assert row_of(1).email == "pia@example.org"


def test_whoever_was_erased_begins_again_as_somebody_new(
    app: Flask, openid: ProviderServer, stranger: FlaskClient
) -> None:
    come(stranger)
    assert "pia-7" in stranger.get("/preferences/export").text
    begin_write()
    erasure.erase(1)
    db.session.commit()
    assert identity.all_of(1) == []
    come(app.test_client())
    assert people() == 2


def test_whoever_is_blocked_comes_in_and_stays_blocked(
    openid: ProviderServer, cast: Cast, stranger: FlaskClient
) -> None:
    ben = cast.id_of("ben")
    clean_up(cast, "ben")
    openid.person["email"] = email_of("ben")
    come(stranger)
    assert name_on(stranger) == "Ben" and sanction.is_blocked(ben)


def test_a_customer_of_the_product_keeps_that_way_in_too(openid: ProviderServer, stranger: FlaskClient) -> None:
    pia = add("Pia", "pia@example.org")
    begin_write()
    db.session.add(ProductCustomer(user_id=pia, product_id="customer-7", known_since=clock.now()))
    db.session.commit()
    come(stranger)
    assert people() == 1 and product_customer.known_of([pia]) == {pia}


def test_two_who_come_at_the_same_moment_are_one_person(
    openid: ProviderServer, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("Pia", "pia@example.org")
    looks, find = iter([lambda _email: None]), user.by_email
    monkeypatch.setattr(user, "by_email", lambda email: next(looks, find)(email))
    assert come(stranger).status_code == 303
    assert people() == 1


def test_the_same_word_of_another_provider_is_somebody_else(openid: ProviderServer, stranger: FlaskClient) -> None:
    come(stranger)
    said = Claims("https://other.example", "pia-7", "", False, False, "", "")
    assert identity.holder(said) is None


def test_roles_that_an_address_was_given_before_it_was_confirmed_are_kept(
    openid: ProviderServer, stranger: FlaskClient
) -> None:
    planted = add("Mallory", "pia@example.org", is_confirmed=False)
    begin_write()
    user.give_role(planted, Role.EDITOR, by=None)
    db.session.commit()
    come(stranger)
    assert stranger.get("/studio").status_code == 200 and name_on(stranger) == "Pia"
