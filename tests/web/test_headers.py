from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from config import Settings
from helpcenter.app import create_app
from helpcenter.core import refusals
from helpcenter.web import headers
from helpcenter.web.headers import POLICY
from tests.cast import Cast
from tests.house.loose import loose
from tests.shelf import put_article

NEEDED = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "X-Request-Id",
)


def addresses(app: Flask) -> list[str]:
    """An address for every route: its arguments filled with what fits their type."""
    adapter = app.url_map.bind("localhost")
    return sorted({adapter.build(rule.endpoint, _filled(rule), method="GET") for rule in _readable(app)})


def _readable(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]


def _filled(rule: Rule) -> dict[str, object]:
    samples = {"LocaleConverter": "en", "RowIdConverter": 1}
    converters = rule._converters
    return {name: samples.get(type(converters[name]).__name__, "x") for name in rule.arguments}


def test_every_route_answers_with_every_security_header(app: Flask) -> None:
    browser = app.test_client()
    for address in [*addresses(app), "/nowhere/at/all"]:
        answer = browser.get(address)
        missing = [name for name in NEEDED if name not in answer.headers]
        assert not missing, f"{address} answers {answer.status_code} without {missing}"
        assert loose(answer) == [], address
        assert "Set-Cookie" not in answer.headers, address


def test_a_kept_page_a_part_of_it_and_what_is_unchanged_are_as_strict(app: Flask, cast: Cast) -> None:
    page = f"/en/articles/{put_article('Refunds')}-refunds"
    ben, stranger = cast.browser("ben"), app.test_client()
    parts = [part for part in stranger.get(page).text.split('"') if part.startswith(("/assets/", "/static/"))]
    ben.get(page)
    with mock.patch.object(app, "full_dispatch_request", side_effect=AssertionError("it is kept")):
        kept = [stranger.get(page), stranger.head(page), ben.get(page)]
    unchanged = stranger.get(page, headers={"If-None-Match": kept[0].headers["ETag"]})
    assert [answer.status_code for answer in (*kept, unchanged)] == [200, 200, 200, 304]
    assert len(parts) > 2
    for answer in (*kept, unchanged, *(stranger.get(part) for part in parts)):
        assert loose(answer) == [], answer.request.path


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (400, refusals.Refusal()),
        (403, refusals.CrossSiteWrite()),
        (404, refusals.NotFound("x")),
        (410, refusals.Gone("x")),
        (413, refusals.TooLarge()),
        (429, refusals.TooMany(7)),
        (500, ValueError("x")),
        (503, refusals.Paused()),
        (507, OSError(errno.ENOSPC, "No space left on device")),
    ],
)
def test_a_page_that_says_what_went_wrong_is_as_strict(settings: Settings, status: int, problem: Exception) -> None:
    def fail() -> str:
        raise problem

    app = create_app(settings)
    app.add_url_rule("/fails", view_func=fail)
    app.add_url_rule("/api/fails", "in_api", view_func=fail)
    for path in ("/fails", "/api/fails"):
        answer = app.test_client().get(path)
        assert (answer.status_code, loose(answer)) == (status, [])


def test_a_site_without_its_database_is_as_strict(without_database: Flask) -> None:
    for path in ("/en/", "/nowhere", "/feed.atom", "/sitemap.xml"):
        answer = without_database.test_client().get(path)
        assert answer.status_code in (404, 503) and loose(answer) == []


def test_whatever_has_a_body_says_what_it_is_and_text_in_which_letters(app: Flask) -> None:
    browser, kinds = app.test_client(), set()
    for address in [*addresses(app), "/nowhere/at/all"]:
        answer = browser.get(address)
        if not answer.data:
            continue
        kind, _, letters = answer.headers["Content-Type"].partition(";")
        kinds.add(kind)
        is_text = kind.startswith("text/") or kind.endswith("xml")
        assert letters.strip().lower() == "charset=utf-8" or not is_text, f"{address}: {answer.content_type}"
    assert {"text/html", "application/json"} <= kinds


def test_no_address_sends_back_what_it_was_sent(app: Flask) -> None:
    """TRACE would show a script the cookies that it must not read."""
    browser = app.test_client()
    assert {browser.open(address, method="TRACE").status_code for address in addresses(app)} == {405}


def test_no_answer_lets_another_origin_read_it(app: Flask) -> None:
    browser, elsewhere = app.test_client(), {"Origin": "https://elsewhere.example"}
    asking = {**elsewhere, "Access-Control-Request-Method": "POST"}
    for address in [*addresses(app), "/nowhere/at/all"]:
        for answer in (browser.get(address, headers=elsewhere), browser.options(address, headers=asking)):
            assert not [name for name in dict(answer.headers) if name.lower().startswith("access-control-")], address


def test_the_policy_allows_nothing_that_is_not_named() -> None:
    policy = dict(POLICY)
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert {value for name, value in POLICY} == {"'none'", "'self'"}


@pytest.mark.parametrize(("base_url", "expected"), [("https://help.example.org", True), ("http://localhost", False)])
def test_a_site_with_https_stays_with_it(settings: Settings, base_url: str, expected: bool) -> None:
    answer = create_app(replace(settings, base_url=base_url)).test_client().get("/healthz")
    assert ("Strict-Transport-Security" in answer.headers) is expected


def test_a_view_may_be_stricter(tmp_path: Path) -> None:
    app = Flask("other")
    app.config["SETTINGS"] = Settings(data_dir=tmp_path)
    headers.register(app)
    app.add_url_rule("/", view_func=lambda: ("", 200, {"Content-Security-Policy": "sandbox"}))
    assert app.test_client().get("/").headers.getlist("Content-Security-Policy") == ["sandbox"]


@pytest.mark.parametrize("path", ["/en", "/en?q=a%20b"])
@pytest.mark.parametrize("host", ["elsewhere.example", "xn--bcher-kva.example", "ELSEWHERE.example:80", "[::1]:80"])
def test_a_slash_that_was_forgotten_is_added_without_naming_a_host(stranger: FlaskClient, path: str, host: str) -> None:
    # The visitor names the host, and a cache may keep the answer for others.
    answer = stranger.open(path, headers={"Host": host})
    assert answer.status_code == 308
    assert answer.headers["Location"] == "/en/" + ("?q=a%20b" if "?" in path else "")
