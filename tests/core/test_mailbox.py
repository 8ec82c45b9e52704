"""What a mail server may answer instead of a letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from imaplib import IMAP4
from unittest.mock import Mock

import pytest

from config import Settings
from helpcenter.core import mailbox
from helpcenter.core.mailbox import Mailbox, MailboxUnreadable
from tests.core.imap_server import ImapServer


@pytest.fixture
def box(settings: Settings, imap: ImapServer) -> Iterator[Mailbox]:
    """A mailbox with one letter in it."""
    imap.empty()
    letter = EmailMessage()
    letter["Subject"] = "Hello"
    letter.set_content("Read it.")
    imap.deliver(letter)
    with mailbox.opened(replace(settings, **imap.settings)) as opened:
        yield opened


def test_a_letter_that_was_taken_away_meanwhile_is_told(box: Mailbox, settings: Settings, imap: ImapServer) -> None:
    (letter,) = box.after(0)
    assert b"Read it." in box.raw(letter)
    imap.empty()
    with (
        mailbox.opened(replace(settings, **imap.settings)) as later,
        pytest.raises(MailboxUnreadable, match=f"letter {letter.uid} is no longer there"),
    ):
        later.raw(letter)


def test_a_server_that_will_not_hand_out_is_told(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    (letter,) = box.after(0)
    monkeypatch.setattr(box._box.client, "uid", Mock(return_value=("NO", [b"Server busy"])))
    with pytest.raises(MailboxUnreadable, match="would not hand out"):
        box.raw(letter)


def test_lines_between_the_letters_are_no_letters(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        b"1 (FLAGS (\\Seen))",
        None,
        b'2 (UID 7 RFC822.SIZE 20 INTERNALDATE " 1-Mar-2026 12:00:00 +0000")',
        b"3 (UID 8 RFC822.SIZE 20)",
    ]
    monkeypatch.setattr(box._box.client, "uid", Mock(return_value=("OK", lines)))
    assert [(one.uid, one.bytes, one.at.isoformat()) for one in box.after(0)] == [(7, 20, "2026-03-01T12:00:00+00:00")]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_that_speaks_in_the_clear_is_not_told_the_password(
    settings: Settings, imap: ImapServer, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    monkeypatch.setattr(mailbox, "PATIENCE_SECONDS", 0.5)
    there = replace(settings, **{**imap.settings, "mailbox_security": security})
    with pytest.raises((OSError, IMAP4.error)), mailbox.opened(there):
        pytest.fail("it was opened")
