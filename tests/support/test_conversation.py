from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
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
from tests.journeys.story import MONDAY
from tests.support.letters_to_us import opened

WRITER = Actor("0" * 32)


def sam(cast: Cast) -> Actor:
    return Actor(new_id(), cast.id_of("sam"), excluded_reason="staff")


def after(hours: float, row: Conversation, verb: str, *words: object, by: Actor) -> None:
    with clock.moved(MONDAY + timedelta(hours=hours)):
        begin_write()
        getattr(conversation, verb)(conversation.locked(row.id), *words, by=by)
        db.session.commit()


def on_monday() -> Conversation:
    with clock.moved(MONDAY):
        return opened(by=WRITER)


def kinds() -> list[str]:
    return list(db.session.scalars(select(Event.kind).order_by(Event.id)))


def test_a_new_conversation_is_a_contact(app: Flask) -> None:
    row = on_monday()
    assert (row.status, row.title, row.version) == (
        Status.NEW,
        "Since this morning the invoice page stays white, whatever I press.",
        1,
    )
    event = db.session.scalars(select(Event)).one()
    assert (event.kind, event.subject_kind, event.subject_id) == ("contacted", "conversation", row.id)


def test_a_form_sent_twice_is_one_conversation(app: Flask) -> None:
    assert opened(submission="one").id == opened(submission="one").id
    assert kinds() == ["contacted"]


def test_the_first_public_reply_stops_the_clock_and_a_note_does_not(app: Flask, cast: Cast) -> None:
    row = on_monday()
    after(1, row, "add_note", "Known since Friday.", by=sam(cast))
    assert row.first_reply_at is None
    after(2, row, "reply", "Please reload.", by=sam(cast))
    after(3, row, "reply", "And sign in again.", by=sam(cast))
    assert (row.first_reply_seconds, row.first_reply_business_seconds) == (7_200, 7_200)
    assert (row.status, row.human_replies) == (Status.THEIRS, 2)
    assert row.assignee_id == cast.id_of("sam")


def test_what_the_writer_says_waits_for_us(app: Flask, cast: Cast) -> None:
    row = on_monday()
    after(1, row, "write", "One more thing.", by=WRITER)
    assert row.status == Status.NEW
    after(2, row, "reply", "Yes?", by=sam(cast))
    after(3, row, "write", "Thank you.", by=WRITER)
    assert row.status == Status.OURS


def test_a_message_opens_a_closed_conversation_again(app: Flask, cast: Cast) -> None:
    row = on_monday()
    after(1, row, "close", Ending.ANSWERED, by=sam(cast))
    assert (row.is_closed, row.first_closed_at) == (True, MONDAY + timedelta(hours=1))
    after(2, row, "write", "It is back.", by=WRITER)
    assert (row.status, row.ending, row.was_reopened_soon) == (Status.OURS, "", True)
    assert kinds() == ["contacted", "conversation_closed", "conversation_reopened"]


def test_going_on_after_three_days_is_not_soon(app: Flask, cast: Cast) -> None:
    row = on_monday()
    after(1, row, "close", Ending.ANSWERED, by=sam(cast))
    after(74, row, "write", "Something else.", by=WRITER)
    assert not row.was_reopened_soon


def test_closing_twice_is_closing_once(app: Flask, cast: Cast) -> None:
    row = on_monday()
    for hours in (1, 5):
        after(hours, row, "close", Ending.ANSWERED, by=sam(cast))
    assert row.last_closed_at == MONDAY + timedelta(hours=1)
    assert kinds().count("conversation_closed") == 1


@pytest.mark.parametrize("ending", [Ending.SPAM, Ending.DUPLICATE])
def test_spam_and_what_was_sent_twice_are_no_contact(app: Flask, cast: Cast, ending: Ending) -> None:
    row = on_monday()
    after(1, row, "close", ending, by=sam(cast))
    voided = db.session.scalars(select(Event).where(Event.kind == "contact_voided")).one()
    assert voided.detail == {"reason": str(ending)}


def test_withdrawing_is_told_as_that(app: Flask) -> None:
    row = on_monday()
    after(1, row, "close", Ending.WITHDRAWN, by=WRITER)
    closed = db.session.scalars(select(Event).where(Event.kind == "conversation_closed")).one()
    assert closed.detail == {"withdrawn": True}


def test_every_change_has_a_version_of_its_own(app: Flask, cast: Cast) -> None:
    row = on_monday()
    versions = [row.version]
    for verb, words in (
        ("write", ("More.",)),
        ("reply", ("Yes.",)),
        ("add_note", ("Hm.",)),
        ("close", (Ending.ANSWERED,)),
    ):
        after(1, row, verb, *words, by=sam(cast))
        versions.append(row.version)
    assert versions == sorted(set(versions))


@pytest.mark.parametrize(
    ("text", "title"),
    [("\n\n  Hello there  \nmore", "Hello there"), ("x" * 130, "x" * 89 + "…"), ("", "")],
)
def test_the_title_is_the_first_line(text: str, title: str) -> None:
    assert conversation.title_of(text) == title
