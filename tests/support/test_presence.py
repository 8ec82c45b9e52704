from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.journeys.actor import Actor
from helpcenter.support import conversation, erasure, presence
from helpcenter.support.conversation import Conversation
from tests.cast import Cast
from tests.support.letters_to_us import kept, opened

WRITER = Actor("0" * 32)
DOT = "No one has read it yet"


def is_read(browser: FlaskClient, row: Conversation, **more: str) -> int:
    data = {"version": str(row.version), **more}
    return browser.post(f"/inbox/{row.id}/presence", data=data).status_code


def goes_on(row: Conversation) -> Conversation:
    begin_write()
    conversation.write(conversation.locked(row.id), "One more thing.", by=WRITER)
    db.session.commit()
    return kept()[0]


def test_a_dot_stands_where_nobody_has_read_what_they_wrote(app: Flask, cast: Cast) -> None:
    row, sam, root = opened(), cast.browser("sam"), cast.browser("root")
    assert DOT in sam.get("/inbox").text
    sam.get(f"/inbox/{row.id}")
    assert DOT in sam.get("/inbox").text, "reading alone writes nothing"
    assert is_read(root, row) == 204
    assert DOT not in sam.get("/inbox").text
    old, row = row.version, goes_on(row)
    assert DOT in sam.get("/inbox").text
    root.post(f"/inbox/{row.id}/presence", data={"version": str(old)})
    assert DOT in sam.get("/inbox").text, "the page had the older messages only"
    is_read(sam, row)
    root.post(f"/inbox/{row.id}/presence", data={"version": str(old)})
    assert DOT not in sam.get("/inbox").text


def test_whoever_takes_it_or_answers_it_has_read_it(app: Flask, cast: Cast) -> None:
    row, sam = opened(), cast.browser("sam")
    sam.post(f"/inbox/{row.id}/assignment", data={"to": "me"})
    assert DOT not in sam.get("/inbox").text
    row = goes_on(row)
    sam.post(f"/inbox/{row.id}/messages", data={"message": "Known.", "act": "note"})
    assert DOT not in sam.get("/inbox").text


def test_a_version_nobody_has_seen_yet_can_not_be_read(app: Flask, cast: Cast) -> None:
    row, sam = opened(), cast.browser("sam")
    sam.post(f"/inbox/{row.id}/presence", data={"version": "2000000000"})
    goes_on(row)
    assert DOT in sam.get("/inbox").text
    assert sam.post(f"/inbox/{row.id}/presence", data={"version": "many"}).status_code == 204


def test_whoever_else_opens_it_sees_who_is_replying(app: Flask, cast: Cast) -> None:
    row, sam, root = opened(), cast.browser("sam"), cast.browser("root")
    page = f"/inbox/{row.id}"
    tag = root.get(page).headers["ETag"]
    is_read(sam, row, typing="1")
    answer = root.get(page, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "Sam is replying." in answer.text
    assert "is replying." not in sam.get(page).text
    with clock.moved(clock.now() + timedelta(seconds=31)):
        assert "is replying." not in root.get(page, headers={"If-None-Match": answer.headers["ETag"]}).text
    sam.post(f"{page}/messages", data={"message": "Yes?", "act": "reply"})
    assert "is replying." not in root.get(page).text


def test_an_erased_colleague_is_nowhere_any_more(app: Flask, cast: Cast) -> None:
    row = opened()
    is_read(cast.browser("sam"), row, typing="1")
    begin_write()
    erasure.erase(cast.id_of("sam"))
    db.session.commit()
    assert presence.writing(kept()[0], but=None) == []
    assert presence.unread(kept()) == {row.id}
