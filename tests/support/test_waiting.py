from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from helpcenter.support import conversation, waiting
from helpcenter.support.conversation import Conversation
from helpcenter.support.status import Ending
from helpcenter.support.target import Wait
from tests.cast import Cast
from tests.journeys.story import MONDAY
from tests.support.letters_to_us import kept, opened

WRITER = Actor("0" * 32)


def did(hours: float, row: Conversation, verb: str, *words: object, by: Actor) -> Conversation:
    with clock.moved(MONDAY + timedelta(hours=hours)):
        begin_write()
        getattr(conversation, verb)(conversation.locked(row.id), *words, by=by)
        db.session.commit()
    return kept()[0]


def shown(hours: float, row: Conversation) -> tuple[str, str] | None:
    with clock.moved(MONDAY + timedelta(hours=hours)):
        age = waiting.age_of(row)
        return (age.text, age.state) if age else None


def test_somebody_waits_from_their_first_unanswered_message_until_our_reply(app: Flask, cast: Cast) -> None:
    us = Actor(new_id(), cast.id_of("sam"), excluded_reason="staff")
    with clock.moved(MONDAY):
        row = opened(by=WRITER)
    row = did(1, row, "write", "And on the phone too.", by=WRITER)
    assert row.waits_since == MONDAY
    assert did(2, row, "add_note", "Known.", by=us).waits_since == MONDAY
    assert did(3, row, "reply", "Yes?", by=us).waits_since is None
    row = did(4, row, "write", "Still.", by=WRITER)
    row = did(5, row, "write", "Hello?", by=WRITER)
    assert row.waits_since == MONDAY + timedelta(hours=4)
    assert did(6, row, "close", Ending.ANSWERED, by=us).waits_since is None
    assert did(7, row, "reopen", by=us).waits_since == MONDAY + timedelta(hours=7)


def test_the_age_stands_against_the_target_and_what_stops_work_has_less_time(app: Flask) -> None:
    with clock.moved(MONDAY):
        calm, urgent = opened(), opened(is_urgent=True)
    assert shown(0.02, calm) == ("1 min of 8 h", "in_time")
    assert shown(2.5, calm) == ("2 h of 8 h", "in_time")
    assert shown(1.5, urgent) == ("1 h of 2 h", "near")
    assert shown(5.2, urgent) == ("late by 3 h", "late")


@pytest.mark.parametrize(
    ("seconds", "words"), [(8 * 3600 + 1, "late by 1 min"), (8 * 3600 + 7_260, "late by 2 h"), (0, "0 min of 8 h")]
)
def test_nobody_is_late_by_nothing(app: Flask, seconds: int, words: str) -> None:
    assert waiting.in_words(Wait(seconds, 8 * 3600)) == words


def test_the_inbox_says_it_and_begins_with_whose_target_ends_first(app: Flask, cast: Cast) -> None:
    us, sam = Actor(new_id(), cast.id_of("sam"), excluded_reason="staff"), cast.browser("sam")
    now = clock.now()
    rows = []
    for hours, words in ((400, "The oldest went on last."), (300, "The second waits longest.")):
        with clock.moved(now - timedelta(hours=hours)):
            rows.append(opened(words))
    for hours, row in ((200, rows[0]), (250, rows[1])):
        for at, verb, by in ((290, "reply", us), (hours, "write", WRITER)):
            with clock.moved(now - timedelta(hours=at)):
                begin_write()
                getattr(conversation, verb)(conversation.locked(row.id), "More.", by=by)
                db.session.commit()
    page = sam.get("/inbox?queue=ours").text
    assert page.index("The second waits longest.") < page.index("The oldest went on last.")
    assert "late by" in page
    assert "late by" in sam.get(f"/inbox/{rows[0].id}").text
    assert sam.get("/inbox?queue=mine").text.index("The second") < sam.get("/inbox?queue=mine").text.index("The oldest")
