"""A button pressed twice, or once more because no page came back: the same words are said once."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import OutgoingMail
from helpcenter.support import attachment
from helpcenter.support.conversation import Conversation
from helpcenter.support.repeated import WITHIN
from helpcenter.support.said import messages
from tests.cast import Cast
from tests.files.pictures import picture
from tests.support.letters_to_us import kept, opened

WORDS = "It is still white."


def said(row: Conversation) -> list[str]:
    db.session.rollback()
    return [one.text for one in messages(row, with_notes=True)][1:]


def send(browser: FlaskClient, address: str, text: str = WORDS, *, later: timedelta = timedelta(), **more: str) -> None:
    with clock.moved(clock.now() + later):
        assert browser.post(address, data={"message": text, **more}).status_code == 303


def of_writer(row: Conversation, act: str = "messages") -> str:
    return f"/en/conversations/{row.id}/{act}?key={row.key}"


@pytest.mark.parametrize("act", ["reply", "reply_and_close", "note"])
def test_what_one_of_us_sends_twice_is_said_once(app: Flask, cast: Cast, act: str) -> None:
    row, sam = opened(), cast.browser("sam")
    for _ in range(2):
        send(sam, f"/inbox/{row.id}/messages", act=act)
    assert said(row) == [WORDS]
    replies = list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "support_reply")))
    assert len(replies) == (act != "note")
    (row,) = kept()
    assert row.human_replies == (act != "note")
    assert row.is_closed is (act == "reply_and_close")


def test_send_and_close_after_send_closes_and_says_nothing_twice(app: Flask, cast: Cast) -> None:
    row, sam = opened(), cast.browser("sam")
    for act in ("reply", "reply_and_close"):
        send(sam, f"/inbox/{row.id}/messages", act=act)
    assert said(row) == [WORDS]
    assert kept()[0].is_closed


def test_a_note_and_a_reply_of_the_same_words_are_two(app: Flask, cast: Cast) -> None:
    row, sam = opened(), cast.browser("sam")
    for act in ("note", "reply"):
        send(sam, f"/inbox/{row.id}/messages", act=act)
    assert said(row) == [WORDS] * 2


def test_two_of_us_may_say_the_same(app: Flask, cast: Cast) -> None:
    row = opened()
    for who in ("sam", "root"):
        send(cast.browser(who), f"/inbox/{row.id}/messages")
    assert said(row) == [WORDS] * 2


def test_what_its_writer_sends_twice_is_said_once(app: Flask, stranger: FlaskClient) -> None:
    row = opened()
    for _ in range(2):
        send(stranger, of_writer(row))
    assert said(row) == [WORDS]


def test_who_says_it_again_much_later_or_after_something_else_is_heard(app: Flask, stranger: FlaskClient) -> None:
    row = opened()
    send(stranger, of_writer(row))
    send(stranger, of_writer(row), later=WITHIN + timedelta(minutes=1))
    send(stranger, of_writer(row), "Hello?", later=WITHIN + timedelta(minutes=2))
    send(stranger, of_writer(row), later=WITHIN + timedelta(minutes=3))
    assert said(row) == [WORDS, WORDS, "Hello?", WORDS]


def test_who_says_it_again_after_it_was_closed_opens_it(app: Flask, stranger: FlaskClient) -> None:
    row = opened()
    send(stranger, of_writer(row))
    stranger.post(of_writer(row, "withdrawal"))
    send(stranger, of_writer(row))
    assert said(row) == [WORDS] * 2
    assert not kept()[0].is_closed


def test_the_same_words_with_another_file_are_another_message(app: Flask, stranger: FlaskClient) -> None:
    row = opened()
    for name in ("a.log", "a.log", "b.log"):
        data = {"message": WORDS, "files": (BytesIO(b"Error 500"), name)}
        assert stranger.post(of_writer(row), data=data).status_code == 303
    assert said(row) == [WORDS] * 2


def test_another_file_of_the_same_name_is_another_message(app: Flask, stranger: FlaskClient) -> None:
    row = opened()
    for lines in (b"Error 500", b"Error 500", b"Error 404"):
        data = {"message": WORDS, "files": (BytesIO(lines), "a.log")}
        assert stranger.post(of_writer(row), data=data).status_code == 303
    assert said(row) == [WORDS] * 2


def test_another_picture_of_the_same_name_is_another_message(app: Flask, stranger: FlaskClient) -> None:
    row = opened()
    for size in ((400, 300), (400, 300), (300, 400)):
        data = {"message": WORDS, "files": (BytesIO(picture(size=size)), "image.png")}
        assert stranger.post(of_writer(row), data=data).status_code == 303
    assert said(row) == [WORDS] * 2


def test_what_waited_for_it_came_along_the_first_time(app: Flask, stranger: FlaskClient) -> None:
    row = opened()
    begin_write()
    key = attachment.keep(attachment.take("a.log", b"Error 500"), by=None).key
    db.session.commit()
    for _ in range(2):
        send(stranger, of_writer(row), attached=key)
    assert said(row) == [WORDS]
