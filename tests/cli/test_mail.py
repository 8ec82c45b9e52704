"""`helpcenter mail check` says how the mail server and the mailbox are, and no password."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from config import Settings
from drills.smtp_server import SmtpServer
from helpcenter.cli import commands
from tests.core.imap_server import ImapServer
from tests.support.mail_in.post import letter


def checked(app: Flask) -> Result:
    return CliRunner().invoke(commands, ["mail", "check"], obj=app)


def with_settings(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(settings, **changes))


def test_a_site_without_mail_is_told_what_happens_then(app: Flask) -> None:
    result = checked(app)
    assert result.exit_code == 0
    assert "No mail server is set" in result.output and "No mailbox is set" in result.output


def test_a_mailbox_that_opens_is_left_as_it_is(
    app: Flask, settings: Settings, imap: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_settings(app, settings, monkeypatch, **imap.settings)
    imap.deliver(letter(subject="Waits"))
    result = checked(app)
    assert (result.exit_code, "The mailbox of help@example.org opens. Letters in it: 1." in result.output) == (0, True)
    assert imap.unread() == ["Waits"]


@pytest.mark.parametrize("wrong", [{"mailbox_password": "not this one"}, {"mailbox_port": 1}])
def test_a_mailbox_that_does_not_open_says_why(
    app: Flask, settings: Settings, imap: ImapServer, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any]
) -> None:
    with_settings(app, settings, monkeypatch, **{**imap.settings, **wrong})
    result = checked(app)
    assert result.exit_code == 1
    assert "The mailbox does not open: " in result.output
    assert "not this one" not in result.output


@pytest.mark.parametrize("is_up", [True, False])
def test_the_mail_server_is_opened_and_nothing_is_sent(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch, is_up: bool
) -> None:
    with SmtpServer() as server:
        mailman = app.extensions["mailman"]
        for name, value in (("server", "127.0.0.1"), ("port", server.port if is_up else 1), ("use_tls", False)):
            monkeypatch.setattr(mailman, name, value)
        with_settings(app, settings, monkeypatch, mail_server="127.0.0.1")
        result = checked(app)
        assert (result.exit_code, "The mail server takes letters." in result.output) == (0 if is_up else 1, is_up)
        assert server.letters == []
