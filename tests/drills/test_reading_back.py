"""A drill notices whatever is lost, doubled or half-written: otherwise its table would say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, current_app
from sqlalchemy import Executable, delete, text, update

from drills.ground import TEAM, Ground
from drills.reading_back import Verdict, compared
from drills.writers import Writers
from helpcenter.community.answer import Answer
from helpcenter.core import site
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import OutgoingMail
from helpcenter.feedback import vote
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.support import conversation, letters
from helpcenter.support.conversation import Conversation
from helpcenter.support.message import Message
from helpcenter.support.said import messages
from tests.cast import Cast
from tests.community.posts import put_answer, put_question

MARK = {kind: f"{number}" * 32 for number, kind in enumerate(("vote", "answer", "contact", "message"))}


def contacted(submission: str) -> Conversation:
    """A contact with its letters, as the form sends it."""
    talk = conversation.open_with(
        f"Where is {MARK['contact']}?", by=Actor("f" * 32), email="ben@example.org", locale="en", submission=submission
    )
    (first,) = messages(talk, with_notes=False)
    with current_app.test_request_context():
        letters.copy_of_first(talk, first)
        letters.tell_team(talk, first)
    return talk


@pytest.fixture
def writers(app: Flask, cast: Cast, tmp_path: Path) -> Writers:
    """Four people who each wrote once and were told that it is kept; and it is."""
    asked = put_question(cast)
    answer_id = put_answer(cast, asked, text=f"Try it with {MARK['answer']}.")
    begin_write()
    site.change(support_address=TEAM)
    vote.cast_vote(subject=("answer", answer_id), revision_id=0, helpful=True, by=Actor(MARK["vote"]))
    talk = contacted("one")
    with app.test_request_context():
        letters.tell_team(talk, conversation.write(talk, f"And {MARK['message']}.", by=Actor("f" * 32)))
    db.session.commit()
    ground = Ground("", "", asked, talk.id, "", "")
    written = Writers(ground, tmp_path / "notes", [])
    for kind, mark in MARK.items():
        written.acknowledged[kind].append(mark)
    return written


def verdict(app: Flask, writers: Writers) -> Verdict:
    db.session.commit()
    return compared(writers, db.engine.url.render_as_string(hide_password=False))


def test_what_is_kept_once_and_whole_is_what_was_promised(app: Flask, writers: Writers) -> None:
    found = verdict(app, writers)
    assert (found.acknowledged, found.lost, found.doubled, found.half_written, found.words) == (4, 0, 0, 0, ())


def test_a_lost_message_is_missed(app: Flask, writers: Writers) -> None:
    begin_write()
    db.session.execute(delete(Message).where(Message.text.like("And %")))
    assert verdict(app, writers).words == (
        "message: 1 lost, 0 doubled",
        "a message that the version does not count: 1",
        "a letter about a message that is not there: 1",
    )


def test_a_contact_that_is_there_twice_is_noticed(app: Flask, writers: Writers) -> None:
    begin_write()
    contacted("two")
    assert verdict(app, writers).words == ("contact: 0 lost, 1 doubled",)


def test_a_vote_that_nobody_counted_is_half_written(app: Flask, writers: Writers) -> None:
    begin_write()
    db.session.execute(update(HelpfulVote).values(voter=f"visitor:{'e' * 32}"))
    found = verdict(app, writers)
    assert (found.lost, found.half_written) == (1, 1)
    assert "a vote without its event: 1" in found.words


def test_an_answer_that_its_question_does_not_count_is_half_written(app: Flask, cast: Cast, writers: Writers) -> None:
    begin_write()
    first = db.session.get_one(Answer, 1)
    copy = {column.key: getattr(first, column.key) for column in Answer.__table__.columns if column.key != "id"}
    db.session.add(Answer(**{**copy, "text": "Another."}))
    found = verdict(app, writers)
    assert found.half_written == 2
    assert {"an answer without its event: 1", "an answer that its question does not count: 1"} <= set(found.words)


ONLY_A_PART = {
    "a message that the version does not count": update(Conversation).values(version=1, asked_version=1),
    "a last message that an open page is not told of": update(Conversation).values(asked_version=1),
    "a message that nobody waits for an answer to": update(Conversation).values(waits_since=None),
    "a conversation older than its last message": text("UPDATE conversation SET changed_at = '2001-01-01 00:00:00'"),
    "a message without its letter to the team": delete(OutgoingMail).where(
        OutgoingMail.dedupe_key == f"support_waiting:2:{TEAM}"
    ),
    "a contact without its copy": delete(OutgoingMail).where(OutgoingMail.kind == "support_copy"),
}


@pytest.mark.parametrize(("named", "spoil"), ONLY_A_PART.items(), ids=ONLY_A_PART)
def test_a_message_of_which_a_part_is_missing_is_half_written(
    app: Flask, writers: Writers, named: str, spoil: Executable
) -> None:
    begin_write()
    db.session.execute(spoil)
    assert verdict(app, writers).words == (f"{named}: 1",)


def test_an_event_without_the_conversation_that_it_tells_of_is_half_written(app: Flask, writers: Writers) -> None:
    begin_write()
    recorder.record("contacted", by=Actor("f" * 32), subject=("conversation", 99), locale="en")
    assert verdict(app, writers).words == ("an event of a conversation that is not there: 1",)
