"""What went wrong elsewhere: a visitor wrote the headers of a proxy, and was believed.

A limit then counts an address that somebody made up, and a link in an email leads to a host of theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from flask import Flask, jsonify, request, url_for

from config import Settings
from helpcenter.app import create_app
from helpcenter.core import limits
from tests.accounts.letterbox import letters_to
from tests.cast import Cast, email_of
from tests.conftest import Browser

BEFORE_US = "203.0.113.7"
"""Who is connected: a visitor, or the proxy that is nearest."""
MADE_UP = {
    "X-Forwarded-For": "198.51.100.1, 198.51.100.2, 198.51.100.3",
    "X-Real-IP": "198.51.100.4",
    "Forwarded": "for=198.51.100.5;host=elsewhere.example;proto=https",
    "X-Forwarded-Host": "elsewhere.example, elsewhere.example, elsewhere.example",
    "X-Forwarded-Proto": "https, https, https",
    "X-Forwarded-Port": "8443",
    "X-Forwarded-Prefix": "/elsewhere",
    "X-Original-URL": "/settings",
    "X-Rewrite-URL": "/settings",
    "X-HTTP-Method-Override": "POST",
    "X-Forwarded-User": "root@example.org",
    "Client-IP": "198.51.100.6",
    "True-Client-IP": "198.51.100.7",
    "CF-Connecting-IP": "198.51.100.8",
}
SEEN = "/seen"
Seen = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def behind(the_app: Flask, settings: Settings) -> Callable[[int, str], Flask]:
    """A site behind so many proxies under an address, made once."""

    @cache
    def make(proxies: int, base_url: str) -> Flask:
        made = create_app(replace(settings, proxy_count=proxies, base_url=base_url))
        made.add_url_rule(SEEN, view_func=_seen)
        made.test_client_class = Browser
        return made

    return make


@pytest.fixture
def seen(app: Flask, behind: Callable[[int, str], Flask]) -> Seen:
    """What a site behind so many proxies makes of a request with these headers."""

    def ask(proxies: int, headers: dict[str, str], base_url: str = "http://localhost") -> dict[str, Any]:
        answer = (
            behind(proxies, base_url).test_client().get(SEEN, headers=headers, environ_base={"REMOTE_ADDR": BEFORE_US})
        )
        return {**answer.get_json(), "hsts": "Strict-Transport-Security" in answer.headers}

    return ask


def _seen() -> Any:
    return jsonify(
        key=limits.address(),
        host=request.host,
        scheme=request.scheme,
        root=request.script_root,
        method=request.method,
        path=request.path,
        link=url_for("resets.new", _external=True),
    )


@pytest.mark.parametrize("base_url", ["http://localhost", "https://localhost"])
@pytest.mark.parametrize("name", MADE_UP)
def test_what_a_visitor_says_of_a_proxy_changes_nothing(seen: Seen, name: str, base_url: str) -> None:
    plain = seen(0, {}, base_url)
    assert plain["key"] == BEFORE_US and plain["hsts"] is base_url.startswith("https")
    assert seen(0, {name: MADE_UP[name]}, base_url) == plain


@pytest.mark.parametrize("name", sorted(MADE_UP.keys() - {"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"}))
def test_of_a_proxy_that_there_is_three_headers_are_read_and_no_other(seen: Seen, name: str) -> None:
    assert seen(1, {name: MADE_UP[name]}) == seen(1, {})


@pytest.mark.parametrize(
    ("proxies", "said", "expected"),
    [
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "192.0.2.66, 198.51.100.9", "198.51.100.9"),
        (2, "192.0.2.66, 198.51.100.9, 10.0.0.1", "198.51.100.9"),
        (3, "192.0.2.66, 198.51.100.9, 10.0.0.1, 10.0.0.2", "198.51.100.9"),
        # Whoever came past one of them says too little to be believed.
        (2, "192.0.2.66", BEFORE_US),
        (1, "", BEFORE_US),
        (1, "unknown", "unknown"),
    ],
)
def test_only_as_many_proxies_are_believed_as_there_are(seen: Seen, proxies: int, said: str, expected: str) -> None:
    assert seen(proxies, {"X-Forwarded-For": said})["key"] == expected


def test_only_the_nearest_names_of_a_host_and_a_scheme_are_believed(seen: Seen) -> None:
    said = {"X-Forwarded-Host": "elsewhere.example, help.example.org", "X-Forwarded-Proto": "http, https"}
    found = seen(1, said)
    assert (found["host"], found["scheme"]) == ("help.example.org", "https")


@pytest.mark.parametrize("proxies", [0, 1])
def test_an_email_leads_to_the_site_of_the_settings_whatever_a_header_says(
    behind: Callable[[int, str], Flask], cast: Cast, proxies: int
) -> None:
    cast.id_of("ben")
    made = behind(proxies, "http://localhost")
    headers = {**MADE_UP, "Host": "elsewhere.example", "X-Forwarded-Host": "elsewhere.example"}
    headers.pop("X-HTTP-Method-Override")
    assert made.test_client().post("/reset", data={"email": email_of("ben")}, headers=headers).status_code == 303
    (letter,) = letters_to(email_of("ben"))
    for text in (letter.text, letter.html or ""):
        assert "elsewhere" not in text
    assert "http://localhost/reset/" in letter.text


def test_a_write_from_elsewhere_is_refused_though_it_calls_that_host_ours(
    seen: Seen, behind: Callable[[int, str], Flask]
) -> None:
    assert seen(0, MADE_UP)["host"] == "localhost"
    headers = {"Origin": "https://elsewhere.example", **MADE_UP}
    assert behind(0, "http://localhost").test_client().post("/login", data={}, headers=headers).status_code == 403
