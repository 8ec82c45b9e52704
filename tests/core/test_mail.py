from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from drills.smtp_server import SmtpServer
from helpcenter.core import clock, jobs, mail, mail_outbox
from helpcenter.core.db import UndeclaredWrite, begin_write, db
from helpcenter.core.jobs import Run
from helpcenter.core.mail import MailStatus, OutgoingMail


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as running:
        yield running


@pytest.fixture
def sending(make_app: Any, server: SmtpServer) -> Iterator[Flask]:
    """An app whose mail goes to the server of the test."""
    made = make_app(mail_server="127.0.0.1", mail_port=server.port, mail_use_tls=False, mail_from="help@example.org")
    with made.app_context():
        yield made


def queue(dedupe_key: str = "answer:1:ben", **changes: Any) -> bool:
    given: dict[str, Any] = {"to": "ben@example.org", "subject": "An answer", "text": "Read it.\n", "kind": "answer"}
    begin_write()
    queued = mail.queue(dedupe_key=dedupe_key, **{**given, **changes})
    db.session.commit()
    return queued


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(OutgoingMail.status).order_by(OutgoingMail.id)))


def drain(app: Flask) -> bool:
    return not jobs.run_one(app, jobs.rules(app)["mail: send"]).error


def test_a_letter_arrives_as_it_was_written(sending: Flask, server: SmtpServer) -> None:
    queue(subject="Ответ на вопрос", text="Прочтите.\n", html="<p>Прочтите.</p>", about=("answer", 7))
    assert drain(sending)
    (letter,) = server.letters
    message = letter.message
    assert (letter.sender, letter.recipients) == ("help@example.org", ["ben@example.org"])
    assert (message["Subject"], message["To"]) == ("Ответ на вопрос", "ben@example.org")
    assert message["From"] == "Help Center <help@example.org>"
    assert message.get_body(("plain",)).get_content().strip() == "Прочтите."  # type: ignore[union-attr]
    assert message.get_body(("html",)).get_content().strip() == "<p>Прочтите.</p>"  # type: ignore[union-attr]
    assert message["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in message
    assert states() == [MailStatus.SENT]


def test_a_letter_is_sent_even_when_the_server_will_not_say_goodbye(
    sending: Flask, server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def quit_rudely(_: smtplib.SMTP) -> None:
        raise smtplib.SMTPResponseException(500, "Line too long.")

    monkeypatch.setattr(smtplib.SMTP, "quit", quit_rudely)
    queue()
    assert drain(sending)
    assert (len(server.letters), states()) == (1, [MailStatus.SENT])


def test_a_letter_that_can_repeat_can_be_ended_with_one_click(sending: Flask, server: SmtpServer) -> None:
    queue(unsubscribe_url="http://localhost/unsubscribe/abc")
    drain(sending)
    message = server.letters[0].message
    assert message["List-Unsubscribe"] == "<http://localhost/unsubscribe/abc>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_event_makes_one_letter(sending: Flask, server: SmtpServer) -> None:
    assert queue("answer:1:ben")
    assert not queue("answer:1:ben", subject="The same again")
    assert queue("answer:1:cleo", to="cleo@example.org")
    for _ in range(3):
        drain(sending)
    assert [letter.message["To"] for letter in server.letters] == ["ben@example.org", "cleo@example.org"]
    assert server.connections == 1


def test_letters_about_one_thing_arrive_in_their_order(sending: Flask, server: SmtpServer) -> None:
    server.refuse_body = "451 come back later"
    queue("first", subject="First", about=("conversation", 1))
    drain(sending)
    server.refuse_body = ""
    queue("second", subject="Second", about=("conversation", 1))
    queue("elsewhere", subject="Elsewhere", about=("conversation", 2))
    queue("to another", subject="To another", to="cleo@example.org", about=("conversation", 1))
    drain(sending)
    assert [letter.message["Subject"] for letter in server.letters] == ["Elsewhere", "To another"]
    with clock.moved(clock.now() + mail_outbox.FIRST_WAIT + timedelta(seconds=1)):
        drain(sending)
    assert [letter.message["Subject"] for letter in server.letters][2:] == ["First", "Second"]


def test_a_letter_that_never_arrives_holds_up_none_after_it(sending: Flask, server: SmtpServer) -> None:
    server.refuse_body = "550 never"
    queue("first", about=("conversation", 1))
    drain(sending)
    server.refuse_body = ""
    queue("second", about=("conversation", 1))
    drain(sending)
    assert states() == [MailStatus.FAILED, MailStatus.SENT]


def test_an_answer_says_what_it_answers_and_where_to_go_on(sending: Flask, server: SmtpServer) -> None:
    queue(word="c1-abc", reply_to="help+c1-abc@example.org", in_reply_to="<theirs@example.org>", by_person=True)
    drain(sending)
    message = server.letters[0].message
    assert message["Reply-To"] == "help+c1-abc@example.org"
    assert message["In-Reply-To"] == message["References"] == "<theirs@example.org>"
    assert message["Message-ID"].startswith("<c1-abc.")
    assert message["Auto-Submitted"] is None
    assert message["X-Loop"] == "localhost"


@pytest.mark.parametrize("field", ["word", "reply_to"])
def test_nothing_that_becomes_a_header_breaks_its_line(app: Flask, field: str) -> None:
    begin_write()
    with pytest.raises(ValueError, match=field):
        mail.queue("ben@example.org", "x", "y", kind="k", dedupe_key="one", **{field: "a\r\nBcc: x@y.z"})


def test_what_a_stranger_called_their_letter_breaks_no_line(sending: Flask, server: SmtpServer) -> None:
    queue(in_reply_to="<a@b>\r\nBcc: everyone@example.org")
    drain(sending)
    assert server.letters[0].message["Bcc"] is None


def test_an_act_that_is_undone_sends_nothing(sending: Flask, server: SmtpServer) -> None:
    begin_write()
    mail.queue("ben@example.org", "An answer", "Read it.", kind="answer", dedupe_key="one")
    db.session.rollback()
    drain(sending)
    assert server.letters == []


def test_a_letter_belongs_to_a_write(app: Flask) -> None:
    with pytest.raises(UndeclaredWrite):
        mail.queue("ben@example.org", "An answer", "Read it.", kind="answer", dedupe_key="one")


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\x0b", "\u2028"])
def test_no_header_can_be_added_through_a_subject(sending: Flask, server: SmtpServer, line_break: str) -> None:
    queue(subject=f"Hello{line_break}Bcc: everyone@example.org")
    drain(sending)
    message = server.letters[0].message
    assert message["Bcc"] is None
    assert message["Subject"] == "Hello Bcc: everyone@example.org"
    assert server.letters[0].recipients == ["ben@example.org"]


@pytest.mark.parametrize("address", ["ben@example.org\r\nBcc: x@y.z", "ben@example.org\n", "a b@c.d", "<x@y.z>"])
def test_an_address_that_no_header_takes_is_refused(app: Flask, address: str) -> None:
    begin_write()
    with pytest.raises(ValueError, match="to has a character"):
        mail.queue(address, "An answer", "Read it.", kind="answer", dedupe_key="one")


def test_without_a_server_letters_are_held_and_nothing_fails(app: Flask) -> None:
    queue()
    jobs.run_due(app)
    assert states() == [MailStatus.HELD]


def test_a_held_letter_goes_when_somebody_sends_it(sending: Flask, server: SmtpServer) -> None:
    queue()
    begin_write()
    db.session.execute(update(OutgoingMail).values(status=MailStatus.HELD))
    db.session.commit()
    drain(sending)
    assert server.letters == []
    begin_write()
    letter = db.session.scalars(mail.newest()).one()
    assert mail.send_again(letter)
    assert not mail.send_again(letter)
    db.session.commit()
    drain(sending)
    assert states() == [MailStatus.SENT]


def test_a_server_that_is_down_costs_a_letter_nothing(sending: Flask, server: SmtpServer) -> None:
    queue()
    port = sending.extensions["mailman"].port
    sending.extensions["mailman"].port = 1
    for _ in range(mail_outbox.MOST_ATTEMPTS + 1):
        assert not drain(sending)
    assert states() == [MailStatus.QUEUED]
    sending.extensions["mailman"].port = port
    assert drain(sending)
    assert states() == [MailStatus.SENT]


def test_what_the_server_refuses_for_good_is_not_tried_again(sending: Flask, server: SmtpServer) -> None:
    server.refuse_recipient = "550 nobody of that name: ben@example.org"
    queue()
    drain(sending)
    assert states() == [MailStatus.FAILED]
    told = db.session.scalars(select(OutgoingMail.last_error)).one()
    assert "550" in told
    assert "ben@example.org" not in told


@pytest.mark.parametrize("field", ["refuse_recipient", "refuse_body"])
def test_what_the_server_refuses_for_now_is_tried_later(sending: Flask, server: SmtpServer, field: str) -> None:
    setattr(server, field, "451 come back later")
    queue()
    drain(sending)
    setattr(server, field, "")
    drain(sending)
    assert (states(), server.letters) == ([MailStatus.QUEUED], [])
    with clock.moved(clock.now() + mail_outbox.FIRST_WAIT + timedelta(seconds=1)):
        drain(sending)
    assert states() == [MailStatus.SENT]


def test_waits_grow_and_end(sending: Flask, server: SmtpServer) -> None:
    server.refuse_body = "451 come back later"
    queue()
    now, waits = clock.now(), []
    for _ in range(mail_outbox.MOST_ATTEMPTS):
        with clock.moved(now):
            drain(sending)
        db.session.rollback()
        next_at = db.session.scalars(select(OutgoingMail.next_at)).one()
        waits.append(next_at - now)
        now = next_at + timedelta(seconds=1)
    assert waits[:-1] == sorted(waits[:-1])
    assert states() == [MailStatus.FAILED]


def test_one_bad_letter_holds_up_no_other(sending: Flask, server: SmtpServer) -> None:
    queue("one")
    begin_write()
    db.session.execute(update(OutgoingMail).values(message_id="<a@b>\r\nBcc: everyone@example.org"))
    db.session.commit()
    queue("two", to="cleo@example.org")
    drain(sending)
    assert states() == [MailStatus.FAILED, MailStatus.SENT]
    assert [letter.recipients for letter in server.letters] == [["cleo@example.org"]]


def test_a_letter_whose_answer_was_lost_goes_again_under_the_same_name(sending: Flask, server: SmtpServer) -> None:
    server.hang_up = 1
    queue()
    name = db.session.scalars(select(OutgoingMail.message_id)).one()
    assert not drain(sending)
    assert states() == [MailStatus.QUEUED]
    with clock.moved(clock.now() + mail_outbox.FIRST_WAIT + timedelta(seconds=1)):
        assert drain(sending)
    assert [letter.message["Message-ID"] for letter in server.letters] == [name]


def test_a_claim_of_a_process_that_died_is_taken_over(sending: Flask, server: SmtpServer) -> None:
    queue()
    begin_write()
    db.session.execute(update(OutgoingMail).values(status=MailStatus.SENDING, claimed_by="dead", attempts=1))
    db.session.commit()
    with jobs.running(Run("alive")):
        drain(sending)
    assert states() == [MailStatus.SENT]


def test_a_claim_of_this_process_is_left_alone(sending: Flask, server: SmtpServer) -> None:
    queue()
    begin_write()
    db.session.execute(update(OutgoingMail).values(status=MailStatus.SENDING, claimed_by="alive", attempts=1))
    db.session.commit()
    with jobs.running(Run("alive")):
        drain(sending)
    assert (states(), server.letters) == ([MailStatus.SENDING], [])


def test_a_password_is_not_sent_over_an_unsafe_line(make_app: Any, server: SmtpServer) -> None:
    made = make_app(mail_server="127.0.0.1", mail_port=server.port, mail_username="u", mail_password="p")
    with made.app_context():
        queue()
        with pytest.raises(smtplib.SMTPNotSupportedError):
            mail_outbox.drain()


@pytest.mark.parametrize("is_known", [False, True])
def test_a_letter_goes_only_to_a_server_whose_certificate_is_known(
    make_app: Any, certificate: Path, is_known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_known:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with SmtpServer(certificate=certificate) as server:
        made = make_app(mail_server="127.0.0.1", mail_port=server.port, mail_use_tls=True)
        with made.app_context():
            queue()
            assert drain(made) == is_known
            assert len(server.letters) == is_known
            assert states() == ["sent" if is_known else "queued"]
        assert server.connections == 1


def test_old_letters_are_forgotten(app: Flask) -> None:
    queue("old")
    with clock.moved(clock.now() + timedelta(days=mail.KEPT_DAYS, minutes=1)):
        queue("new")
        jobs.run_due(app)
    assert list(db.session.scalars(select(OutgoingMail.dedupe_key))) == ["new"]


@pytest.mark.parametrize("status", [MailStatus.QUEUED, MailStatus.SENDING])
def test_a_letter_that_has_yet_to_be_sent_is_kept_however_old(app: Flask, status: MailStatus) -> None:
    queue("old")
    begin_write()
    db.session.execute(update(OutgoingMail).values(status=status))
    db.session.commit()
    with clock.moved(clock.now() + timedelta(days=mail.KEPT_DAYS, minutes=1)):
        jobs.run_due(app)
    assert list(db.session.scalars(select(OutgoingMail.dedupe_key))) == ["old"]


def test_a_person_who_leaves_takes_their_letters_along(app: Flask) -> None:
    queue("one")
    queue("two", to="cleo@example.org")
    begin_write()
    mail.forget("ben@example.org")
    db.session.commit()
    assert list(db.session.scalars(select(OutgoingMail.to_address))) == ["cleo@example.org"]
