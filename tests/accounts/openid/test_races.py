"""What changes while somebody types the password that connects their account."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts.openid import identity
from tests.accounts.openid.journey import come, name_on, title_of
from tests.accounts.openid.provider_server import ProviderServer
from tests.accounts.test_races import change_password_when_asked
from tests.cast import PASSWORD, Cast, email_of


def test_a_password_that_ends_while_it_is_looked_at_connects_nobody(
    openid: ProviderServer, cast: Cast, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = cast.id_of("ada")
    openid.person["email"] = email_of("ada")
    come(stranger)
    change_password_when_asked(monkeypatch, ada)
    answer = stranger.post("/login/openid/account", data={"password": PASSWORD})
    assert title_of(answer) == "This login is over"
    assert identity.all_of(ada) == [] and name_on(stranger) == ""


def test_an_account_that_another_person_of_the_provider_took_meanwhile_is_not_shared(
    app: Flask, openid: ProviderServer, cast: Cast, stranger: FlaskClient
) -> None:
    ada, other = cast.id_of("ada"), app.test_client()
    openid.person["email"] = email_of("ada")
    come(stranger)
    openid.person |= {"sub": "somebody else", "email": email_of("ada")}
    come(other)
    assert other.post("/login/openid/account", data={"password": PASSWORD}).status_code == 303
    refused = stranger.post("/login/openid/account", data={"password": PASSWORD})
    assert refused.status_code >= 400 and name_on(stranger) == ""
    assert [one.subject for one in identity.all_of(ada)] == ["somebody else"]
