from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import MailStatus, OutgoingMail
from helpcenter.journeys.actor import Actor
from helpcenter.support import conversation
from helpcenter.support.conversation import Conversation
from helpcenter.support.message import Kind
from helpcenter.support.said import messages
from helpcenter.support.status import Ending, Status
from tests.cast import Cast
from tests.support.letters_to_us import kept, opened
from tests.support.test_undo import kinds

WRITER = Actor("0" * 32)
NOW = datetime.fromisoformat("2026-03-02T10:00:00+00:00")
ANSWER = "Please pull while you turn it."


def at(seconds: float) -> Any:
    return clock.moved(NOW + timedelta(seconds=seconds))


@pytest.fixture
def sam(cast: Cast) -> FlaskClient:
    return cast.browser("sam")


@pytest.fixture
def row(app: Flask) -> Iterator[Conversation]:
    with at(-3600):
        yield opened(by=WRITER)


def sent(sam: FlaskClient, row: Conversation, act: str = "reply", seconds: float = 0) -> str:
    with at(seconds):
        data = {"message": ANSWER, "act": act}
        return sam.post(f"/inbox/{row.id}/messages", data=data, follow_redirects=True).text


def taken_back(sam: FlaskClient, row: Conversation, seconds: float = 5) -> str:
    with at(seconds):
        data = {"message": held_message(row)}
        return sam.post(f"/inbox/{row.id}/taking-back", data=data, follow_redirects=True).text


def held_message(row: Conversation) -> int:
    """The last reply, as its button names it; 0 without one."""
    said = messages(row, with_notes=True)
    return next((one.id for one in reversed(said) if one.kind == Kind.REPLY), 0)


def seen_by_writer(stranger: FlaskClient, row: Conversation, seconds: float) -> str:
    with at(seconds):
        return stranger.get(f"/en/conversations/{row.id}?key={row.key}").text


def did(row: Conversation, verb: str, *words: Any, by: Actor = WRITER, seconds: float = 2) -> None:
    with at(seconds):
        begin_write()
        getattr(conversation, verb)(conversation.locked(row.id), *words, by=by)
        db.session.commit()


def letters() -> list[OutgoingMail]:
    db.session.rollback()
    return list(db.session.scalars(select(OutgoingMail).execution_options(populate_existing=True)))


def state_of(row: Conversation, *without: str) -> dict[str, Any]:
    names = {one.name for one in Conversation.__table__.columns} - {"version", *without}
    return {name: getattr(row, name) for name in names}


@pytest.mark.parametrize("act", ["reply", "reply_and_close"])
def test_for_ten_seconds_nobody_but_us_knows_of_it(
    sam: FlaskClient, row: Conversation, stranger: FlaskClient, act: str
) -> None:
    before = seen_by_writer(stranger, row, 0)
    assert "Sending in a moment" in sent(sam, row, act)
    assert seen_by_writer(stranger, row, 9.9) == before
    assert [letter.next_at for letter in letters()] == [NOW + timedelta(seconds=10)]
    assert ANSWER in seen_by_writer(stranger, row, 10)
    assert kept()[0].first_reply_seconds == 3610


def test_an_open_page_learns_when_it_is_out_though_nothing_was_written(
    sam: FlaskClient, row: Conversation, stranger: FlaskClient
) -> None:
    sent(sam, row)
    address = f"/en/conversations/{row.id}?key={row.key}"
    with at(5):
        tag = stranger.get(address).headers["ETag"]
    for seconds, status in ((9, 304), (11, 200)):
        with at(seconds):
            assert stranger.get(address, headers={"If-None-Match": tag}).status_code == status
    with at(11):
        assert "Sent." in sam.get(f"/inbox/{row.id}").text


@pytest.mark.parametrize("act", ["reply", "reply_and_close"])
def test_what_is_taken_back_was_never_sent(
    sam: FlaskClient, row: Conversation, stranger: FlaskClient, act: str
) -> None:
    before = state_of(kept()[0])
    sent(sam, row, act)
    page = taken_back(sam, row)
    assert "Taken back: nothing was sent." in page
    assert f"{ANSWER}</textarea>" in page
    assert state_of(kept()[0]) == before
    assert letters() == []
    assert ANSWER not in seen_by_writer(stranger, row, 60)
    events = ["conversation_closed", "conversation_reopened"] if act == "reply_and_close" else []
    assert kinds() == ["contacted", *events]


def test_the_words_stay_in_the_field_until_they_are_sent(cast: Cast, sam: FlaskClient, row: Conversation) -> None:
    sent(sam, row)
    taken_back(sam, row)
    address = f"/inbox/{row.id}"
    assert f"{ANSWER}</textarea>" in sam.get(address).text
    assert f"{ANSWER}</textarea>" not in cast.browser("root").get(address).text
    sent(sam, row, seconds=20)
    assert f"{ANSWER}</textarea>" not in sam.get(address).text
    assert kept()[0].first_reply_seconds == 3630


