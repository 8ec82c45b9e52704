"""What went wrong elsewhere, as rules about every route, so that a new one cannot be forgotten.

A limit that counted each IPv6 address by itself; a form for a forgotten password that sent without end; a second way to
log in beside the one that was limited. A header of a proxy that a visitor wrote is in test_proxies.py.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from config import Settings
from helpcenter.core import clock, form_moment, limits
from helpcenter.core.db import db
from helpcenter.core.mail import OutgoingMail
from tests.conftest import on_empty_tables
from tests.house.access import PEOPLE, REFUSED
from tests.house.everybody import Everybody, put_back
from tests.house.reach import decorators, function_of, named, reached
from tests.house.source import modules
from tests.house.test_routes import ROUTES, address_of, methods_of
from tests.journeys.acts import BROWSER, article_token
from tests.support import letters_to_us

pytestmark = pytest.mark.alike
SPEND, LIMIT = "helpcenter.core.limits.spend", "helpcenter.core.limits.limit"
SESSION, LETTER = "helpcenter.accounts.session.start", "helpcenter.core.mail.queue"
SECRETS = (
    "helpcenter.accounts.password.matches",
    "helpcenter.accounts.second_step.second_step.check",
    "helpcenter.accounts.second_step.recovery_code.use",
)
"""What tells whether somebody guessed right."""
UNLIMITED = {
    "asking.suggest": "searches and writes nothing, as reading results does",
    "contacts.suggest": "the same",
    "conversations.withdraw": "closes one's own conversation; closing it again changes nothing",
    "followings.create": "one row for each thing there is",
    "followings.destroy": "takes it away",
    "notification_settings.update": "one's own row",
    "notification_stops.destroy": "a signed link; twice is once",
    "notifications.open_one": "marks one's own as read",
    "notifications.update": "the same",
    "open_sessions.destroy": "ends one's own session",
    "open_sessions.destroy_all": "ends all of them",
    "preferences.update": "one's own row",
    "reports.destroy_weekly": "a signed link; twice is once",
    "sessions.destroy": "logs out",
}
"""What others than the team may send without a limit, and why it needs none."""
HERE, NEIGHBOUR, ELSEWHERE = "2001:db8:0:1::1", "2001:db8:0:1:ffff::9", "2001:db8:0:2::1"


def writing(app: Flask) -> list[str]:
    return sorted({rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())})


def is_for_the_team(endpoint: str) -> bool:
    return all(ROUTES[endpoint].statuses[who] == REFUSED for who in ("stranger", "member", "other"))


def is_limited(app: Flask, endpoint: str) -> bool:
    return not reached(function_of(app, endpoint)).isdisjoint({SPEND, LIMIT})


def test_every_post_is_limited_or_says_why_it_need_not_be(the_app: Flask) -> None:
    needed = {one for one in writing(the_app) if not is_for_the_team(one) and not is_limited(the_app, one)}
    assert needed == UNLIMITED.keys()


def an_hour_ago() -> AbstractContextManager[Any]:
    """When a form was opened, so that it was not sent back faster than anyone types."""
    return clock.moved(clock.now() - timedelta(hours=1))


def a_message(everybody: Everybody) -> dict[str, str]:
    with an_hour_ago():
        began = letters_to_us.field(everybody.standing(None).get(letters_to_us.FORM), "began")
    return {"email": "ben@example.org", "message": letters_to_us.COMPLAINT, "began": began, "shown": "1"}


def a_suggestion(everybody: Everybody) -> Mapping[str, Any]:
    with an_hour_ago():
        return {**ROUTES["suggestions.create"].data(everybody), "began": form_moment.now()}


def filled(**words: str) -> Callable[[Everybody], dict[str, str]]:
    return lambda _everybody: words


FILLED: dict[str, Callable[[Everybody], Mapping[str, Any]]] = {
    "contacts.create": a_message,
    "suggestions.create": a_suggestion,
    "questions.create": filled(title="How do I pay?", text="With a card.", kind="question", topic="0", shown="1"),
    "events.create": lambda _everybody: {"token": article_token(), "act": "viewed"},
    "search_waits.create": filled(email="x@example.org", q="invoices"),
    "resets.create": filled(email="ben@example.org"),
    "registrations.create": filled(name="X", email="x@example.org", password="a long enough password"),
}
"""How a form is filled in whose limit counts what is right alone, or that sends an email."""


@dataclass
class Counted:
    """What was counted. `refuses` says of a key whether its limit is reached."""

    keys: list[tuple[str, str]] = field(default_factory=list)
    forgiven: list[tuple[str, str]] = field(default_factory=list)
    refuses: Callable[[str], bool] = lambda _key: False

    def hit(self, _item: Any, scope: str, key: str) -> bool:
        self.keys.append((scope, key))
        return not self.refuses(key)

    def clear(self, _item: Any, scope: str, key: str) -> None:
        self.forgiven.append((scope, key))

    def get_window_stats(self, item: Any, *_: str) -> Any:
        return limits.FixedWindowRateLimiter(limits.TableStorage()).get_window_stats(item)


@pytest.fixture
def counted(the_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Counted:
    monkeypatch.setitem(the_app.config, "SETTINGS", replace(the_app.config["SETTINGS"], limits_enabled=True))
    found = Counted()
    monkeypatch.setattr(limits, "_limiter", found)
    return found


@pytest.fixture
def everybody(the_app: Flask, settings: Settings) -> Iterator[Everybody]:
    with on_empty_tables(the_app, settings):
        yield put_back(the_app)


def counts_addresses(app: Flask, endpoint: str) -> bool:
    """Whether a write is counted by where it comes from."""
    name = function_of(app, endpoint)
    marks = [ast.unparse(one) for one in decorators(name)]
    is_marked = any(mark.startswith("limits.limit(") and "key=" not in mark for mark in marks)
    return is_marked or "helpcenter.core.limits.address" in reached(name)


def post(everybody: Everybody, app: Flask, endpoint: str, who: str, address: str = HERE) -> TestResponse:
    """What somebody gets who sends the form of an endpoint from an address."""
    route, browser = ROUTES[endpoint], everybody.standing(PEOPLE[who])
    browser.environ_base["REMOTE_ADDR"] = address
    path = address_of(app, everybody, endpoint)
    data = FILLED[endpoint](everybody) if endpoint in FILLED else route.data(everybody)
    return browser.post(path, data=data, headers={"User-Agent": BROWSER})


def keys_from(everybody: Everybody, app: Flask, counted: Counted, endpoint: str, who: str, address: str) -> list[str]:
    """The keys of addresses by which a write of somebody was counted. The first one refuses, so nothing is written."""
    counted.keys.clear()
    counted.refuses = lambda key: ":" in key and not key.startswith("user:")
    post(everybody, app, endpoint, who, address)
    return [f"{scope} {key}" for scope, key in counted.keys if counted.refuses(key)]


def test_two_addresses_of_one_network_share_every_limit(everybody: Everybody, the_app: Flask, counted: Counted) -> None:
    found = [one for one in writing(the_app) if counts_addresses(the_app, one)]
    assert {"sessions.create", "resets.create", "votes.create"} <= set(found)
    for endpoint in found:
        # Some count an address once a form is right, and some know who asks before they look at it.
        for who in ("stranger", "member", "editor"):
            here = keys_from(everybody, the_app, counted, endpoint, who, HERE)
            if here:
                break
        assert here, f"the limit of {endpoint} was not reached: say in FILLED how its form is filled in"
        assert keys_from(everybody, the_app, counted, endpoint, who, NEIGHBOUR) == here, endpoint
        elsewhere = keys_from(everybody, the_app, counted, endpoint, who, ELSEWHERE)
        assert elsewhere and set(elsewhere).isdisjoint(here), endpoint


@pytest.mark.usefixtures("counted")
def test_whatever_sends_an_email_for_a_stranger_is_limited(
    the_app: Flask, settings: Settings, counted: Counted
) -> None:
    sent = set()
    for endpoint in writing(the_app):
        route, is_said = ROUTES[endpoint], LETTER in reached(function_of(the_app, endpoint), loosely=True)
        if route.statuses["stranger"] == REFUSED:
            continue
        assert is_limited(the_app, endpoint) or not is_said, endpoint
        with on_empty_tables(the_app, settings):
            everybody = put_back(the_app)
            counted.keys.clear()
            post(everybody, the_app, endpoint, "stranger")
            if db.session.scalar(select(func.count()).select_from(OutgoingMail)):
                sent.add(endpoint)
                assert counted.keys and is_said, endpoint
    assert {"resets.create", "registrations.create", "contacts.create", "search_waits.create"} <= sent


def test_a_form_that_sends_to_a_typed_address_counts_that_address_whoever_asks(the_app: Flask) -> None:
    """Limited by where it comes from alone, it would flood somebody from many places at once."""
    typed = {"resets.create", "registrations.create", "emails.update", "search_waits.create", "contacts.create"}
    for endpoint in typed:
        found = reached(function_of(the_app, endpoint))
        assert {SPEND, LETTER, "helpcenter.accounts.user.email_key"} <= found, endpoint


def ways_in(app: Flask) -> dict[str, frozenset[str]]:
    """The routes that begin a session, with all they come to."""
    found = {rule.endpoint: reached(function_of(app, rule.endpoint)) for rule in app.url_map.iter_rules()}
    return {one: names for one, names in found.items() if SESSION in names}


def test_every_way_in_counts_who_fails(everybody: Everybody, the_app: Flask, counted: Counted) -> None:
    found = ways_in(the_app)
    assert {"sessions.create", "half_sign_ins.create", "openid_sessions.create", "product_sessions.create"} <= set(
        found
    )
    for endpoint, names in found.items():
        assert not names.isdisjoint({SPEND, LIMIT}), f"{endpoint} lets people in and counts nobody"
        if methods_of(the_app, endpoint) != {"POST"}:
            continue
        browser = everybody.standing("ben" if endpoint == "passwords.update" else None)
        counted.keys.clear()
        answer = browser.post(address_of(the_app, everybody, endpoint), data={"password": "wrong", "code": "000000"})
        assert answer.status_code != 303 or "/login" in answer.location, f"{endpoint} let somebody in"
        assert counted.keys and not counted.forgiven, endpoint


def test_whatever_tells_that_a_guess_was_right_counts_the_account(the_app: Flask) -> None:
    """Many addresses try one account: there the limit of an address helps nobody."""
    callers = {
        rule.endpoint: names
        for rule in the_app.url_map.iter_rules()
        if not (names := reached(function_of(the_app, rule.endpoint))).isdisjoint(SECRETS)
    }
    assert {"sessions.create", "half_sign_ins.create", "recoveries.create", "confirmations.create"} <= set(callers)
    # Not by the decorator, which counts where somebody comes from.
    by_hand = {one for one, names in callers.items() if any(SPEND in named(name) for name in names - {LIMIT})}
    assert callers.keys() - by_hand == set()


def test_nobody_begins_a_session_that_is_not_reached_by_a_route() -> None:
    """What begins one by another way, such as a command, would not be among the ways in above."""
    found = {
        module.where
        for module in modules()
        for _line, name in module.reads()
        if name in ("session.start", "sign_in.begin", "entrance.begin")
    }
    assert [where for where in found if where.split("/")[0] != "accounts"] == []
