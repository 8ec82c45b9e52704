"""A provider that is broken, slow, taken over, or never was the one that the settings name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts.openid import attempt, metadata
from helpcenter.accounts.openid import provider as asking
from helpcenter.accounts.openid.failure import ProviderFailed
from helpcenter.accounts.openid.provider import Client, Provider
from helpcenter.core import clock
from tests.accounts.openid.journey import DOWN, HEADERS, UNUSABLE, begin, come, led_back, people, title_of
from tests.accounts.openid.provider_server import CLIENT_ID, CLIENT_SECRET, ProviderServer, signed
from tests.cast import PASSWORD, Cast, email_of
from tests.core.outside import other_site

pytestmark = pytest.mark.alike


def for_another_site(claims: dict[str, Any]) -> dict[str, Any]:
    return {**claims, "aud": "another site"}


@pytest.mark.parametrize("wrong", ["claims", "signature"])
def test_a_token_that_does_not_count_opens_nothing(openid: ProviderServer, stranger: FlaskClient, wrong: str) -> None:
    if wrong == "claims":
        openid.twist = for_another_site
    else:
        openid.sign = lambda claims: signed(claims, "first", key="stolen")
    answer = come(stranger)
    assert (answer.status_code, title_of(answer)) == (422, UNUSABLE)
    assert people() == 0


def test_a_provider_changes_its_keys(
    app: Flask, openid: ProviderServer, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    come(stranger)
    openid.kids, openid.sign = ["second"], lambda claims: signed(claims, "second")
    # A moment after the keys were asked for, they are not asked for again: anybody could make it be asked.
    assert title_of(come(app.test_client())) == UNUSABLE
    monkeypatch.setattr(asking, "KEYS_KEPT_AT_LEAST", timedelta(0))
    assert come(app.test_client()).status_code == 303
    assert openid.asked.count("/keys") == 2
    openid.sign = signed
    assert title_of(come(app.test_client())) == UNUSABLE


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token"])
def test_a_provider_that_talks_nonsense_ends_on_a_page(
    openid: ProviderServer, stranger: FlaskClient, path: str
) -> None:
    openid.instead[path] = (200, b"{broken", {})
    started = stranger.get("/login/openid", headers=HEADERS)
    found = started if started.status_code == 503 else stranger.get(led_back(started.location))
    assert (found.status_code, title_of(found)) == (503, DOWN)
    assert found.headers["Retry-After"] and 'href="/login?' in found.text
    assert people() == 0


def asked(server: ProviderServer) -> dict[str, Any]:
    """What the provider says of Pia, to a site that asks it the first time. Raises ProviderFailed."""
    its = Provider(Client(server.url, CLIENT_ID, CLIENT_SECRET, "http://localhost/back", "a test"))
    begun = attempt.begin()
    back = led_back(its.login_address(begun, scopes="", locale="en"))
    return its.claims(parse_qs(urlsplit(back).query)["code"][0], begun, ("email", "groups"))[0]


def test_an_honest_one_says_who_it_is(provider: ProviderServer) -> None:
    assert asked(provider)["email"] == "pia@example.org"


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys", "/userinfo"])
@pytest.mark.parametrize(
    "answer",
    [
        (500, b"oops", {}),
        (404, b"{}", {}),
        (200, b"{broken", {}),
        (200, b"\xff", {}),
        (200, b"[" * 100_000, {}),
        (200, b"[]", {}),
        (200, b"{}", {}),
        (200, b"x" * 300_000, {}),
        (200, b"{}", {"Content-Length": "nonsense"}),
        (200, b"{}", {"Content-Encoding": "gzip"}),
    ],
    ids=["500", "404", "broken", "no text", "deep", "list", "empty", "huge", "garbled", "packed"],
)
def test_an_answer_that_can_not_be_used_is_a_failure(provider: ProviderServer, path: str, answer: Any) -> None:
    provider.userinfo = {"sub": "pia-7"}
    provider.instead[path] = answer
    with pytest.raises(ProviderFailed):
        asked(provider)


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys", "/userinfo"])
def test_a_redirect_of_the_provider_is_not_followed(provider: ProviderServer, path: str) -> None:
    provider.userinfo = {"sub": "pia-7"}
    with other_site.running() as inside:
        provider.instead[path] = (307, b"", {"Location": f"{inside.url}/secret"})
        with pytest.raises(ProviderFailed, match="status 307"):
            asked(provider)
        assert inside.asked == []


@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri", "userinfo_endpoint"])
def test_the_provider_names_no_other_machine_of_the_network(provider: ProviderServer, name: str) -> None:
    with other_site.running() as inside:
        provider.about[name] = f"{inside.url}/secret"
        with pytest.raises(ProviderFailed, match="does not connect to that address"):
            asked(provider)
        assert inside.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.1/x",
        "file:///etc/passwd",
        "https://u:p@id.example/",
        7,
        "https://[",
        "javascript:1",
        "https://a b",
    ],
)
@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"])
def test_what_the_provider_names_is_a_page_of_the_web(name: str, address: object) -> None:
    issuer = "https://id.example"
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
    said = {"issuer": issuer, **{one: f"{issuer}/{one}" for one in names}}
    assert metadata.read(said, issuer).userinfo_endpoint
    with pytest.raises(ProviderFailed, match=name):
        metadata.read({**said, name: address}, issuer)


@pytest.mark.parametrize("issuer", ["https://id.example/", "https://other.example", None])
def test_a_provider_under_another_name_is_not_ours(issuer: object) -> None:
    with pytest.raises(ProviderFailed, match="calls itself"):
        metadata.read({"issuer": issuer}, "https://id.example")


def test_a_slow_provider_holds_nobody_for_long_and_is_then_left_alone(
    app: Flask, openid: ProviderServer, cast: Cast, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "LONGEST_SECONDS", 0.3)
    back = led_back(begin(stranger))
    openid.stops["/token"] = Event()
    assert title_of(stranger.get(back)) == DOWN
    asked = len(openid.asked)
    # The next one does not wait at all: the provider is not even asked.
    assert title_of(come(app.test_client())) == DOWN
    assert len(openid.asked) == asked + 1  # the browser's own way there
    cast.id_of("ben")
    login = stranger.post("/login", data={"email": email_of("ben"), "password": PASSWORD})
    assert login.status_code == 303
    openid.stops.pop("/token").set()
    with clock.moved(clock.now() + asking.REST):
        assert come(app.test_client()).status_code == 303


def test_only_a_few_wait_for_the_provider_at_once(
    app: Flask, openid: ProviderServer, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PATIENCE_SECONDS", 0.01)
    with app.test_request_context():
        its = asking.of_site()
    for _ in range(asking.AT_ONCE):
        its._places.acquire()
    assert stranger.get("/login/openid").status_code == 503
    its._places.release()
    assert stranger.get("/login/openid").status_code == 303


def test_a_provider_that_is_not_there_ends_on_a_page(
    app: Flask, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = {"openid_issuer": "http://127.0.0.1:1", "openid_client_id": "x"}
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], **named))
    assert title_of(stranger.get("/login/openid")) == DOWN


def test_the_log_says_why_and_holds_no_secret(
    openid: ProviderServer, stranger: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    openid.twist = for_another_site
    back = led_back(begin(stranger))
    stranger.get(back)
    told = capsys.readouterr().err
    assert "it is meant for another site: aud" in told
    words = [values[0] for values in parse_qs(urlsplit(back).query).values()]
    assert not [word for word in [*words, "pia@example.org", "a secret: with", "access-"] if word in told]