def test_after_ten_seconds_it_is_on_its_way(sam: FlaskClient, row: Conversation) -> None:
    sent(sam, row)
    assert "It is already on its way" in taken_back(sam, row, 10)
    assert len(letters()) == 1
    assert kept()[0].status == Status.THEIRS


def test_a_letter_that_left_all_the_same_is_not_taken_back(sam: FlaskClient, row: Conversation) -> None:
    sent(sam, row)
    begin_write()
    db.session.execute(update(OutgoingMail).values(status=MailStatus.SENDING))
    db.session.commit()
    assert "It is already on its way" in taken_back(sam, row)
    assert kept()[0].human_replies == 1


def test_taking_back_twice_says_so(sam: FlaskClient, row: Conversation) -> None:
    sent(sam, row)
    taken_back(sam, row)
    assert "It is already on its way" in taken_back(sam, row)
    assert kept()[0].human_replies == 0


@pytest.mark.parametrize("act", ["reply", "reply_and_close"])
def test_it_can_be_taken_back_though_they_wrote_meanwhile(sam: FlaskClient, row: Conversation, act: str) -> None:
    before = state_of(kept()[0], "changed_at", "asked_version")
    sent(sam, row, act)
    did(row, "write", "One more thing.")
    assert "Taken back" in taken_back(sam, row)
    assert state_of(kept()[0], "changed_at", "asked_version") == before
    said = messages(kept()[0], with_notes=True)
    assert [message.kind for message in said] == ["incoming", "incoming"]


def test_a_later_reply_is_taken_back_without_the_first(sam: FlaskClient, row: Conversation) -> None:
    sent(sam, row)
    did(row, "write", "It does not help.", seconds=60)
    before = state_of(kept()[0], "held", "held_until")
    sent(sam, row, seconds=120)
    taken_back(sam, row, 125)
    assert state_of(kept()[0], "held", "held_until") == before
    assert (kept()[0].human_replies, kept()[0].first_reply_seconds) == (1, 3610)


def test_what_a_colleague_did_meanwhile_stays(cast: Cast, sam: FlaskClient, row: Conversation) -> None:
    sent(sam, row)
    with at(2):
        cast.browser("root").post(f"/inbox/{row.id}/assignment", data={"to": "me"})
    taken_back(sam, row)
    assert (kept()[0].status, kept()[0].assignee_id) == (Status.NEW, cast.id_of("root"))


def test_what_its_writer_withdrew_meanwhile_stays_closed(
    sam: FlaskClient, row: Conversation, stranger: FlaskClient
) -> None:
    sent(sam, row)
    with at(2):
        stranger.post(f"/en/conversations/{row.id}/withdrawal?key={row.key}")
    taken_back(sam, row)
    assert (kept()[0].ending, kept()[0].human_replies) == (Ending.WITHDRAWN, 0)
    assert kept()[0].first_reply_at is None


def test_a_second_reply_in_the_same_moment_shows_neither(
    sam: FlaskClient, row: Conversation, stranger: FlaskClient
) -> None:
    before = seen_by_writer(stranger, row, 0)
    sent(sam, row)
    with at(4):
        sam.post(f"/inbox/{row.id}/messages", data={"message": "Or push it."})
    assert seen_by_writer(stranger, row, 9) == before
    taken_back(sam, row, 9)
    assert seen_by_writer(stranger, row, 12).count(ANSWER) == 1
    assert (kept()[0].human_replies, kept()[0].status) == (1, Status.THEIRS)


@pytest.mark.parametrize("act", ["reply", "reply_and_close"])
def test_what_was_answered_by_mail_meanwhile_stays_answered(sam: FlaskClient, row: Conversation, act: str) -> None:
    sent(sam, row, act)
    did(row, "reply", "By mail.", seconds=4)
    assert "Taken back" in taken_back_first(sam, row)
    now = kept()[0]
    assert (now.status, now.waits_since, now.human_replies) == (Status.THEIRS, None, 1)
    assert (now.first_reply_seconds, now.first_reply_at) == (3604, NOW + timedelta(seconds=4))
    assert (now.last_closed_at, now.was_reopened_soon) == (None, False)


def taken_back_first(sam: FlaskClient, row: Conversation) -> str:
    said = messages(row, with_notes=True)
    first = next(one.id for one in said if one.kind == Kind.REPLY)
    with at(5):
        return sam.post(f"/inbox/{row.id}/taking-back", data={"message": first}, follow_redirects=True).text


def test_a_page_that_shows_an_earlier_reply_takes_back_no_other(
    cast: Cast, sam: FlaskClient, row: Conversation
) -> None:
    sent(sam, row)
    with at(1):
        assert f'name="message" value="{held_message(row)}"' in sam.get(f"/inbox/{row.id}").text
    sent(cast.browser("root"), row, seconds=3)
    assert "It is already on its way" in taken_back_first(sam, row)
    assert kept()[0].human_replies == 2
