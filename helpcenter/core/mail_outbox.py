"""Sends what mail.py queued.

A letter is claimed in a transaction of its own before it is sent, and each claim sends it at most once. When a process
dies between the server's yes and our note of it, the next holder of the lease sends the letter again under the same
Message-ID, by which mail programs know it for the same one: a letter twice in a rare crash is better than one lost.
"""

from __future__ import annotations

import smtplib
import ssl
from datetime import timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app
from flask_mailman import EmailMultiAlternatives
from flask_mailman.backends.smtp import EmailBackend
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import aliased

from helpcenter.core import clock, jobs, logs, mail_log, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.mail import MailStatus, OutgoingMail

EVERY_SECONDS = 2
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
CONNECT_SECONDS = 15
# A server may take long to accept a body; giving up early would send it twice. RFC 5321, 4.5.3.2.6 asks for 10 minutes.
ACCEPT_SECONDS = 600


class _VerifyingSmtp(smtplib.SMTP):
    """The library's STARTTLS takes any certificate unless it is told otherwise."""

    def starttls(self, *_: Any, context: ssl.SSLContext | None = None, **__: Any) -> tuple[int, bytes]:
        return super().starttls(context=context or ssl.create_default_context())


class _Server(EmailBackend):
    """A connection to the mail server of the settings."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return smtplib.SMTP_SSL if self.use_ssl else _VerifyingSmtp


def drain() -> None:
    """Send every letter that is due. Raises OSError or SMTPException when the server can not be reached."""
    _take_over()
    if not current_app.config["SETTINGS"].mail_server or _next_due() is None:
        return
    server = _Server(mailman=current_app.extensions["mailman"], timeout=CONNECT_SECONDS)
    server.open()
    server.connection.sock.settimeout(ACCEPT_SECONDS)
    try:
        while not jobs.stop_asked() and (letter := _claim()) is not None:
            _send(server, letter)
    finally:
        _close(server)


def try_server() -> None:
    """Open the mail server once and send nothing. Raises OSError or SMTPException when it can not be reached."""
    server = _Server(mailman=current_app.extensions["mailman"], timeout=CONNECT_SECONDS)
    server.open()
    _close(server)


def _next_due() -> int | None:
    due = (OutgoingMail.status == MailStatus.QUEUED) & (OutgoingMail.next_at <= clock.now())
    wanted = select(OutgoingMail.id).where(due, ~_waits_for_an_earlier_one()).order_by(OutgoingMail.id).limit(1)
    return db.session.execute(wanted).scalar()


def _waits_for_an_earlier_one() -> ColumnElement[bool]:
    """Of what is written to somebody about one thing, the later letter never overtakes one that is tried again."""
    earlier = aliased(OutgoingMail)
    return (
        select(earlier.id)
        .where(
            earlier.about_kind == OutgoingMail.about_kind,
            earlier.about_id == OutgoingMail.about_id,
            earlier.to_address == OutgoingMail.to_address,
            earlier.id < OutgoingMail.id,
            earlier.status.in_((MailStatus.QUEUED, MailStatus.SENDING)),
        )
        .exists()
    )


def _take_over() -> None:
    """Letters that a process claimed before it died wait again."""
    orphaned = (OutgoingMail.status == MailStatus.SENDING) & (OutgoingMail.claimed_by != jobs.holder())
    if db.session.execute(select(OutgoingMail.id).where(orphaned).limit(1)).scalar() is None:
        return
    begin_write()
    db.session.execute(update(OutgoingMail).where(orphaned).values(status=MailStatus.QUEUED))
    db.session.commit()


def _claim() -> OutgoingMail | None:
    mail_id = _next_due()
    if mail_id is None:
        return None
    begin_write()
    claimed = db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.id == mail_id, OutgoingMail.status == MailStatus.QUEUED)
        .values(status=MailStatus.SENDING, claimed_by=jobs.holder(), attempts=OutgoingMail.attempts + 1)
        .returning(OutgoingMail)
        .execution_options(populate_existing=True)
    ).scalar_one_or_none()
    db.session.commit()
    return claimed


def _send(server: _Server, letter: OutgoingMail) -> None:
    try:
        server.send_messages([_message(letter)])
    except (smtplib.SMTPServerDisconnected, OSError) as problem:
        if isinstance(problem, smtplib.SMTPException) and not isinstance(problem, smtplib.SMTPServerDisconnected):
            _postpone(letter, problem)
            return
        _postpone(letter, problem)
        raise
    except Exception as problem:
        logs.failure("email %s could not be written", letter.id)
        _fail(letter, problem)
    else:
        _mark(letter, status=MailStatus.SENT, sent_at=clock.now(), last_error="")
        mail_log.sent(letter.id)


def _postpone(letter: OutgoingMail, problem: Exception) -> None:
    """A later try, or none for what the server refuses for good or refused too often."""
    if letter.attempts >= MOST_ATTEMPTS or _is_final(problem):
        _fail(letter, problem)
        return
    wait = min(FIRST_WAIT * 4 ** (letter.attempts - 1), LONGEST_WAIT)
    _mark(letter, status=MailStatus.QUEUED, next_at=clock.now() + wait, last_error=_told(problem))
    mail_log.postponed(letter.id, _told(problem))


def _is_final(problem: Exception) -> bool:
    """Whether the server said no to this letter for good: a code of 500 and more for its recipient or its content."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in problem.recipients.values())
    return isinstance(problem, smtplib.SMTPDataError) and problem.smtp_code >= 500


def _fail(letter: OutgoingMail, problem: Exception) -> None:
    _mark(letter, status=MailStatus.FAILED, last_error=_told(problem))
    mail_log.failed(letter.id, _told(problem))


def _told(problem: Exception) -> str:
    return logs.clean(f"{type(problem).__name__}: {problem}")[:500]


def _mark(letter: OutgoingMail, **values: Any) -> None:
    begin_write()
    mine = (OutgoingMail.id == letter.id) & (OutgoingMail.claimed_by == letter.claimed_by)
    db.session.execute(update(OutgoingMail).where(mine, OutgoingMail.status == MailStatus.SENDING).values(**values))
    db.session.commit()


def _message(letter: OutgoingMail) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": letter.message_id,
        "Date": format_datetime(letter.created_at),
        # By this we know our own when they come back, and holiday notices know not to answer.
        "X-Loop": urlsplit(current_app.config["SETTINGS"].site_url).hostname or "",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    if not letter.by_person:
        headers["Auto-Submitted"] = "auto-generated"
    if letter.in_reply_to:
        headers["In-Reply-To"] = headers["References"] = letter.in_reply_to
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        sender(),
        [letter.to_address],
        headers=headers,
        reply_to=[letter.reply_to] if letter.reply_to else None,
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


def sender() -> tuple[str, str]:
    """The name of the site with the address it writes from."""
    settings, here = current_app.config["SETTINGS"], site.current()
    address = settings.mail_from or here.support_address or f"no-reply@{urlsplit(settings.site_url).hostname}"
    return " ".join(here.name.split()), "".join(address.split())


def _close(server: _Server) -> None:
    try:
        server.close()
    except (OSError, smtplib.SMTPException):
        # What was sent is sent; a server that will not say goodbye changes nothing.
        server.connection = None


def register(app: Flask) -> None:
    """Drain while the job process lives."""
    jobs.every(app, "mail: send", EVERY_SECONDS, drain)
