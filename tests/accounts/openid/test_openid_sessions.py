"""Logging in by way of a provider, as it is meant, and with everything that can go wrong on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.accounts import session
from helpcenter.accounts.openid.attempt import UsedOpenidState
from helpcenter.accounts.session import UserSession
from helpcenter.core.db import db
from tests.accounts.openid.journey import DOWN, HEADERS, OVER, begin, come, led_back, name_on, people, title_of
from tests.accounts.openid.provider_server import CLIENT_ID, ProviderServer
from tests.cast import Cast
from tests.journeys.acts import article_token, events, send


def test_a_person_comes_for_the_first_time_and_stays_who_they_are(app: Flask, openid: ProviderServer) -> None:
    first, second = app.test_client(), app.test_client()
    done = come(first, "/en/contact")
    assert (done.status_code, done.location) == (303, "/en/contact")
    assert name_on(first) == "Pia"
    openid.person |= {"email": "pia@elsewhere.example", "name": "Pia Again"}
    assert come(second).location == "/"
    assert name_on(second) == "Pia" and people() == 1


def test_the_provider_is_asked_for_a_code_with_everything_that_ties_it_to_this_browser(
    app: Flask, openid: ProviderServer
) -> None:
    one, other = (
        {name: values[0] for name, values in parse_qs(urlsplit(begin(app.test_client())).query).items()}
        for _ in range(2)
    )
    assert (one["response_type"], one["client_id"], one["scope"]) == ("code", CLIENT_ID, "openid profile email")
    assert one["redirect_uri"] == "http://localhost/login/openid/callback"
    assert (one["code_challenge_method"], len(one["code_challenge"])) == ("S256", 43)
    assert all(len(one[name]) == 43 and one[name] != other[name] for name in ("state", "nonce", "code_challenge"))


def test_the_log_in_is_kept_by_the_browser_alone_until_it_is_over(
    openid: ProviderServer, stranger: FlaskClient
) -> None:
    begun = stranger.get("/login/openid", headers=HEADERS)
    cookie = begun.headers["Set-Cookie"]
    assert cookie.startswith("hc_openid=") and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert "Max-Age=600" in cookie
    done = stranger.get(led_back(begun.location), headers=HEADERS)
    assert stranger.get_cookie("hc_openid") is None and stranger.get_cookie("hc_session") is not None
    assert done.headers["Cache-Control"] == "no-store"


def test_the_button_stands_beside_the_password_and_keeps_where_one_was_going(
    app: Flask, openid: ProviderServer, stranger: FlaskClient
) -> None:
    for page in ("/login", "/register"):
        shown = stranger.get(page, query_string={"next": "/en/contact"})
        assert (
            'href="/login/openid?lang=en&amp;next=/en/contact"' in shown.text and "Log in with 127.0.0.1" in shown.text
        )
        # A link needs no leave of the policy, and leads on however many hosts the provider has.
        assert "form-action 'self';" in shown.headers["Content-Security-Policy"]
    assert "/login/openid" not in app.test_client().get("/en/").text


def test_a_site_without_a_provider_has_none_of_it(cast: Cast, stranger: FlaskClient) -> None:
    assert "/login/openid" not in stranger.get("/login").text
    assert "openid" not in cast.browser("ben").get("/preferences").text
    for path in ("/login/openid", "/login/openid/callback", "/login/openid/account"):
        assert stranger.get(path).status_code == 404


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "/" + "a" * 1500])
def test_they_go_nowhere_but_here(openid: ProviderServer, stranger: FlaskClient, target: str) -> None:
    assert come(stranger, target).location == "/"


def test_whoever_is_logged_in_is_not_sent_away(cast: Cast, openid: ProviderServer) -> None:
    answer = cast.browser("ben").get("/login/openid", query_string={"next": "/en/contact"})
    assert (answer.status_code, answer.location) == (303, "/en/contact")


def test_what_the_visitor_did_before_is_theirs(openid: ProviderServer, stranger: FlaskClient) -> None:
    send(stranger, article_token())
    come(stranger)
    viewed, signed_in = events()
    assert (viewed.kind, signed_in.kind) == ("viewed", "signed_in")
    assert viewed.visitor_id == signed_in.visitor_id and signed_in.user_id == 1


def test_a_session_is_a_row_that_logging_out_ends_here_alone(openid: ProviderServer, stranger: FlaskClient) -> None:
    come(stranger)
    assert [one.browser for one in session.open_sessions(1)] == ["Firefox, Linux"]
    asked = list(openid.asked)
    stranger.post("/logout")
    assert session.open_sessions(1) == [] and openid.asked == asked


def test_an_answer_counts_once(openid: ProviderServer, stranger: FlaskClient) -> None:
    begun = stranger.get("/login/openid", headers=HEADERS)
    kept, back = stranger.get_cookie("hc_openid"), led_back(begun.location)
    assert stranger.get(back).status_code == 303
    # The button "back", a second click, or somebody who copied address and cookie.
    assert title_of(stranger.get(back)) == OVER
    assert kept is not None
    stranger.set_cookie("hc_openid", kept.value)
    assert title_of(stranger.get(back)) == OVER
    assert len(db.session.scalars(select(UserSession)).all()) == 1


def test_an_answer_counts_once_even_where_the_provider_takes_its_code_twice(
    app: Flask, openid: ProviderServer, stranger: FlaskClient
) -> None:
    begun = stranger.get("/login/openid", headers=HEADERS)
    kept, back = stranger.get_cookie("hc_openid"), led_back(begun.location)
    code = parse_qs(urlsplit(back).query)["code"][0]
    asked = openid.codes[code]
    stranger.get(back)
    openid.codes[code] = asked
    copy = app.test_client()
    assert kept is not None
    copy.set_cookie("hc_openid", kept.value)
    answer = copy.get(back)
    assert (answer.status_code, title_of(answer)) == (422, OVER)
    assert copy.get_cookie("hc_session") is None
    assert len(db.session.scalars(select(UsedOpenidState)).all()) == 1


def test_an_answer_belongs_to_the_browser_that_began(app: Flask, openid: ProviderServer, stranger: FlaskClient) -> None:
    back = led_back(begin(stranger))
    other = app.test_client()
    assert title_of(other.get(back)) == OVER
    begin(other)
    refused = other.get(back)
    assert (refused.status_code, title_of(refused)) == (422, OVER)
    assert "/token" not in openid.asked and 'href="/login/openid' in refused.text
    # The other browser may still finish what it began.
    assert stranger.get(back).status_code == 303


def test_a_log_in_that_took_too_long_is_begun_again(
    openid: ProviderServer, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = led_back(begin(stranger))
    monkeypatch.setattr("helpcenter.accounts.openid.attempt.LIFETIME", timedelta(seconds=-1))
    assert title_of(stranger.get(back)) == OVER


@pytest.mark.parametrize("query", ["", "?state=", "?code=x", "?state=x&code=y", "?state=%ff&code=%ff", "?error=x"])
def test_nonsense_ends_on_a_page(openid: ProviderServer, stranger: FlaskClient, query: str) -> None:
    assert title_of(stranger.get(f"/login/openid/callback{query}")) == OVER
    begin(stranger)
    stranger.set_cookie("hc_openid", "nonsense.of.mine")
    assert title_of(stranger.get(f"/login/openid/callback{query}")) == OVER


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("error=access_denied", "You are not logged in"),
        ("error=server_error", DOWN),
        ("error=<script>", DOWN),
        ("code=", DOWN),
        ("code=guessed", OVER),
        ("code=x&iss=https://other.example", DOWN),
    ],
)
def test_what_the_provider_leads_back_with_may_be_a_no(
    openid: ProviderServer, stranger: FlaskClient, said: str, title: str
) -> None:
    state = parse_qs(urlsplit(begin(stranger, "/en/contact")).query)["state"][0]
    answer = stranger.get(f"/login/openid/callback?state={state}&{said}")
    assert title_of(answer) == title
    assert "next=/en/contact" in answer.text and stranger.get_cookie("hc_session") is None


def test_a_provider_that_names_itself_in_its_answers_does_so_in_each(
    openid: ProviderServer, stranger: FlaskClient
) -> None:
    openid.about["authorization_response_iss_parameter_supported"] = True
    back = led_back(begin(stranger))
    assert title_of(stranger.get(back)) == DOWN
    named = led_back(begin(stranger)) + f"&iss={openid.url}"
    assert stranger.get(named).status_code == 303


def test_starts_and_answers_are_limited(
    app: Flask, openid: ProviderServer, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], limits_enabled=True))
    back = [led_back(begin(stranger)) for _ in range(20)][-1]
    assert stranger.get("/login/openid").status_code == 429
    state = parse_qs(urlsplit(back).query)["state"][0]
    found = [stranger.get(f"/login/openid/callback?state={state}&error=x").status_code for _ in range(2)]
    # Whatever was not begun here costs nothing and is not counted; what was is over after one answer.
    assert found == [503, 422]


def test_with_https_the_cookie_is_bound_to_this_host(
    app: Flask, openid: ProviderServer, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], base_url="https://help.example.org"))
    cookie = stranger.get("/login/openid").headers["Set-Cookie"]
    assert cookie.startswith("__Host-hc_openid=") and "Secure" in cookie and "Path=/" in cookie
