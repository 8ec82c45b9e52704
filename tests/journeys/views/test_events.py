"""The beacon: what it writes, what it refuses, and which cookie it leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as hook
from sqlalchemy import func, select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.journeys import page_token
from helpcenter.journeys.exclusion import LONGEST_NAME
from helpcenter.journeys.visitor import VisitorRow
from tests.cast import Cast
from tests.journeys.acts import BROWSER, article_token, events, send

MONDAY = datetime(2026, 8, 3, 10, tzinfo=UTC)
THIRTEEN_MONTHS = 395 * 24 * 3600


def test_a_visible_page_reports_a_view_and_later_a_read(app: Flask, stranger: FlaskClient) -> None:
    token = article_token()
    assert send(stranger, token, "viewed").status_code == 204
    assert send(stranger, token, "read").status_code == 204
    viewed, read = events()
    assert (viewed.kind, viewed.subject_kind, viewed.subject_id, viewed.revision_id) == ("viewed", "article", 12, 40)
    assert (viewed.locale, viewed.topic_id, viewed.channel, viewed.user_id) == ("en", 3, "help_center", None)
    assert (read.kind, read.visitor_id, read.visit_id) == ("read", viewed.visitor_id, viewed.visit_id)


def test_of_a_long_name_of_a_browser_only_the_beginning_is_read(app: Flask, stranger: FlaskClient) -> None:
    name = f"{BROWSER:.<{LONGEST_NAME}}"
    assert send(stranger, article_token(), User_Agent=f"{name} Googlebot").status_code == 204
    assert send(stranger, article_token(), User_Agent=f"Googlebot {name}").status_code == 204
    assert [event.excluded_reason for event in events()] == [None, "crawler"]
    # The whole of this one would take hours to look at.
    assert send(stranger, article_token(), User_Agent="a" * 300_000).status_code == 204


def test_a_page_of_results_reports_its_search(app: Flask, stranger: FlaskClient) -> None:
    token = page_token.make(None, None, None, "en", None, ("searched",), detail={"results": 0}, query="refund")
    assert send(stranger, token, "searched").status_code == 204
    (event,) = events()
    assert (event.kind, event.detail, event.subject_kind) == ("searched", {"results": 0}, None)


@pytest.mark.parametrize("act", ["voted", "searched", "", "nonsense"])
def test_a_page_reports_only_what_its_token_allows(app: Flask, stranger: FlaskClient, act: str) -> None:
    response = send(stranger, article_token(), act)
    assert (response.status_code, response.data) == (400, b"")
    assert events() == []


@pytest.mark.parametrize("token", ["", "nonsense", "a.b", "x" * 7000, "\x00"])
def test_a_made_up_token_writes_nothing(app: Flask, stranger: FlaskClient, token: str) -> None:
    response = send(stranger, token)
    assert (response.status_code, response.data) == (400, b"")
    assert events() == []
    assert "Set-Cookie" not in response.headers


def test_a_large_body_is_refused_unread(app: Flask, stranger: FlaskClient) -> None:
    data = {"token": article_token(), "act": "viewed", "more": "x" * 9000}
    assert stranger.post("/events", data=data, headers={"User-Agent": BROWSER}).status_code == 400
    assert events() == []


def test_a_beacon_is_never_a_get(app: Flask, stranger: FlaskClient) -> None:
    response = stranger.get("/events", query_string={"token": article_token(), "act": "viewed"})
    assert response.status_code in (404, 405)
    assert events() == []


def test_a_beacon_from_another_site_is_refused(app: Flask, stranger: FlaskClient) -> None:
    assert send(stranger, article_token(), Sec_Fetch_Site="cross-site").status_code == 403
    assert events() == []


def test_the_first_recorded_act_gives_a_cookie_and_the_next_does_not(app: Flask, stranger: FlaskClient) -> None:
    first = send(stranger, article_token())
    cookie = first.headers["Set-Cookie"]
    assert f"Max-Age={THIRTEEN_MONTHS}" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    kept = stranger.get_cookie("hc_visitor")
    assert kept is not None
    assert len(kept.value) == 32
    assert "Set-Cookie" not in send(stranger, article_token()).headers
    assert {event.visitor_id for event in events()} == {kept.value}
    assert all(event.observable for event in events())


def test_two_reports_before_the_first_answer_are_one_browsers(app: Flask) -> None:
    number = "0123456789abcdef" * 2
    for _ in range(2):
        send(app.test_client(), article_token(), number=number)
    assert [event.visitor_id for event in events()] == [number, number]


def test_the_cookie_outlives_the_number_that_a_tab_gave_itself(app: Flask, stranger: FlaskClient) -> None:
    send(stranger, article_token())
    send(stranger, article_token(), number="f" * 32)
    first, second = events()
    assert first.visitor_id == second.visitor_id != "f" * 32


@pytest.mark.parametrize("number", ["", "1", "F" * 32, "f" * 33, "g" * 32])
def test_nonsense_for_a_number_is_not_taken(app: Flask, stranger: FlaskClient, number: str) -> None:
    send(stranger, article_token(), number=number)
    (event,) = events()
    assert event.visitor_id != number


def test_the_cookie_is_secure_where_the_site_is(
    app: Flask, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe = replace(app.config["SETTINGS"], base_url="https://localhost")
    monkeypatch.setitem(app.config, "SETTINGS", safe)
    cookie = send(stranger, article_token()).headers["Set-Cookie"]
    assert "Secure" in cookie and cookie.startswith("__Host-hc_visitor=")


def test_no_other_host_of_the_domain_says_who_a_visitor_is(
    app: Flask, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], base_url="https://localhost"))
    stranger.set_cookie("hc_visitor", "a" * 32)
    first = send(stranger, article_token()).headers["Set-Cookie"]
    assert first.startswith("__Host-hc_visitor=") and "a" * 32 not in first
    assert "Set-Cookie" not in send(stranger, article_token()).headers


@pytest.mark.parametrize("header", ["Sec_GPC", "DNT"])
def test_a_browser_that_asks_gets_an_id_that_ends_with_it(app: Flask, stranger: FlaskClient, header: str) -> None:
    cookie = send(stranger, article_token(), **{header: "1"}).headers["Set-Cookie"]
    assert "Max-Age" not in cookie
    assert "Expires" not in cookie
    assert [event.observable for event in events()] == [False]


def test_a_browser_that_begins_to_ask_loses_its_lasting_id_for_good(app: Flask, stranger: FlaskClient) -> None:
    send(stranger, article_token())
    asked = send(stranger, article_token(), Sec_GPC="1")
    assert "Max-Age" not in asked.headers["Set-Cookie"]
    assert "Set-Cookie" not in send(stranger, article_token()).headers
    assert [event.observable for event in events()] == [True, False, False]


@pytest.mark.parametrize("value", ["nonsense", "A" * 32, "0" * 31, "0" * 33, "'; drop table event"])
def test_a_cookie_that_is_no_id_is_replaced(app: Flask, stranger: FlaskClient, value: str) -> None:
    stranger.set_cookie("hc_visitor", value)
    assert "hc_visitor=" in send(stranger, article_token()).headers["Set-Cookie"]
    assert events()[0].visitor_id != value


@pytest.mark.parametrize(
    "agent", ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "curl/8.5.0", "", "  "]
)
def test_a_program_is_kept_and_excluded(app: Flask, stranger: FlaskClient, agent: str) -> None:
    assert send(stranger, article_token(), User_Agent=agent).status_code == 204
    assert [event.excluded_reason for event in events()] == ["crawler"]


@pytest.mark.parametrize("purpose", ["prefetch", "prefetch;prerender", "Prefetch"])
def test_a_page_fetched_in_advance_was_seen_by_nobody(app: Flask, stranger: FlaskClient, purpose: str) -> None:
    assert send(stranger, article_token(), Sec_Purpose=purpose).status_code == 204
    assert events() == []
    assert stranger.get_cookie("hc_visitor") is None


def test_staff_are_kept_and_excluded(cast: Cast) -> None:
    for name in ("ada", "ben"):
        send(cast.browser(name), article_token())
    assert [(event.user_id, event.excluded_reason) for event in events()] == [
        (cast.id_of("ada"), "staff"),
        (cast.id_of("ben"), None),
    ]


def test_a_preview_is_kept_and_excluded(app: Flask, stranger: FlaskClient) -> None:
    send(stranger, article_token(is_preview=True))
    assert [event.excluded_reason for event in events()] == ["preview"]


def test_more_than_sixty_views_a_minute_are_no_persons(app: Flask, stranger: FlaskClient) -> None:
    token = article_token()
    with clock.moved(MONDAY):
        for _view in range(61):
            send(stranger, token)
        send(stranger, token, "read")
    with clock.moved(MONDAY + timedelta(seconds=61)):
        send(stranger, token)
    reasons = [event.excluded_reason for event in events()]
    assert reasons == [None] * 60 + ["too_fast", "too_fast", None]


def test_more_than_three_hundred_views_an_hour_are_no_persons(app: Flask, stranger: FlaskClient) -> None:
    token = article_token()
    for view in range(302):
        with clock.moved(MONDAY + timedelta(seconds=10 * view)):
            send(stranger, token)
    assert [event.excluded_reason for event in events()] == [None] * 300 + ["too_fast"] * 2


def test_a_view_costs_the_same_few_statements_however_much_was_seen(app: Flask, stranger: FlaskClient) -> None:
    token, seen = article_token(), []
    # The first view of a visitor writes the visitor too, and the first of a process reads the site.
    for _early in range(2):
        send(stranger, token)
    hook.listen(db.engine, "before_cursor_execute", count := lambda *given: seen.append(given[2]))
    try:
        send(stranger, token)
        early = list(seen)
        for _more in range(20):
            send(stranger, token)
        seen.clear()
        send(stranger, token)
    finally:
        hook.remove(db.engine, "before_cursor_execute", count)
    assert early == seen
    assert len(seen) <= 6


def test_a_visitor_is_written_once(app: Flask, stranger: FlaskClient) -> None:
    with clock.moved(MONDAY):
        send(stranger, article_token())
    send(stranger, article_token())
    db.session.rollback()
    assert db.session.execute(select(func.count()).select_from(VisitorRow)).scalar() == 1
    assert db.session.scalars(select(VisitorRow.first_seen_at)).one() == MONDAY
