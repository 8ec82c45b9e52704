"""What a mail server says when it could not deliver an answer of ours."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest

from helpcenter.core.db import begin_write, db
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from helpcenter.support import conversation
from helpcenter.support.conversation import Conversation
from helpcenter.support.mail_in.reply_address import Side, word
from helpcenter.support.message import Kind
from helpcenter.support.said import messages
from helpcenter.support.status import Ending, Status
from tests.cast import Cast
from tests.support.letters_to_us import opened
from tests.support.mail_in.conftest import Post
from tests.support.mail_in.post import letter

REPORT = """From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: help@example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <20260301100000.{number}@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="=_b"

--=_b
Content-Type: text/plain; charset=us-ascii

<ben@example.org>: host mx.example.org said: 550 5.1.1 User unknown

--=_b
Content-Type: message/{kind}

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ben@example.org
Action: {action}
Status: 5.1.1

--=_b
Content-Type: {returned}

Message-ID: <5.{word}@example.org>
Subject: White page
{body}
--=_b--
"""


def report(row: Conversation, action: str = "failed", **more: str) -> bytes:
    """A report in the manner of RFC 3464 about a letter to whoever wrote; it does not say what it answers."""
    given = {"kind": "delivery-status", "returned": "text/rfc822-headers", "body": "", "number": "1", **more}
    made = REPORT.format(action=action, word=word(row, Side.CUSTOMER), **given)
    return message_from_bytes(made.encode(), policy=default).as_bytes()


@pytest.fixture
def answered(post: Post, cast: Cast) -> Conversation:
    """A conversation that waits for whoever opened it."""
    row = opened()
    begin_write()
    row = conversation.locked(row.id)
    conversation.reply(row, "Press it.", by=Actor(new_id(), cast.id_of("sam"), excluded_reason="staff"))
    db.session.commit()
    return row


def again(row: Conversation) -> Conversation:
    db.session.rollback()
    return db.session.get_one(Conversation, row.id)


@pytest.mark.parametrize(
    "more",
    [{}, {"returned": "message/rfc822", "body": "\nPress it.\n"}],
    ids=["its head", "the whole letter"],
)
def test_an_answer_that_never_arrived_waits_for_us_again(
    post: Post, answered: Conversation, more: dict[str, str]
) -> None:
    post(report(answered, **more))
    row = again(answered)
    assert (row.status, row.waits_since is not None, row.human_replies) == (Status.OURS, True, 1)
    said = messages(row, with_notes=True)[-1]
    assert said.kind == Kind.AUTOMATIC and "User unknown" in said.text


def test_a_conversation_that_was_answered_and_closed_is_taken_up_again(post: Post, answered: Conversation) -> None:
    begin_write()
    conversation.close(conversation.locked(answered.id), Ending.ANSWERED, by=Actor(new_id()))
    db.session.commit()
    post(report(answered))
    assert again(answered).status == Status.OURS
    assert again(answered).was_reopened_soon


@pytest.mark.parametrize("ending", [Ending.WITHDRAWN, Ending.SPAM, Ending.DUPLICATE])
def test_what_needs_no_answer_stays_closed(post: Post, answered: Conversation, ending: Ending) -> None:
    begin_write()
    conversation.close(conversation.locked(answered.id), ending, by=Actor(new_id()))
    db.session.commit()
    post(report(answered))
    assert again(answered).is_closed


@pytest.mark.parametrize(
    ("action", "kind"),
    [("delayed", "delivery-status"), ("delivered", "delivery-status"), ("displayed", "disposition-notification")],
)
def test_a_letter_that_is_late_or_was_read_changes_nothing(
    post: Post, answered: Conversation, action: str, kind: str
) -> None:
    post(report(answered, action, kind=kind))
    assert again(answered).status == Status.THEIRS
    assert messages(again(answered), with_notes=True)[-1].kind == Kind.AUTOMATIC


def test_a_report_about_somebody_elses_letter_belongs_to_no_conversation(post: Post, answered: Conversation) -> None:
    made = report(answered).replace(word(answered, Side.CUSTOMER).encode(), b"c1-" + b"a" * 26)
    post(made)
    assert again(answered).status == Status.THEIRS


def test_a_letter_that_forwards_one_of_ours_is_no_report(post: Post, answered: Conversation) -> None:
    forwarded = letter("Look at this.", sender="Cleo <cleo@example.org>")
    forwarded.add_attachment(message_from_bytes(report(answered), policy=default))
    post(forwarded)
    assert [one.kind for one in messages(again(answered), with_notes=True)] == [
        Kind.INCOMING,
        Kind.REPLY,
    ]
