"""A site that reads a real mailbox, and sends through a real mail server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage

import pytest
from flask import Flask

from config import Settings
from helpcenter.core import clock, mail, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import OutgoingMail
from helpcenter.support.mail_in import polling
from tests.core.imap_server import ImapServer

Post = Callable[..., None]


@pytest.fixture
def post(app: Flask, settings: Settings, imap: ImapServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """Puts letters into the mailbox, and has the site read them; it was opened before, when it was empty."""
    monkeypatch.setitem(app.config, "SETTINGS", replace(settings, **imap.settings))
    polling.poll()

    def deliver(*letters: EmailMessage | bytes, at: datetime | None = None) -> None:
        for one in letters:
            imap.deliver(one, at or clock.now())
        polling.poll()
        db.session.rollback()

    yield deliver


@pytest.fixture
def team(app: Flask) -> str:
    """The address at which the team hears of what waits."""
    begin_write()
    site.change(support_address="team@example.org")
    db.session.commit()
    return "team@example.org"


def letters_to(address: str) -> list[OutgoingMail]:
    """What was queued for an address, the oldest first."""
    db.session.rollback()
    return list(db.session.scalars(mail.newest().where(OutgoingMail.to_address == address).order_by(OutgoingMail.id)))
