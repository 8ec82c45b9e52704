"""How the provider is asked: what is kept of it, and how this site shows who it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts.openid import provider as asking
from tests.accounts.openid.journey import DOWN, come, name_on, set_rules, title_of
from tests.accounts.openid.provider_server import ProviderServer

pytestmark = pytest.mark.alike


def test_what_it_says_of_itself_is_asked_for_once_an_hour(
    app: Flask, openid: ProviderServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        come(app.test_client())
    found = (openid.asked.count("/.well-known/openid-configuration"), openid.asked.count("/keys"))
    assert found == (1, 1)
    monkeypatch.setattr(asking, "KEPT", timedelta(0))
    openid.instead["/.well-known/openid-configuration"] = (500, b"", {})
    # Where it can not be asked, what it said before holds on.
    assert come(app.test_client()).status_code == 303


@pytest.mark.parametrize("methods", [["client_secret_post"], ["client_secret_basic", "private_key_jwt"]], ids=str)
def test_the_secret_goes_the_way_the_provider_takes_it(
    openid: ProviderServer, stranger: FlaskClient, methods: list[str]
) -> None:
    openid.about["token_endpoint_auth_methods_supported"] = methods
    assert come(stranger).status_code == 303


def test_a_site_without_a_secret_is_a_public_client(
    app: Flask, openid: ProviderServer, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], openid_client_secret=""))
    openid.is_public = True
    assert come(stranger).status_code == 303


def test_a_wrong_secret_is_told_apart_from_a_used_code(
    app: Flask, openid: ProviderServer, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], openid_client_secret="wrong"))
    assert title_of(come(stranger)) == DOWN


def test_what_the_token_lacks_is_asked_for_once_more(app: Flask, openid: ProviderServer, stranger: FlaskClient) -> None:
    openid.userinfo, openid.person = openid.person, {"sub": "pia-7"}
    assert come(stranger).status_code == 303
    assert name_on(stranger) == "Pia" and openid.asked.count("/userinfo") == 1
    openid.person = dict(openid.userinfo)
    come(app.test_client())
    assert openid.asked.count("/userinfo") == 1


def test_it_is_asked_for_groups_too_where_they_give_roles(openid: ProviderServer, stranger: FlaskClient) -> None:
    set_rules(claim="realm.groups", roles=(("editors", "editor"),), scopes="groups")
    openid.userinfo = {**openid.person, "realm": {"groups": ["editors"]}}
    come(stranger)
    assert stranger.get("/studio").status_code == 200


def test_userinfo_speaks_of_the_same_person(openid: ProviderServer, stranger: FlaskClient) -> None:
    openid.userinfo, openid.person = {**openid.person, "sub": "somebody else"}, {"sub": "pia-7"}
    assert title_of(come(stranger)) == DOWN
