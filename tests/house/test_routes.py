"""Every route, walked by every role. A route without an expected status fails, and so does a row without a route."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from config import Settings
from helpcenter.core import worker
from tests.conftest import on_empty_tables
from tests.house.access import PEOPLE, REFUSED, Route
from tests.house.everybody import Everybody, put_back
from tests.house.loose import loose

TESTS = Path(__file__).parent.parent
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def everybody(the_app: Flask, settings: Settings) -> Iterator[Everybody]:
    with on_empty_tables(the_app, settings):
        yield put_back(the_app)


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
def test_each_person_gets_the_expected_answer(everybody: Everybody, the_app: Flask, endpoint: str) -> None:
    route, (method,) = ROUTES[endpoint], methods_of(the_app, endpoint)
    found: dict[str, int] = {}
    # Whoever is refused comes first, all at the same thing: it is there for them all the time.
    path, acts = "", False
    for who in sorted(PEOPLE, key=lambda one: is_success(route.statuses[one])):
        if not path or acts:
            path = address_of(the_app, everybody, endpoint)
        found[who] = status_for(everybody.standing(PEOPLE[who]), route, method, path, everybody)
        # What somebody did may have changed it, so the next one gets another.
        acts = method == "POST" and is_success(found[who])
    assert found == dict(route.statuses)


def is_success(status: int) -> bool:
    return 200 <= status < 400


def address_of(app: Flask, everybody: Everybody, endpoint: str) -> str:
    """The address with what it needs, made for it."""
    route = ROUTES[endpoint]
    arguments: dict[str, Any] = {**route.args(everybody), **route.query}
    with app.test_request_context():
        return url_for(endpoint, **arguments)


def status_for(browser: FlaskClient, route: Route, method: str, path: str, everybody: Everybody) -> int:
    """What the person got, REFUSED written as in the table."""
    is_stranger = browser.get_cookie("hc_session") is None
    if method == "POST" and is_stranger and route.statuses["stranger"] == REFUSED:
        # Whoever is not known yet may send what they like: none of it is read.
        body = Unread()
        given = {"wsgi.input": body, "CONTENT_LENGTH": "1000", "CONTENT_TYPE": FORM}
        answer = browser.post(path, environ_overrides=given)
        assert not body.was_read
    elif method == "POST":
        answer = browser.post(path, data=route.data(everybody))
    else:
        with mock.patch.object(worker, "call") as slow:
            answer = browser.get(path)
        assert not slow.called, f"{path} renders, and was only read"
    assert loose(answer) == [], f"{path} answers {answer.status_code} with a looser policy than every page"
    leads_to_login = answer.status_code == 303 and urlsplit(answer.headers["Location"]).path == "/login"
    was_refused = answer.status_code in (401, 403) if not (is_stranger and method == "GET") else leads_to_login
    return REFUSED if was_refused else answer.status_code


class Unread(BytesIO):
    """A body that knows whether anybody looked into it."""

    was_read = False

    def read(self, *_: Any) -> bytes:
        self.was_read = True
        return b""

    readline = readinto = read1 = read  # type: ignore[assignment]
