"""Where a letter goes, told by letters that really came through a mailbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from errno import ENOSPC

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.accounts import user
from helpcenter.core import clock, site
from helpcenter.core.db import begin_write, db
from helpcenter.files.file import File, FileUse
from helpcenter.journeys import visitor
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.event import Event
from helpcenter.support import attachment, conversation, erasure
from helpcenter.support.conversation import Conversation
from helpcenter.support.mail_in.reply_address import Side, address, word
from helpcenter.support.message import Kind, Message
from helpcenter.support.said import messages
from helpcenter.support.status import Ending, Status
from tests.cast import Cast, email_of
from tests.core.imap_server import ImapServer
from tests.files.pictures import picture
from tests.support.letters_to_us import kept, opened
from tests.support.mail_in.conftest import Post, letters_to
from tests.support.mail_in.post import TEXT, letter


def said(row: Conversation) -> list[tuple[str, str]]:
    db.session.rollback()
    return [(one.kind, one.text) for one in messages(row, with_notes=True)]


def last(row: Conversation) -> Message:
    return messages(row, with_notes=True)[-1]


def closed(row: Conversation) -> Conversation:
    begin_write()
    row = conversation.locked(row.id)
    conversation.close(row, Ending.ANSWERED, by=Actor(visitor.new_id()))
    db.session.commit()
    return row


def test_a_letter_from_somebody_opens_a_conversation(post: Post, team: str) -> None:
    at = clock.now() - timedelta(hours=2)
    post(letter(sender="Ben Berg <ben@example.org>"), at=at)
    (row,) = kept()
    assert (row.email, row.name, row.title, row.status) == ("ben@example.org", "Ben Berg", "White page", Status.NEW)
    assert row.locale == "en"
    assert row.opened_at == at.replace(microsecond=0)
    assert said(row) == [(Kind.INCOMING, TEXT)]
    (contact,) = db.session.scalars(select(Event))
    assert (contact.kind, contact.subject_id, contact.occurred_at) == ("contacted", row.id, row.opened_at)
    assert [one.kind for one in letters_to("ben@example.org")] == ["support_copy"]
    assert [one.kind for one in letters_to(team)] == ["support_waiting"]


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("La página de la factura se queda en blanco y no sé qué hacer.", "es"),
        ("Страница счёта остаётся белой, и я не знаю, что мне делать.", "ru"),
        ("صفحة الفاتورة تبقى بيضاء و لا أعرف ماذا أفعل في هذا", "ar"),
    ],
)
def test_who_writes_in_a_language_is_answered_in_it(post: Post, text: str, locale: str) -> None:
    post(letter(text))
    (row,) = kept()
    assert row.locale == locale
    assert f"/{locale}/conversations/" in letters_to("ben@example.org")[0].text


def test_nobody_has_their_words_sent_to_an_address_they_only_name(post: Post) -> None:
    post(letter("Buy at evil.example.", sender="Evil <ben@example.org>", subject="Cheap evil watches"))
    (copy,) = letters_to("ben@example.org")
    assert "evil" not in (copy.subject + copy.text).lower()


def test_an_answer_goes_into_its_conversation(post: Post, team: str) -> None:
    row = opened()
    post(letter("It works again.", to=address(row, Side.CUSTOMER)))
    assert said(row)[1:] == [(Kind.INCOMING, "It works again.")]
    assert last(row).sender == "ben@example.org"
    assert [one.kind for one in letters_to(team)] == ["support_waiting"]
    assert letters_to("ben@example.org") == []


def test_an_answer_is_known_by_what_it_answers(post: Post) -> None:
    row = opened()
    post(letter("It works again.", References=f"<x@y> <{word(row, Side.CUSTOMER)}.9f@help.example.org>"))
    assert len(kept()) == 1
    assert said(row)[-1] == (Kind.INCOMING, "It works again.")


def test_what_is_quoted_is_folded_and_kept(post: Post) -> None:
    row = opened()
    post(letter("Fine.\n\nOn 3 Nov 2026, Sam wrote:\n> Press it.", to=address(row, Side.CUSTOMER)))
    assert (last(row).text, last(row).quoted) == ("Fine.", "On 3 Nov 2026, Sam wrote:\n> Press it.")


def test_an_answer_opens_what_was_closed(post: Post) -> None:
    row = closed(opened())
    post(letter("White again.", to=address(row, Side.CUSTOMER)))
    (row,) = kept()
    assert row.status == Status.OURS
    assert [one.kind for one in db.session.scalars(select(Event).order_by(Event.id))][-1] == "conversation_reopened"


def test_somebody_else_who_answers_is_told_apart(post: Post) -> None:
    row = opened()
    post(letter("I see the same.", sender="Cleo <cleo@example.org>", to=address(row, Side.CUSTOMER)))
    assert last(row).sender == "cleo@example.org"
    assert last(row).kind == Kind.INCOMING


def test_the_same_letter_twice_is_taken_once(post: Post, imap: ImapServer) -> None:
    row, twice = opened(), letter("It works again.")
    twice.replace_header("To", address(row, Side.CUSTOMER))
    post(twice, twice)
    assert len(said(row)) == 2


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


def test_a_holiday_notice_is_kept_beside_and_answers_nobody(post: Post, team: str) -> None:
    row = closed(opened())
    notice = letter(
        "I am away.", subject="Automatic reply", to=address(row, Side.CUSTOMER), Auto_Submitted="auto-replied"
    )
    post(notice)
    (row,) = kept()
    assert said(row)[1:] == [(Kind.AUTOMATIC, "Automatic reply\n\nI am away.")]
    assert row.status == Status.CLOSED
    assert messages(row, with_notes=False) == messages(row, with_notes=True)[:1]
    assert letters_to(team) == []


def test_a_holiday_notice_of_nobody_is_left_in_the_mailbox(post: Post, imap: ImapServer) -> None:
    post(letter("I am away.", subject="Away", Auto_Submitted="auto-replied"), letter(subject="A person"))
    assert [row.title for row in kept()] == ["A person"]
    assert imap.unread() == ["Away"]


def test_our_own_letters_start_nothing(post: Post, team: str) -> None:
    row = opened()
    post(letter("We have it.", X_Loop="localhost", to=address(row, Side.CUSTOMER)))
    post(letter("We have it.", sender="help@example.org"))
    assert said(row)[1:] == []
    assert len(kept()) == 1


def test_two_programs_that_answer_each_other_come_to_an_end(
    app: Flask, post: Post, team: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], limits_enabled=True))
    row = opened()
    post(*(letter(f"We have your message {number}.", to=address(row, Side.CUSTOMER)) for number in range(14)))
    kinds = [kind for kind, _text in said(row)[1:]]
    assert kinds == [Kind.INCOMING] * 10 + [Kind.AUTOMATIC] * 4
    assert len(letters_to(team)) == 10


def test_pictures_are_made_anew_text_is_kept_and_the_rest_is_named(post: Post) -> None:
    row = opened()
    shot = picture("JPEG", exif=b"Exif\x00\x00secret place")
    files = (
        ("shot.jpg", shot, "image/jpeg"),
        ("console.log", b"Error 500\n", "text/plain"),
        ("run.exe", b"MZ\x90\x00\x03", "application/octet-stream"),
        ("drawing.svg", b"<svg onload='alert(1)'/>", "image/svg+xml"),
    )
    post(letter(to=address(row, Side.CUSTOMER), files=files))
    kept_files = attachment.of_messages([last(row).id])[last(row).id]
    assert [(one.name, one.is_picture, one.text, one.refused) for one in kept_files] == [
        ("shot.jpg", True, None, ""),
        ("console.log", False, "Error 500\n", ""),
        ("run.exe", False, None, "unknown_kind"),
        ("drawing.svg", False, None, "drawing"),
    ]
    (file,) = db.session.scalars(select(File))
    assert file.media_type == "image/webp"
    assert [(use.kind, use.subject_id) for use in db.session.scalars(select(FileUse))] == [("conversation", row.id)]


@pytest.mark.parametrize(
    ("files", "text"), [((), "The email was empty."), ((("a.log", b"x", "text/plain"),), "Only files came.")]
)
def test_a_letter_without_words_says_what_it_is(
    post: Post, files: tuple[tuple[str, bytes, str], ...], text: str
) -> None:
    post(letter(" ", files=files))
    assert said(kept()[0]) == [(Kind.INCOMING, text)]


def test_who_wrote_before_is_the_same_person(post: Post) -> None:
    row = opened()
    post(letter())
    assert [one.visitor_id for one in kept()] == [row.visitor_id] * 2
    assert {one.visitor_id for one in db.session.scalars(select(Event))} == {row.visitor_id}


def test_an_account_is_the_person_of_its_address(post: Post, cast: Cast) -> None:
    ben = cast.id_of("ben")
    post(letter(sender="BEN@example.org"))
    assert [row.writer_id for row in kept()] == [ben]
    assert [one.user_id for one in db.session.scalars(select(Event))] == [ben]


def test_what_the_team_writes_to_the_mailbox_is_no_customers_contact(post: Post, cast: Cast) -> None:
    cast.id_of("sam")
    post(letter(sender=email_of("sam")))
    assert [one.excluded_reason for one in db.session.scalars(select(Event))] == ["staff"]


def test_letters_of_a_conversation_say_where_an_answer_goes(post: Post, cast: Cast, team: str) -> None:
    post(letter(Message_ID="<theirs@example.org>"))
    (row,) = kept()
    cast.browser("sam").post(f"/inbox/{row.id}/messages", data={"message": "Press it."})
    copy, reply = letters_to("ben@example.org")
    assert copy.reply_to == reply.reply_to == address(row, Side.CUSTOMER)
    assert reply.in_reply_to == "<theirs@example.org>"
    assert reply.subject == "Re: White page"
    assert word(row, Side.CUSTOMER) in reply.message_id
    (waiting,) = letters_to(team)
    assert waiting.reply_to == address(row, Side.TEAM)
    assert word(row, Side.CUSTOMER) not in waiting.message_id + waiting.reply_to + waiting.text


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


def test_a_disk_that_is_full_for_long_makes_nobody_a_program(
    app: Flask, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], limits_enabled=True))

    def full(*_: object) -> None:
        raise OSError(ENOSPC, "full")

    with monkeypatch.context() as disk, pytest.raises(OSError):
        disk.setattr(attachment, "take", full)
        post(letter(files=(("a.log", b"x", "text/plain"),)))
    with monkeypatch.context() as disk:
        disk.setattr(attachment, "take", full)
        for _number in range(12):
            with pytest.raises(OSError):
                post()
    post()
    assert [row.title for row in kept()] == ["White page"]


def test_nobody_who_only_names_an_account_has_words_sent_to_it(post: Post, cast: Cast) -> None:
    cast.id_of("ben")
    post(letter("Buy at evil.example.", sender=f"Evil <{email_of('ben')}>", subject="Cheap evil watches"))
    (copy,) = letters_to(email_of("ben"))
    assert "evil" not in (copy.subject + copy.text).lower()


def test_who_wants_the_answer_elsewhere_does_not_write_as_an_account(post: Post, cast: Cast) -> None:
    cast.id_of("ben")
    post(letter(sender=email_of("ben"), Reply_To="other@example.org"))
    assert [(row.email, row.writer_id) for row in kept()] == [("other@example.org", None)]


def test_letters_of_a_program_that_names_all_alike_are_all_taken(post: Post) -> None:
    for number in range(3):
        post(b"Message-ID: <>\r\n" + letter(subject=f"Order {number}", Message_ID=None).as_bytes())
    for number in range(3, 5):
        date = f"Mon, 2 Nov 2026 10:0{number}:00 +0000"
        post(letter(subject=f"Order {number}", Message_ID="<shop@example.org>", Date=date))
    assert [row.title for row in kept()] == [f"Order {number}" for number in range(5)]


def test_whoever_leaves_is_in_no_letter_and_no_sender(post: Post, cast: Cast, team: str) -> None:
    ben, sam = cast.id_of("ben"), cast.id_of("sam")
    post(letter(sender="BEN@example.org"))
    begin_write()
    erasure.erase(ben)
    db.session.commit()
    assert letters_to(team) == []
    other = opened(email="cleo@example.org")
    post(letter("Press it.", sender=email_of("sam"), to=address(other, Side.TEAM)))
    assert last(other).sender == email_of("sam")
    begin_write()
    erasure.erase(sam)
    db.session.commit()
    db.session.expire_all()
    assert (last(other).sender, last(other).text) == ("", "Press it.")


def test_a_customer_whom_an_agent_let_into_the_letters_of_the_team_is_heard(post: Post, team: str) -> None:
    row = opened()
    post(letter("It is white again.", sender="BEN@example.org", to=address(row, Side.TEAM)))
    assert said(row)[1:] == [(Kind.INCOMING, "It is white again.")]
    assert [one.kind for one in letters_to(team)] == ["support_waiting"]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Re: AW: White page", "White page"),
        ("Ответ: Белая страница", "Белая страница"),
        ("Re: ", TEXT),
        ("Rest", "Rest"),
    ],
)
def test_a_title_says_what_it_is_about_and_not_that_it_is_an_answer(post: Post, subject: str, title: str) -> None:
    post(letter(subject=subject))
    assert [row.title for row in kept()] == [title]


def test_customers_whose_letters_a_group_passes_on_are_not_taken_for_one_who_writes_too_much(
    app: Flask, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], limits_enabled=True))
    post(*(letter(sender="group@example.org", Reply_To=f"c{number}@example.org") for number in range(12)))
    assert [row.email for row in kept()] == [f"c{number}@example.org" for number in range(12)]
