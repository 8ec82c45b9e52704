"""How the mailbox is read: everything once, in order, whatever ends the process, and nothing from before."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from config import Settings
from helpcenter.core import clock, jobs, mailbox
from helpcenter.core.db import db
from helpcenter.support.mail_in import arrival, incoming_mail, polling
from helpcenter.support.mail_in.incoming_mail import IncomingMail
from tests.core.imap_server import ImapServer
from tests.support.letters_to_us import kept
from tests.support.mail_in.conftest import Post
from tests.support.mail_in.post import letter


def titles() -> list[str]:
    return [row.title for row in kept()]


def test_what_lay_in_the_mailbox_before_is_left_alone(
    app: Flask, settings: Settings, imap: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(settings, **imap.settings))
    imap.deliver(letter(subject="Last year"))
    polling.poll()
    imap.deliver(letter(subject="Today"))
    polling.poll()
    assert titles() == ["Today"]
    assert imap.unread() == ["Last year"]


def test_letters_are_taken_in_the_order_in_which_they_came(post: Post, imap: ImapServer) -> None:
    post(*(letter(subject=f"Letter {number}") for number in range(5)))
    post()
    assert titles() == [f"Letter {number}" for number in range(5)]
    assert imap.unread() == []


def test_a_letter_that_somebody_read_before_us_is_taken_too(post: Post, imap: ImapServer) -> None:
    imap.deliver(letter(subject="Read"))
    with imap.opened() as box:
        box.flag(box.uids(), "\\Seen", True)
    post()
    assert titles() == ["Read"]


def test_without_a_mailbox_nothing_happens(app: Flask) -> None:
    polling.poll()
    assert jobs.run_one(app, jobs.rules(app)["mail: fetch"]).error == ""


def test_a_mailbox_that_does_not_open_is_told_and_tried_again(app: Flask, post: Post, imap: ImapServer) -> None:
    right = app.config["SETTINGS"]
    for wrong in ({"mailbox_password": "wrong"}, {"mailbox_port": 1}, {"mailbox_folder": "No such folder"}):
        app.config["SETTINGS"] = replace(right, **wrong)  # type: ignore[arg-type]
        outcome = jobs.run_one(app, jobs.rules(app)["mail: fetch"])
        assert outcome.error
        assert "wrong" not in outcome.error, "a password is told to nobody"
    app.config["SETTINGS"] = right
    post(letter(subject="Later"))
    assert titles() == ["Later"]


@pytest.mark.parametrize("step", ["receive", "mark_read", "remember"])
def test_a_process_that_ends_in_the_middle_loses_nothing_and_doubles_nothing(
    post: Post, imap: ImapServer, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    where: Any = {"receive": polling, "mark_read": mailbox.Mailbox, "remember": incoming_mail}[step]
    right = getattr(where, step)

    def ended(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(where, step, ended)
    with pytest.raises(KeyboardInterrupt):
        post(letter(subject="One"), letter(subject="Two"))
    db.session.rollback()
    monkeypatch.setattr(where, step, right)
    post()
    assert titles() == ["One", "Two"]
    assert len(db.session.scalars(select(IncomingMail)).all()) == 2


def test_a_mailbox_that_was_numbered_anew_gives_nothing_twice_and_loses_nothing(post: Post, imap: ImapServer) -> None:
    post(letter(subject="One"), letter(subject="Two"))
    imap.deliver(letter(subject="Three"))
    imap.renumber()
    post()
    assert titles() == ["One", "Two", "Three"]


def test_a_letter_that_can_not_be_taken_in_holds_up_no_other(
    post: Post, imap: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = arrival.receive

    def odd(found: Any, at: Any) -> Any:
        if found.subject == "Odd":
            raise ValueError("odd")
        return right(found, at)

    monkeypatch.setattr(polling, "receive", odd)
    post(letter(subject="Odd"), letter(subject="Even"))
    assert titles() == ["Even"]
    assert imap.unread() == ["Odd"]


def test_a_database_that_is_away_makes_every_letter_wait(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    right = polling.receive

    def away(*_: Any) -> None:
        raise OperationalError("select 1", None, Exception("away"))

    monkeypatch.setattr(polling, "receive", away)
    with pytest.raises(OperationalError):
        post(letter(subject="One"), letter(subject="Two"))
    db.session.rollback()
    monkeypatch.setattr(polling, "receive", right)
    post()
    assert titles() == ["One", "Two"]


def test_of_a_very_large_letter_its_head_is_taken(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "LARGEST_BYTES", 300)
    post(letter("x " * 400, subject="Large"))
    (row,) = kept()
    assert row.title == "Large"
    assert row.email == "ben@example.org"


def test_a_letter_that_takes_too_long_to_read_is_taken_by_its_head(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    right = polling.worker.call

    def slow(job: str, *arguments: Any, **named: Any) -> Any:
        if job.endswith(":read"):
            raise polling.worker.WorkerTimedOut
        return right(job, *arguments, **named)

    monkeypatch.setattr(polling.worker, "call", slow)
    post(letter(subject="A knot"))
    assert titles() == ["A knot"]


def test_what_was_taken_in_is_forgotten_when_no_server_hands_it_out_again(app: Flask, post: Post) -> None:
    post(letter())
    with clock.moved(clock.now() + incoming_mail.KEPT + timedelta(minutes=1)):
        incoming_mail.forget_old()
    assert db.session.scalars(select(IncomingMail)).all() == []
    assert len(kept()) == 1


def test_a_letter_that_the_server_does_not_hand_out_holds_up_the_others_for_an_hour_at_most(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, began = mailbox.Mailbox.raw, clock.now()

    def broken(self: mailbox.Mailbox, one: mailbox.Arrived) -> bytes:
        raw = right(self, one)
        if b"Broken" in raw:
            raise mailbox.MailboxUnreadable("no")
        return raw

    monkeypatch.setattr(mailbox.Mailbox, "raw", broken)
    with pytest.raises(mailbox.MailboxUnreadable):
        post(letter(subject="Broken"), letter(subject="Sound"))
    with clock.moved(began + timedelta(minutes=61)):
        post()
    assert titles() == ["Sound"]


def test_a_letter_of_the_hour_in_which_the_clocks_go_back_keeps_its_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Madrid")
    time.tzset()
    try:
        found = [
            mailbox._arrived(f'1 (UID 7 RFC822.SIZE 9 INTERNALDATE "25-Oct-2026 {hour}:30:00 +0000")'.encode())
            for hour in ("00", "01")
        ]
    finally:
        monkeypatch.undo()
        time.tzset()
    assert [one.at.hour for one in found if one] == [0, 1]
