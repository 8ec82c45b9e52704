"""Who comes in by way of the provider: what admins say, and the team without passwords."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.accounts import letters, password, token, user
from helpcenter.accounts.openid import identity, rules
from helpcenter.accounts.openid.rules import Rules
from helpcenter.accounts.role import Role
from helpcenter.accounts.token import Purpose
from helpcenter.cli import commands
from helpcenter.core.db import begin_write, db
from helpcenter.core.journal import JournalEntry
from tests.accounts.openid.journey import begin, come, led_back, name_on, set_rules, title_of
from tests.accounts.openid.provider_server import ProviderServer
from tests.cast import PASSWORD, Cast, email_of

ADDRESS = "/settings/openid"
FORM: dict[str, Any] = {
    "name": " Harbor   ID ",
    "creates": "y",
    "domains": "Example.org\n@straße.example\nexample.org",
    "claim": "groups",
    "roles": "writers = editor",
    "scopes": "groups offline",
}
KEPT = Rules(
    name="Harbor ID",
    domains=("example.org", "straße.example"),
    claim="groups",
    roles=(("writers", "editor"),),
    scopes="groups offline",
)


def connect(openid: ProviderServer, browser: FlaskClient, name: str) -> None:
    """Log somebody of the team in by way of the provider, who knows their password."""
    openid.person |= {"sub": name, "email": email_of(name)}
    come(browser)
    browser.post("/login/openid/account", data={"password": PASSWORD})


def log_in(browser: FlaskClient, name: str) -> int:
    return browser.post("/login", data={"email": email_of(name), "password": PASSWORD}).status_code


def test_what_admins_say_is_kept_and_shown_again(openid: ProviderServer, cast: Cast) -> None:
    root = cast.browser("root")
    assert root.post(ADDRESS, data=FORM).status_code == 303
    assert rules.current() == KEPT
    page = root.get(ADDRESS).text
    assert openid.url in page and "http://localhost/login/openid/callback" in page
    assert "straße.example" in page and "writers = editor" in page
    found = db.session.scalars(select(JournalEntry).where(JournalEntry.act == "openid_changed")).one()
    assert found.detail == {"settings": ["name", "domains", "scopes", "claim", "roles"]}
    assert "Log in with Harbor ID" in root.application.test_client().get("/login").text
    root.post(ADDRESS, data=FORM)
    assert len(db.session.scalars(select(JournalEntry).where(JournalEntry.act == "openid_changed")).all()) == 1


def test_what_is_asked_for_goes_along(openid: ProviderServer, cast: Cast, stranger: FlaskClient) -> None:
    cast.browser("root").post(ADDRESS, data=FORM)
    assert "scope=openid+profile+email+groups+offline" in begin(stranger)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "x" * 41},
        {"domains": "example.org\nhttps://example.net"},
        {"domains": "\n".join(f"d{number}.example.org" for number in range(101))},
        {"roles": "writers = boss"},
        {"roles": "\n".join(f"g{number} = editor" for number in range(101))},
        {"claim": ""},
        {"claim": "x" * 201},
        {"scopes": 'groups "'},
        {"trusts_addresses": "y", "domains": ""},
        {"only_for_team": "y"},
    ],
    ids=lambda one: str(one)[:40],
)
def test_what_makes_no_sense_is_refused_and_kept_on_the_page(
    openid: ProviderServer, cast: Cast, wrong: dict[str, Any]
) -> None:
    answer = cast.browser("root").post(ADDRESS, data={**FORM, **wrong})
    assert answer.status_code == 422 and "One thing needs another look" in answer.text
    assert rules.current() == Rules()


def test_a_site_without_a_provider_says_what_to_set(cast: Cast) -> None:
    page = cast.browser("root").get(ADDRESS).text
    assert "HELPCENTER_OPENID_ISSUER" in page and "http://localhost/login/openid/callback" in page


def test_an_admin_who_came_in_this_way_closes_the_other_one_for_the_team(
    app: Flask, openid: ProviderServer, cast: Cast, stranger: FlaskClient
) -> None:
    cast.id_of("root")
    connect(openid, stranger, "root")
    assert (
        stranger.post(ADDRESS, data={**FORM, "only_for_team": "y", "domains": "", "claim": "", "roles": ""}).status_code
        == 303
    )
    for name in ("ada", "sam", "mia", "root"):
        cast.id_of(name)
        refused = app.test_client().post("/login", data={"email": email_of(name), "password": PASSWORD})
        assert refused.status_code == 422 and "Your team logs in with Harbor ID alone" in refused.text
        wrong = app.test_client().post("/login", data={"email": email_of(name), "password": "a wrong password"})
        assert "Your team" not in wrong.text, "who has a role is nobody's business"
    cast.id_of("ben")
    assert log_in(app.test_client(), "ben") == 303


def test_a_link_by_mail_does_not_let_the_team_in_either(
    openid: ProviderServer, cast: Cast, stranger: FlaskClient
) -> None:
    ada = cast.id_of("ada")
    set_rules(only_for_team=True)
    person = user.by_id(ada)
    assert person is not None
    link = letters.reset_link(person).removeprefix("http://localhost")
    done = stranger.post(link, data={"password": "words of my own here"}, follow_redirects=True)
    assert "Your team logs in with 127.0.0.1" in done.text and name_on(stranger) == ""
    # The password is theirs all the same, and connects the account.
    openid.person |= {"email": email_of("ada")}
    come(stranger)
    stranger.post("/login/openid/account", data={"password": "words of my own here"})
    assert name_on(stranger) == "Ada"


def test_a_role_given_before_the_address_was_confirmed_lets_nobody_in_by_password(
    openid: ProviderServer, cast: Cast, stranger: FlaskClient
) -> None:
    set_rules(only_for_team=True)
    begin_write()
    dora = user.add("Dora", "dora@example.org", password.hashed(PASSWORD))
    user.give_role(dora.id, Role.EDITOR, by=None)
    db.session.commit()
    done = stranger.post(f"/confirm/{token.make(Purpose.CONFIRM, dora)}", data={"password": PASSWORD})
    assert done.location.startswith("/login") and name_on(stranger) == ""


def test_the_command_line_lets_the_team_in_again(
    app: Flask, openid: ProviderServer, cast: Cast, stranger: FlaskClient
) -> None:
    cast.id_of("ada")
    set_rules(only_for_team=True, name="Harbor ID")
    assert log_in(stranger, "ada") == 422
    for _ in range(2):
        assert CliRunner().invoke(commands, ["openid", "allow-passwords"], obj=app).exit_code == 0
    assert log_in(stranger, "ada") == 303
    assert rules.current() == Rules(name="Harbor ID")
    assert len(db.session.scalars(select(JournalEntry).where(JournalEntry.act == "openid_changed")).all()) == 1


def test_a_site_whose_provider_is_taken_away_closes_nothing(cast: Cast, stranger: FlaskClient) -> None:
    cast.id_of("ada")
    set_rules(only_for_team=True)
    assert log_in(stranger, "ada") == 303


def test_the_command_line_says_how_the_provider_is(app: Flask, openid: ProviderServer) -> None:
    told = CliRunner().invoke(commands, ["openid", "check"], obj=app)
    assert told.exit_code == 0
    assert f"{openid.url} answers. Keys it signs with: 1." in told.output
    assert "http://localhost/login/openid/callback" in told.output
    openid.about["issuer"] = "https://id.example"
    told = CliRunner().invoke(commands, ["openid", "check"], obj=app)
    assert told.exit_code == 1 and "it calls itself 'https://id.example'" in told.output


def test_without_a_provider_there_is_nothing_to_check(app: Flask) -> None:
    told = CliRunner().invoke(commands, ["openid", "check"], obj=app)
    assert (told.exit_code, told.output) == (0, "No provider is set: people log in with a password.\n")


def test_the_command_line_disconnects_somebody(app: Flask, openid: ProviderServer, stranger: FlaskClient) -> None:
    come(stranger)
    told = [CliRunner().invoke(commands, ["openid", "disconnect", "pia@example.org"], obj=app).output for _ in range(2)]
    assert told == ["pia@example.org: disconnected\n", "pia@example.org: was not connected\n"]
    assert identity.of(1) is None
    assert CliRunner().invoke(commands, ["openid", "disconnect", "nobody@example.org"], obj=app).exit_code == 1


def test_the_page_after_a_no_offers_what_helps(openid: ProviderServer, stranger: FlaskClient) -> None:
    set_rules(creates=False)
    answer = stranger.get(led_back(begin(stranger, "/en/contact")))
    assert title_of(answer) == "You have no account here yet"
    assert 'href="/register?lang=en&amp;next=/en/contact"' in answer.text
    assert 'href="/login?lang=en&amp;next=/en/contact"' in answer.text and "/login/openid?" not in answer.text
