from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.journeys.actor import Actor
from helpcenter.support import erasure
from helpcenter.support.conversation import Conversation
from helpcenter.support.replies import use
from helpcenter.support.replies.use import Usage, is_still_in
from tests.cast import Cast
from tests.support.letters_to_us import opened
from tests.support.replies_of_ours import put_reply

NOW = datetime.fromisoformat("2026-03-02T10:00:00+00:00")
SAID = "Hello Ben, it takes five days."


def at(seconds: float) -> Any:
    return clock.moved(NOW + timedelta(seconds=seconds))


@pytest.fixture
def sam(cast: Cast) -> FlaskClient:
    return cast.browser("sam")


@pytest.fixture
def row(app: Flask) -> Iterator[Conversation]:
    with at(-3600):
        yield opened()


def send(sam: FlaskClient, row: Conversation, message: str, *inserted: int, act: str = "reply") -> TestResponse:
    data = {"message": message, "act": act, "inserted": list(inserted)}
    return sam.post(f"/inbox/{row.id}/messages", data=data)


def usage() -> dict[int, Usage]:
    db.session.rollback()
    return use.usage()


def test_it_counts_once_it_is_out_and_not_when_it_is_inserted(sam: FlaskClient, row: Conversation) -> None:
    refund, other = put_reply(), put_reply("Other")
    with at(0):
        sam.post(f"/inbox/{row.id}/insertion", data={"saved_reply": refund})
        assert usage() == {}
        send(sam, row, SAID, refund, 999)
        assert usage() == {}
    with at(11):
        assert usage() == {refund: Usage(1, NOW + timedelta(seconds=10))}
    with clock.moved(NOW + timedelta(days=29)):
        assert usage() == {refund: Usage(0, NOW + timedelta(seconds=10))}
    assert other not in usage()


def test_what_was_deleted_before_sending_was_no_use(sam: FlaskClient, row: Conversation) -> None:
    refund = put_reply()
    with at(0):
        send(sam, row, "Please pull while you turn it.", refund)
    with at(11):
        assert usage() == {}


def test_a_note_is_no_use(sam: FlaskClient, row: Conversation) -> None:
    with at(0):
        send(sam, row, SAID, put_reply(), act="note")
    with at(11):
        assert usage() == {}


def test_a_reply_that_is_taken_back_was_no_use_and_counts_when_it_is_sent_again(
    sam: FlaskClient, row: Conversation
) -> None:
    refund = put_reply()
    with at(0):
        page = sam.get(send(sam, row, SAID, refund).location).text
        number = page.partition('name="message" value="')[2].partition('"')[0]
        back = sam.post(f"/inbox/{row.id}/taking-back", data={"message": number})
        assert f'name="inserted" value="{refund}"' in sam.get(back.location).text
    with at(11):
        assert usage() == {}
        send(sam, row, SAID, refund)
    with at(22):
        assert usage()[refund].lately == 1


def test_a_use_goes_with_the_conversation_of_a_person_who_is_erased(cast: Cast, sam: FlaskClient) -> None:
    theirs = opened(by=Actor("0" * 32, cast.id_of("ben")))
    send(sam, theirs, SAID, put_reply())
    begin_write()
    erasure.erase(cast.id_of("ben"))
    db.session.commit()
    with clock.moved(clock.now() + timedelta(minutes=1)):
        assert usage() == {}


def test_half_of_its_words_are_enough() -> None:
    assert is_still_in("It takes five days.", "Sorry! It takes FIVE weeks.")
    assert not is_still_in("It takes five days.", "It does.")
    assert not is_still_in("…", "…")


@given(st.text(), st.text(), st.text())
def test_what_nobody_changed_is_still_there_whatever_stands_around_it(text: str, before: str, after: str) -> None:
    has_words = any(letter.isalnum() or letter == "_" for letter in text)
    assert is_still_in(text, f"{before}\n{text}\n{after}") == has_words
    assert not is_still_in(text, "")
