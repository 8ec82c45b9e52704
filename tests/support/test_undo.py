from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.event import Event
from helpcenter.journeys.visitor import new_id
from helpcenter.support import conversation
from helpcenter.support.conversation import Conversation
from helpcenter.support.status import Ending, Status
from tests.cast import Cast
from tests.support.letters_to_us import kept, opened

WRITER = Actor("0" * 32)
NOW = datetime.fromisoformat("2026-03-02T10:00:00+00:00")


def at(minutes: float) -> Any:
    return clock.moved(NOW + timedelta(minutes=minutes))


def state_of(row: Conversation) -> dict[str, Any]:
    return {one.name: getattr(row, one.name) for one in Conversation.__table__.columns if one.name != "version"}


def did(browser: FlaskClient, row: Conversation, act: str, **data: str) -> str:
    """Do something as a form does, and the page that comes of it."""
    return browser.post(f"/inbox/{row.id}/{act}", data=data, follow_redirects=True).text


def undone(browser: FlaskClient, row: Conversation, page: str) -> str:
    """Press Undo on a page."""
    found = re.search(r'action="/inbox/\d+/undoing"><input type="hidden" name="token" value="([^"]+)"', page)
    assert found, "the page offers no undo"
    return did(browser, row, "undoing", token=unescape(found[1]))


def kinds() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Event.kind).where(Event.subject_kind == "conversation").order_by(Event.id)))


@pytest.mark.parametrize(
    ("act", "data", "said"),
    [
        ("closing", {"ending": "answered"}, "Closed."),
        ("closing", {"ending": "spam"}, "Closed as spam."),
        ("closing", {"ending": "duplicate"}, "Closed as sent twice."),
        ("assignment", {"to": "me"}, "It is yours now."),
    ],
)
def test_what_was_just_done_is_undone_exactly(
    app: Flask, cast: Cast, act: str, data: dict[str, str], said: str
) -> None:
    with at(0):
        row = opened(by=WRITER)
    before = state_of(kept()[0])
    sam = cast.browser("sam")
    with at(1):
        page = did(sam, row, act, **data)
    assert said in page
    assert state_of(kept()[0]) != before
    version = kept()[0].version
    with at(2):
        assert "Undone." in undone(sam, row, page)
    assert state_of(kept()[0]) == before
    assert kept()[0].version > version


def test_giving_back_is_undone_too(app: Flask, cast: Cast) -> None:
    row, sam = opened(), cast.browser("sam")
    did(sam, row, "assignment", to="me")
    page = did(sam, row, "assignment", to="")
    assert kept()[0].assignee_id is None
    undone(sam, row, page)
    assert kept()[0].assignee_id == cast.id_of("sam")


def test_a_closing_that_was_undone_costs_no_single_touch_and_no_time_of_resolution(app: Flask, cast: Cast) -> None:
    us = Actor(new_id(), cast.id_of("sam"), excluded_reason="staff")
    with at(0):
        row = opened(by=WRITER)
    for minutes, verb, words in ((1, "reply", "Yes?"), (2, "close", Ending.ANSWERED), (3 * 24 * 60, "write", "No.")):
        with at(minutes):
            begin_write()
            by = WRITER if verb == "write" else us
            getattr(conversation, verb)(conversation.locked(row.id), words, by=by)
            db.session.commit()
    before, sam = state_of(kept()[0]), cast.browser("sam")
    with at(4 * 24 * 60):
        page = did(sam, row, "closing", ending="answered")
        undone(sam, row, page)
    assert state_of(kept()[0]) == before
    assert kept()[0].last_closed_at == NOW + timedelta(minutes=2)
    assert kinds()[-2:] == ["conversation_closed", "conversation_reopened"]


def test_spam_that_was_undone_is_a_contact_again_and_events_only_grow(app: Flask, cast: Cast) -> None:
    row, sam = opened(), cast.browser("sam")
    page = did(sam, row, "closing", ending="spam")
    undone(sam, row, page)
    assert kinds() == ["contacted", "conversation_closed", "contact_voided", "conversation_reopened"]
    assert not kept()[0].was_reopened_soon


def test_taking_what_is_closed_and_undoing_it_leaves_it_closed(app: Flask, cast: Cast) -> None:
    row, sam = opened(), cast.browser("sam")
    did(sam, row, "closing", ending="spam")
    page = did(sam, row, "assignment", to="me")
    undone(sam, row, page)
    assert (kept()[0].status, kept()[0].ending) == (Status.CLOSED, Ending.SPAM)
    assert kinds() == ["contacted", "conversation_closed", "contact_voided"]


def test_nothing_is_undone_over_what_happened_since(app: Flask, cast: Cast) -> None:
    row, sam = opened(by=WRITER), cast.browser("sam")
    page = did(sam, row, "closing", ending="answered")
    begin_write()
    conversation.write(conversation.locked(row.id), "One more thing.", by=WRITER)
    db.session.commit()
    before = state_of(kept()[0])
    assert "It was not undone: something else has happened here since." in undone(sam, row, page)
    assert state_of(kept()[0]) == before


def test_pressing_undo_twice_undoes_once(app: Flask, cast: Cast) -> None:
    row, sam = opened(), cast.browser("sam")
    page = did(sam, row, "closing", ending="answered")
    assert "Undone." in undone(sam, row, page)
    assert "It was not undone" in undone(sam, row, page)
    assert kinds().count("conversation_reopened") == 1


def test_after_ten_minutes_it_is_no_slip_any_more(app: Flask, cast: Cast) -> None:
    row, sam = opened(), cast.browser("sam")
    with at(0):
        page = did(sam, row, "closing", ending="answered")
    with at(10.1):
        assert "It was not undone" in undone(sam, row, page)
    assert kept()[0].is_closed


@pytest.mark.parametrize("token", ["", "nonsense", "W10.x"])
def test_a_token_we_did_not_sign_undoes_nothing(app: Flask, cast: Cast, token: str) -> None:
    row, sam = opened(), cast.browser("sam")
    assert "It was not undone" in did(sam, row, "undoing", token=token)


def test_a_token_is_good_for_its_conversation_alone(app: Flask, cast: Cast) -> None:
    one, other, sam = opened("One."), opened("Other."), cast.browser("sam")
    page = did(sam, one, "closing", ending="answered")
    did(sam, other, "closing", ending="answered")
    assert "It was not undone" in undone(sam, other, page)
    assert all(row.is_closed for row in kept())
