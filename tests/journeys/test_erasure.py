"""What a person can take along, and what is left when they go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from helpcenter.core import clock, subjects
from helpcenter.core.db import begin_write, db
from helpcenter.journeys import erasure, recorder
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.search_query import SearchQuery
from helpcenter.journeys.visitor import VisitorRow
from tests.journeys.acts import act, events, someone

MONDAY = datetime(2026, 8, 3, 10, tzinfo=UTC)
ARTICLE = ("article", 12)


def forget(user_id: int) -> None:
    begin_write()
    erasure.erase(user_id)
    db.session.commit()


def sign_in(by: object, user_id: int) -> None:
    begin_write()
    recorder.record_sign_in(by, user_id)  # type: ignore[arg-type]
    db.session.commit()


def test_an_erased_person_leaves_with_what_their_browser_did_before_they_signed_in(app: Flask) -> None:
    browser, other = someone(), someone(user_id=6)
    act("searched", browser, detail={"results": 1}, query="my secret")
    sign_in(browser, 5)
    act("voted", browser.signed_in_as(5), subject=ARTICLE, detail={"helpful": True})
    act("viewed", other, subject=ARTICLE)
    forget(5)
    assert [event.user_id for event in events()] == [6]
    assert db.session.scalars(select(SearchQuery)).all() == []
    assert db.session.scalars(select(VisitorRow.id)).all() == [other.visitor_id]


def test_on_a_shared_browser_only_the_seven_days_before_signing_in_are_theirs(app: Flask) -> None:
    browser = someone()
    for days in (0, 2, 10):
        with clock.moved(MONDAY + timedelta(days=days)):
            act("contact_opened", browser)
    with clock.moved(MONDAY + timedelta(days=8)):
        sign_in(browser, 5)
    with clock.moved(MONDAY + timedelta(days=20)):
        sign_in(browser, 6)
    forget(5)
    assert [(event.kind, event.occurred_at - MONDAY) for event in events()] == [
        ("contact_opened", timedelta(0)),
        ("contact_opened", timedelta(days=10)),
        ("signed_in", timedelta(days=20)),
    ]


def test_what_others_episodes_rest_on_stays_without_a_name(app: Flask) -> None:
    act("answered", someone(user_id=5), subject=("answer", 7), detail={"question": 1, "staff": False})
    forget(5)
    (event,) = events()
    assert (event.kind, event.subject_id, event.user_id, event.visitor_id) == ("answered", 7, None, None)
    assert event.detail == {"question": 1, "staff": False}


def test_a_person_of_two_accounts_leaves_with_both(app: Flask) -> None:
    act("contact_opened", someone(user_id=4))
    begin_write()
    recorder.record_merge(someone(), 4, into=5)
    db.session.commit()
    act("contact_opened", someone(user_id=5))
    assert erasure.users_of(5) == {4, 5}
    assert erasure.users_of(4) == {4}
    forget(5)
    assert events() == []


def test_a_person_can_take_their_journey_along(app: Flask) -> None:
    browser = someone()
    act("searched", browser, detail={"results": 1}, query="refund")
    sign_in(browser, 5)
    act("viewed", someone(user_id=6), subject=ARTICLE)
    rows = dict(subjects.kinds())["event"].export(5)["events"]
    assert [(row["kind"], row.get("searched_for")) for row in rows] == [("searched", "refund"), ("signed_in", None)]


def test_a_person_who_logged_in_without_a_browser_takes_nothing_of_nobody_along(app: Flask) -> None:
    act("answered", someone(user_id=6), subject=("answer", 7), detail={"question": 1, "staff": False})
    forget(6)
    sign_in(Actor(None), 5)
    assert [row["kind"] for row in erasure.export(5)["events"]] == ["signed_in"]
    assert erasure.traces_of(5).visitor_ids == frozenset()
    forget(5)
    assert [event.kind for event in events()] == ["answered"]


@pytest.mark.parametrize("user_id", [5, 99])
def test_nobody_is_forgotten_by_mistake(app: Flask, user_id: int) -> None:
    act("contact_opened", someone())
    act("contact_opened", someone(user_id=6))
    forget(user_id)
    assert len(events()) == 2
    assert erasure.export(user_id) == {}


def test_what_another_person_did_on_a_shared_browser_is_neither_handed_out_nor_taken(app: Flask) -> None:
    browser = someone()
    with clock.moved(MONDAY):
        act("searched", browser, detail={"results": 1}, query="my secret")
        sign_in(browser, 6)
    with clock.moved(MONDAY + timedelta(days=1)):
        sign_in(browser, 5)
    assert [row["kind"] for row in erasure.export(5)["events"]] == ["signed_in"]
    forget(5)
    assert [row.get("searched_for") for row in erasure.export(6)["events"]] == ["my secret", None]
