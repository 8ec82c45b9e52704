"""Where a letter goes, told by letters that really came through a mailbox."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.files.file import File, FileUse
from helpcenter.journeys.event import Event
from helpcenter.support import attachment, erasure
from helpcenter.support.mail_in.reply_address import Side, address, word
from helpcenter.support.message import Kind
from helpcenter.support.status import Status
from tests.cast import Cast, email_of
from tests.core.imap_server import ImapServer
from tests.files.pictures import picture
from tests.support.letters_to_us import kept, opened
from tests.support.mail_in.conftest import Post, letters_to
from tests.support.mail_in.heard import closed, last, said
from tests.support.mail_in.post import TEXT, letter


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
