from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from helpcenter.core import clock
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.identity import Identities
from helpcenter.reports import searches
from helpcenter.reports.range import Range
from helpcenter.reports.scope import Scope
from helpcenter.reports.searches import Search
from tests.journeys.acts import someone
from tests.reports.past import Past

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
BEGIN = NOW - timedelta(days=3)
SCOPE = Scope(Range.named("28", NOW.date()))


@pytest.fixture
def past(app: Flask) -> Past:
    return Past(NOW)


def after(past: Past, seconds: float, kind: str, by: Actor, **more: Any) -> None:
    past.act((NOW - BEGIN - timedelta(seconds=seconds)) / timedelta(days=1), kind, by, **more)


def search(past: Past, seconds: float, by: Actor, results: int = 3, query: str = "locker") -> None:
    after(past, seconds, "searched", by, detail={"results": results}, query=query)


def view(past: Past, seconds: float, by: Actor) -> None:
    after(past, seconds, "viewed", by, subject=("article", 1), topic_id=1)


def found() -> list[Search]:
    with clock.moved(NOW):
        return searches.searches(SCOPE, Identities.known())


def told() -> list[tuple[int, bool, bool]]:
    return [(one.results, one.is_opened, one.is_refined) for one in found()]


def test_whoever_opens_something_after_a_search_found_it_there(past: Past) -> None:
    who = someone()
    search(past, 0, who)
    view(past, 60, who)
    assert told() == [(3, True, False)]


def test_what_was_opened_before_or_long_after_or_by_another_was_not_found_there(past: Past) -> None:
    early, late, alone = someone(), someone(), someone()
    view(past, 0, early)
    search(past, 10, early)
    search(past, 0, late)
    after(past, 1200, "searched", late, detail={"results": 0})
    view(past, 1200 + 1801, late)
    search(past, 0, alone)
    view(past, 30, someone())
    assert [is_opened for _results, is_opened, _refined in told()] == [False] * 4


def test_a_second_search_within_two_minutes_refines_the_first(past: Past) -> None:
    quick, slow, opened = someone(), someone(), someone()
    search(past, 0, quick, 0, "sso")
    search(past, 120, quick, 4, "log in")
    search(past, 0, slow, 0, "sso")
    search(past, 121, slow, 4, "log in")
    search(past, 0, opened)
    view(past, 20, opened)
    search(past, 60, opened, 7, "key")
    assert sum(is_refined for _results, _opened, is_refined in told()) == 1


def test_what_is_still_being_typed_is_one_search_and_the_last_counts(past: Past) -> None:
    who = someone()
    for place, results in enumerate((9, 5, 0)):
        search(past, place * 4, who, results, "refund"[: 2 + place * 2])
    assert [one.results for one in found()] == [0]


def test_who_comes_back_to_the_same_results_has_searched_once(past: Past) -> None:
    who = someone()
    search(past, 0, who)
    view(past, 20, who)
    search(past, 300, who)
    view(past, 310, who)
    assert told() == [(3, True, False)]


def test_two_searches_that_find_nothing_are_two(past: Past) -> None:
    who = someone()
    search(past, 0, who, 0, "sso")
    search(past, 15, who, 0, "saml")
    assert told() == [(0, False, True), (0, False, False)]


def test_the_days_are_weighed_by_their_searches(past: Past) -> None:
    for number in range(9):
        past.search(5, someone(), results=1 + number)
    past.search(6, someone(), results=0)
    rate = searches.figures(found()).nothing
    assert (rate.part, rate.whole) == (1, 10), "and not the mean of 0 % and 100 %"


def test_staff_are_left_out_also_when_they_log_in_afterwards(past: Past) -> None:
    staff = someone(excluded_reason="staff")
    search(past, 0, staff)
    late = someone()
    search(past, 0, late)
    after(past, 60, "signed_in", Actor(late.visitor_id, 7, excluded_reason="staff"))
    assert told() == []
