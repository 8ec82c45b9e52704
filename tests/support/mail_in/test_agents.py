"""One of us answers by mail: what goes to the customer, and what stays among us."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from helpcenter.accounts import user
from helpcenter.core import clock, site
from helpcenter.core.db import begin_write, db
from helpcenter.journeys import visitor
from helpcenter.journeys.actor import Actor
from helpcenter.support import conversation, erasure
from helpcenter.support.mail_in.reply_address import Side, address
from helpcenter.support.message import Kind
from helpcenter.support.status import Status
from tests.cast import Cast, email_of
from tests.core.imap_server import ImapServer
from tests.support.letters_to_us import kept, opened
from tests.support.mail_in.conftest import Post, letters_to
from tests.support.mail_in.heard import last, said
from tests.support.mail_in.post import letter


def test_one_of_us_answers_by_mail(post: Post, cast: Cast) -> None:
    row = opened()
    quoted = "\n\nOn 3 Nov 2026, Harbor Help wrote:\n> /inbox/1"
    with clock.moved(clock.now() + timedelta(minutes=30)):
        post(letter(f"Press Ctrl and F5.{quoted}", sender=email_of("sam"), to=address(row, Side.TEAM)))
    assert cast.id_of("sam")
    assert said(row)[1:] == [(Kind.NOTE, "Press Ctrl and F5.")], "nobody of that address was there yet"
    with clock.moved(clock.now() + timedelta(minutes=45)):
        post(letter(f"Press Ctrl and F5.{quoted}", sender=f"Sam <{email_of('sam')}>", to=address(row, Side.TEAM)))
    (row,) = kept()
    assert said(row)[2:] == [(Kind.REPLY, "Press Ctrl and F5.")]
    assert (row.status, row.assignee_id, row.human_replies) == (Status.THEIRS, cast.id_of("sam"), 1)
    assert row.first_reply_seconds is not None and abs(row.first_reply_seconds - 45 * 60) < 60
    (reply,) = letters_to("ben@example.org")
    assert "Press Ctrl and F5." in reply.text and "/inbox/" not in reply.text
    assert reply.by_person


@pytest.mark.parametrize("who", ["ben", "ada", "nobody"])
def test_who_is_none_of_those_who_answer_leaves_a_note(post: Post, cast: Cast, who: str) -> None:
    if who != "nobody":
        cast.id_of(who)
    row = opened(email="cleo@example.org")
    post(letter("Pay here.", sender=email_of(who), to=address(row, Side.TEAM)))
    assert said(row)[1:] == [(Kind.NOTE, "Pay here.")]
    assert letters_to("cleo@example.org") == []


def test_an_address_that_was_never_confirmed_is_nobodys(post: Post, cast: Cast) -> None:
    sam = cast.id_of("sam")
    begin_write()
    db.session.get_one(user.User, sam).confirmed_at = None
    db.session.commit()
    row = opened()
    post(letter("Press it.", sender=email_of("sam"), to=address(row, Side.TEAM)))
    assert said(row)[1:] == [(Kind.NOTE, "Press it.")]


def test_where_the_mailbox_is_the_support_address_those_who_answer_are_told(post: Post, cast: Cast) -> None:
    begin_write()
    site.change(support_address="Help@example.org")
    db.session.commit()
    for who in ("sam", "root", "ada", "ben"):
        cast.id_of(who)
    post(letter(sender="cleo@example.org"))
    assert [len(letters_to(email_of(who))) for who in ("sam", "root", "ada", "ben")] == [1, 1, 0, 0]
    assert letters_to("Help@example.org") == letters_to("help@example.org") == []
    (row,) = kept()
    begin_write()
    conversation.assign(conversation.locked(row.id), cast.id_of("sam"))
    db.session.commit()
    post(letter("More.", sender="cleo@example.org", to=address(row, Side.CUSTOMER)))
    assert [len(letters_to(email_of(who))) for who in ("sam", "root")] == [2, 1]


SIGNED = "Press it.\n\n-- \nSam, private +34 600 000 000\n\nOn 3 Nov 2026, Harbor Help wrote:\n> /inbox/1"


def test_what_an_agents_program_quotes_is_for_the_team_alone(post: Post, cast: Cast, stranger: FlaskClient) -> None:
    sam = cast.browser("sam")
    row = opened()
    post(letter(SIGNED, sender=email_of("sam"), to=address(row, Side.TEAM)))
    page = stranger.get(f"/en/conversations/{row.id}?key={row.key}").text
    assert "Press it." in page
    assert "private" not in page and "/inbox/" not in page
    assert "private" in sam.get(f"/inbox/{row.id}").text


def test_what_an_agents_program_quotes_is_not_taken_along(post: Post, cast: Cast) -> None:
    ben = cast.id_of("ben")
    cast.id_of("sam")
    row = opened(by=Actor(visitor.new_id(), ben))
    post(letter(SIGNED, sender=email_of("sam"), to=address(row, Side.TEAM)))
    post(letter("Done.\n\n-- \nBen", to=address(row, Side.CUSTOMER)))
    said_by = [(one["from"], one.get("quoted")) for one in erasure.export(ben)["conversations"][0]["messages"]]
    assert said_by == [("incoming", None), ("reply", None), ("incoming", "-- \nBen")]


OUTLOOK_IN_GERMAN = """Press it.

Von: Harbor Help <no-reply@example.org>
Gesendet: Dienstag, 3. November 2026 10:00
An: team@example.org
Betreff: Waiting for us: White page

The invoice page stays white.

From ben@example.org. Reply to this email and your words go to them, or answer here:
{link}
"""


@pytest.mark.parametrize(
    "link",
    ["http://localhost/inbox/{}", "https://safe.example/?url=http%3A%2F%2Flocalhost%2Finbox%2F{}&data=1"],
)
def test_an_answer_that_still_holds_our_letter_to_the_team_goes_to_nobody(
    post: Post, cast: Cast, team: str, link: str
) -> None:
    cast.id_of("sam")
    row = opened()
    words = OUTLOOK_IN_GERMAN.format(link=link.format(row.id))
    post(letter(words, sender=email_of("sam"), to=address(row, Side.TEAM)))
    assert letters_to("ben@example.org") == []
    assert (last(row).kind, kept()[0].status) == (Kind.NOTE, Status.NEW)
    assert "Press it." in last(row).text
    (told,) = letters_to(team)
    assert "was not sent" in told.text


def test_whoever_writes_from_the_support_address_is_heard(post: Post, team: str, imap: ImapServer) -> None:
    row = opened()
    post(letter("I called them.", sender=team, to=address(row, Side.TEAM)))
    assert said(row)[1:] == [(Kind.NOTE, "I called them.")]
    post(letter(sender=f"Cleo via Help <{team}>", Reply_To="cleo@example.org"))
    assert [one.email for one in kept()] == ["ben@example.org", "cleo@example.org"]
    assert imap.unread() == []


def test_a_customer_whom_an_agent_let_into_the_letters_of_the_team_is_heard(post: Post, team: str) -> None:
    row = opened()
    post(letter("It is white again.", sender="BEN@example.org", to=address(row, Side.TEAM)))
    assert said(row)[1:] == [(Kind.INCOMING, "It is white again.")]
    assert [one.kind for one in letters_to(team)] == ["support_waiting"]
