from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from config import Settings
from helpcenter.core import clock, mail
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import OutgoingMail
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from helpcenter.support import conversation, erasure
from helpcenter.support.conversation import Conversation
from helpcenter.support.said import messages
from tests.cast import Cast
from tests.support.letters_to_us import COMPLAINT, kept, opened, written


def path_of(row: Conversation, act: str = "", key: str | None = None) -> str:
    return f"/en/conversations/{row.id}{act}?key={row.key if key is None else key}"


@pytest.mark.parametrize("key", ["", "0" * 32, "é"])
def test_without_its_key_nobody_knows_of_it(app: Flask, cast: Cast, key: str) -> None:
    row = opened()
    for browser in (app.test_client(), cast.browser("cleo"), cast.browser("root")):
        for act in ("/messages", "/withdrawal"):
            assert browser.post(path_of(row, act, key), data={"message": "x"}).status_code == 404
        assert browser.get(path_of(row, key=key)).status_code == 404


def test_the_link_opens_it_and_lets_one_go_on(app: Flask, stranger: FlaskClient) -> None:
    row = opened()
    answer = stranger.post(path_of(row, "/messages"), data={"message": "It is <b>back</b>.\nSee https://x.example"})
    assert answer.status_code == 303
    page = stranger.get(answer.headers["Location"]).text
    assert COMPLAINT in page
    assert "It is &lt;b&gt;back&lt;/b&gt;.<br>" in page
    assert 'rel="nofollow noopener"' in page or 'rel="nofollow"' in page


def test_notes_of_the_team_are_never_shown_to_the_writer(app: Flask, cast: Cast, stranger: FlaskClient) -> None:
    row = opened()
    begin_write()
    conversation.add_note(conversation.locked(row.id), "A note-canary.", by=Actor(new_id(), cast.id_of("sam")))
    db.session.commit()
    assert "note-canary" not in stranger.get(path_of(row)).text
    assert "note-canary" in cast.browser("sam").get(f"/inbox/{row.id}").text


def test_an_empty_message_is_refused_with_a_word(app: Flask, stranger: FlaskClient) -> None:
    row = opened()
    page = stranger.post(path_of(row, "/messages"), data={"message": " "})
    assert page.status_code == 422
    assert "Tell us what you need." in page.text


def test_what_is_no_longer_needed_is_closed_by_its_writer(app: Flask, stranger: FlaskClient) -> None:
    row = opened()
    assert stranger.post(path_of(row, "/withdrawal")).status_code == 303
    assert (kept()[0].status, kept()[0].ending) == ("closed", "withdrawn")
    assert "No longer needed" not in stranger.get(path_of(row)).text


def test_an_open_page_learns_from_one_number_that_nothing_is_new(app: Flask, stranger: FlaskClient) -> None:
    row = opened()
    tag = stranger.get(path_of(row)).headers["ETag"]
    assert stranger.get(path_of(row), headers={"If-None-Match": tag}).status_code == 304
    stranger.post(path_of(row, "/messages"), data={"message": "More."})
    assert stranger.get(path_of(row), headers={"If-None-Match": tag}).status_code == 200


def test_it_is_kept_by_nobody_and_its_address_goes_nowhere(app: Flask, stranger: FlaskClient) -> None:
    page = stranger.get(path_of(opened()))
    assert "no-store" in page.headers["Cache-Control"]
    assert 'name="referrer" content="strict-origin"' in page.text


def test_an_agent_reads_what_they_tried_answers_and_closes(app: Flask, cast: Cast, stranger: FlaskClient) -> None:
    row, sam = opened(is_urgent=True), cast.browser("sam")
    assert "Stops their work" in sam.get("/inbox").text
    answer = sam.post(f"/inbox/{row.id}/messages", data={"message": "Press Ctrl and F5.", "act": "reply_and_close"})
    assert answer.status_code == 303
    row = kept()[0]
    assert (row.status, row.ending, row.human_replies) == ("closed", "answered", 1)
    letter = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
    assert letter and letter.to_address == "ben@example.org"
    assert "Press Ctrl and F5." in letter.text
    assert f"/en/conversations/{row.id}?key={row.key}" in letter.text
    with clock.moved(clock.now() + timedelta(seconds=11)):
        assert "Press Ctrl and F5." in stranger.get(path_of(row)).text


