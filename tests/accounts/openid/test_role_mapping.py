"""Roles by what the provider says, given and taken at each log-in."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.accounts import product_customer, user
from helpcenter.accounts.openid import claims, role_lines
from helpcenter.accounts.openid.role_lines import NoRoleLine
from helpcenter.accounts.openid.rules import Rules
from helpcenter.accounts.product_customer import ProductCustomer
from helpcenter.accounts.role import Role
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.journal import JournalEntry
from tests.accounts.openid.journey import come, set_rules
from tests.accounts.openid.provider_server import ProviderServer
from tests.cast import PASSWORD, Cast, email_of

ROLES = (("writers", "editor"), ("helpers", "agent"), ("bosses", "admin"), ("bosses", "editor"))


def roles_of(user_id: int) -> set[Role]:
    db.session.rollback()
    return set(user.roles_of([user_id])[user_id] - {Role.MEMBER})


def give(user_id: int, role: Role) -> None:
    begin_write()
    user.give_role(user_id, role, by=None)
    db.session.commit()


def test_roles_follow_the_groups_at_each_log_in(app: Flask, openid: ProviderServer, cast: Cast) -> None:
    cast.id_of("root")
    set_rules(claim="groups", roles=ROLES)
    pia = cast.id_of("root") + 1
    for groups, expected in (
        (["writers", "others"], {Role.EDITOR}),
        ("helpers", {Role.AGENT}),
        (["bosses"], {Role.ADMIN, Role.EDITOR}),
        ([], set()),
        (["Writers", 7, None, ["writers"]], set()),
    ):
        openid.person["groups"] = groups
        assert come(app.test_client()).status_code == 303
        assert roles_of(pia) == expected, groups


def test_what_the_rules_do_not_name_stays_what_admins_made_it(app: Flask, openid: ProviderServer, cast: Cast) -> None:
    come(app.test_client())
    for role in (Role.MODERATOR, Role.PARTNER, Role.AGENT):
        give(1, role)
    set_rules(claim="groups", roles=ROLES)
    come(app.test_client())
    assert roles_of(1) == {Role.MODERATOR, Role.PARTNER}
    give(1, Role.AGENT)
    set_rules(roles=ROLES)
    come(app.test_client())
    assert Role.AGENT in roles_of(1), "without a claim nothing is managed"


def test_the_last_admin_stays(app: Flask, openid: ProviderServer, cast: Cast, stranger: FlaskClient) -> None:
    set_rules(claim="groups", roles=ROLES)
    openid.person["groups"] = ["bosses"]
    come(stranger)
    openid.person["groups"] = []
    assert come(app.test_client()).status_code == 303
    assert roles_of(1) == {Role.ADMIN}
    cast.id_of("root")
    come(app.test_client())
    assert roles_of(1) == set()


def test_groups_that_are_too_many_to_tell_change_nothing(app: Flask, openid: ProviderServer, cast: Cast) -> None:
    set_rules(claim="groups", roles=ROLES)
    openid.person["groups"] = ["writers"]
    come(app.test_client())
    openid.person.pop("groups")
    openid.person["_claim_names"] = {"groups": "src1"}
    come(app.test_client())
    assert roles_of(1) == {Role.EDITOR}


def test_whoever_knows_their_password_has_the_roles_at_once(
    openid: ProviderServer, cast: Cast, stranger: FlaskClient
) -> None:
    sam = cast.id_of("sam")
    set_rules(claim="groups", roles=ROLES)
    openid.person |= {"email": email_of("sam"), "groups": ["writers"]}
    come(stranger)
    assert roles_of(sam) == {Role.AGENT}
    stranger.post("/login/openid/account", data={"password": PASSWORD})
    assert roles_of(sam) == {Role.EDITOR}


def test_the_journal_tells_who_gave_them(openid: ProviderServer, cast: Cast, stranger: FlaskClient) -> None:
    set_rules(claim="groups", roles=ROLES)
    openid.person["groups"] = ["writers"]
    come(stranger)
    found = db.session.scalars(select(JournalEntry).where(JournalEntry.act == "role_given")).one()
    assert (found.by_id, found.subject_id, found.detail) == (None, 1, {"role": "editor", "way": "openid"})
    page = cast.browser("root").get("/settings/journal").text
    assert "the login provider" in page and "connected an account with the login provider" in page


def test_a_customer_who_joins_the_team_comes_from_the_product_no_more(
    app: Flask, openid: ProviderServer, stranger: FlaskClient
) -> None:
    come(stranger)
    begin_write()
    db.session.add(ProductCustomer(user_id=1, product_id="customer-7", known_since=clock.now()))
    db.session.commit()
    set_rules(claim="groups", roles=ROLES)
    openid.person["groups"] = ["writers"]
    second = app.test_client()
    come(second)
    assert product_customer.known_of([1]) == set()
    assert second.get("/studio").status_code == 200 and stranger.get("/preferences").status_code == 303


@pytest.mark.parametrize(
    ("said", "claim", "groups"),
    [
        ({"groups": ["a", "b"]}, "groups", "a b"),
        ({"realm_access": {"roles": ["a"]}}, "realm_access.roles", "a"),
        ({"https://x.example/roles": "a"}, "https://x.example/roles", "a"),
        ({"realm_access": ["roles"]}, "realm_access.roles", ""),
        ({"groups": {"a": 1}}, "groups", ""),
        ({"groups": True}, "groups", ""),
        ({}, "groups", ""),
        ({"_claim_names": "nonsense"}, "groups", ""),
    ],
    ids=str,
)
def test_where_groups_are_found(said: dict[str, Any], claim: str, groups: str) -> None:
    found = claims.read({"iss": "x", "sub": "y", **said}, {}, Rules(claim=claim))
    assert found.groups == set(groups.split())


def test_a_line_names_a_group_and_its_role() -> None:
    text = "writers = editor\n\n  cn=help,dc=example = Agent \nwriters=editor\n"
    assert role_lines.read(text) == (("writers", "editor"), ("cn=help,dc=example", "agent"))
    assert role_lines.read(role_lines.written(role_lines.read(text))) == role_lines.read(text)


@pytest.mark.parametrize(
    "line", ["writers", "= editor", "writers = boss", "writers = partner", "x" * 201 + " = editor"]
)
def test_a_line_that_is_none_is_told(line: str) -> None:
    with pytest.raises(NoRoleLine, match=line.replace("(", ".")):
        role_lines.read(f"a = editor\n{line}")
