"""What programs write: it is kept beside, or left, and two of them come to an end."""

from __future__ import annotations

from dataclasses import replace
from errno import ENOSPC

import pytest
from flask import Flask

from helpcenter.support import attachment
from helpcenter.support.mail_in.reply_address import Side, address
from helpcenter.support.message import Kind
from helpcenter.support.said import messages
from helpcenter.support.status import Status
from tests.core.imap_server import ImapServer
from tests.support.letters_to_us import kept, opened
from tests.support.mail_in.conftest import Post, letters_to
from tests.support.mail_in.heard import closed, said
from tests.support.mail_in.post import letter


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


def test_customers_whose_letters_a_group_passes_on_are_not_taken_for_one_who_writes_too_much(
    app: Flask, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], limits_enabled=True))
    post(*(letter(sender="group@example.org", Reply_To=f"c{number}@example.org") for number in range(12)))
    assert [row.email for row in kept()] == [f"c{number}@example.org" for number in range(12)]