def test_a_note_sends_nothing(app: Flask, cast: Cast) -> None:
    row = opened()
    cast.browser("sam").post(f"/inbox/{row.id}/messages", data={"message": "Known.", "act": "note"})
    db.session.rollback()
    assert db.session.scalars(select(OutgoingMail)).all() == []
    assert [message.kind for message in messages(row, with_notes=True)] == ["incoming", "note"]


def test_the_queues_hold_what_their_names_say(app: Flask, cast: Cast) -> None:
    new, theirs, closed = opened("A first thing."), opened("A second thing."), opened("A third thing.")
    sam = cast.browser("sam")
    sam.post(f"/inbox/{theirs.id}/messages", data={"message": "Yes?", "act": "reply"})
    sam.post(f"/inbox/{closed.id}/closing", data={"ending": "spam"})
    found = {
        name: [
            title
            for title in ("first", "second", "third")
            if f"A {title} thing." in sam.get(f"/inbox?queue={name}").text
        ]
        for name in ("new", "ours", "theirs", "closed", "mine")
    }
    assert found == {"new": ["first"], "ours": [], "theirs": ["second"], "closed": ["third"], "mine": ["second"]}
    assert sam.get("/inbox?queue=nonsense").status_code == 404
    assert sam.post(f"/inbox/{new.id}/closing", data={"ending": "nonsense"}).status_code == 404


def test_whoever_waits_longest_comes_first_and_what_stops_work_before_all(app: Flask, cast: Cast) -> None:
    for number in range(60):
        opened(f"Thing {number:02d} of many.")
    opened("The newest, and nothing goes any more.", is_urgent=True)
    page = cast.browser("sam").get("/inbox").text
    places = [page.index(words) for words in ("The newest,", "Thing 00", "Thing 01", "Thing 59")]
    assert places == sorted(places)


def test_somebody_takes_a_conversation_and_gives_it_back(app: Flask, cast: Cast) -> None:
    row, sam = opened(), cast.browser("sam")
    sam.post(f"/inbox/{row.id}/assignment", data={"to": "me"})
    assert kept()[0].assignee_id == cast.id_of("sam")
    sam.post(f"/inbox/{row.id}/assignment", data={"to": ""})
    assert kept()[0].assignee_id is None


def test_an_erased_person_takes_their_conversations_along(app: Flask, cast: Cast) -> None:
    opened("Theirs.", by=Actor(new_id(), cast.id_of("ben")))
    opened("Signed out, from the same address.")
    opened("Somebody else's.", email="cleo@example.org")
    assert len(erasure.export(cast.id_of("ben"))["conversations"]) == 1
    begin_write()
    erasure.erase(cast.id_of("ben"))
    db.session.commit()
    assert [row.title for row in kept()] == ["Somebody else's."]


def test_an_office_behind_one_address_is_not_locked_out_and_nobody_loses_words(
    app: Flask, stranger: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(settings, limits_enabled=True))
    first, second = opened(), opened()
    statuses = [
        stranger.post(path_of(first, "/messages"), data={"message": f"{number}"}).status_code for number in range(20)
    ]
    assert set(statuses) == {303}
    refused = stranger.post(path_of(first, "/messages"), data={"message": "My last words"})
    assert refused.status_code == 429
    assert "My last words</textarea>" in refused.text
    assert stranger.post(path_of(second, "/messages"), data={"message": "Another one of us"}).status_code == 303


@pytest.mark.parametrize("leaves", [True, False])
def test_a_copy_is_promised_only_where_emails_leave(
    app: Flask, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch, leaves: bool
) -> None:
    monkeypatch.setattr(mail, "is_sent", lambda: leaves)
    page = stranger.get(written(stranger).headers["Location"]).text
    assert ("is on its way" in page) is leaves
    assert ("Keep the address of this page" in page) is not leaves
