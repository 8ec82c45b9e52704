"""Every route, walked by every role. A route without an expected status fails, and so does a row without a route."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.house.access import PEOPLE, REFUSED, Route

TESTS = Path(__file__).parent.parent


def collected() -> dict[str, Route]:
    """The rows of every package."""
    table: dict[str, Route] = {}
    for path in sorted(TESTS.rglob("routes.py")):
        name = ".".join(path.relative_to(TESTS.parent).with_suffix("").parts)
        rows: dict[str, Route] = import_module(name).ROUTES
        # A table may take in that of a folder below it.
        twice = {endpoint for endpoint in rows.keys() & table.keys() if rows[endpoint] is not table[endpoint]}
        assert not twice, f"{twice} stand in two tables"
        table |= rows
    return table


ROUTES = collected()


def methods_of(app: Flask, endpoint: str) -> set[str]:
    return {one for rule in app.url_map.iter_rules(endpoint) for one in rule.methods or ()} - {"HEAD", "OPTIONS"}


def test_every_route_says_who_may_use_it(the_app: Flask) -> None:
    endpoints = {rule.endpoint for rule in the_app.url_map.iter_rules()}
    assert endpoints - ROUTES.keys() == set(), "add a line to tests/<package>/routes.py"
    assert ROUTES.keys() - endpoints == set(), "a row for a route that is gone"


def test_every_route_is_either_reading_or_writing(the_app: Flask) -> None:
    endpoints = {rule.endpoint for rule in the_app.url_map.iter_rules()}
    assert [one for one in sorted(endpoints) if len(methods_of(the_app, one)) != 1] == []


@pytest.mark.parametrize("endpoint", ROUTES)
def test_each_person_gets_the_expected_answer(app: Flask, cast: Cast, endpoint: str) -> None:
    route, found = ROUTES[endpoint], {}
    (method,) = methods_of(app, endpoint)
    for who, name in PEOPLE.items():
        browser = cast.browser(name) if name else app.test_client()
        found[who] = status_for(app, cast, browser, endpoint, method)
    assert found == dict(route.statuses)


def test_no_form_is_read_before_whoever_sends_it_is_known(app: Flask, cast: Cast) -> None:
    refused = [
        one for one in ROUTES if ROUTES[one].statuses["stranger"] == REFUSED and methods_of(app, one) == {"POST"}
    ]
    large, found = b"a=1&" * 400_000, set()
    for endpoint in refused:
        with app.test_request_context():
            path = url_for(endpoint, **ROUTES[endpoint].args(cast))
        answer = app.test_client().post(path, data=large, content_type="application/x-www-form-urlencoded")
        # Reading it would end with 413.
        found.add((endpoint, answer.status_code))
    assert refused and found == {(endpoint, 401) for endpoint in refused}


def status_for(app: Flask, cast: Cast, browser: FlaskClient, endpoint: str, method: str) -> int:
    """What the person got, REFUSED written as in the table."""
    route = ROUTES[endpoint]
    arguments: dict[str, Any] = {**route.args(cast), **route.query}
    data = route.data(cast) if method != "GET" else None
    with app.test_request_context():
        path = url_for(endpoint, **arguments)
    answer = browser.open(path, method=method, data=data)
    is_stranger = browser.get_cookie("hc_session") is None
    leads_to_login = answer.status_code == 303 and urlsplit(answer.headers["Location"]).path == "/login"
    was_refused = answer.status_code in (401, 403) if not (is_stranger and method == "GET") else leads_to_login
    return REFUSED if was_refused else answer.status_code
