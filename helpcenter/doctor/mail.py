"""Mail that should have left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select

from helpcenter.core import clock, logs, mail_outbox
from helpcenter.core.db import db
from helpcenter.core.mail import MailStatus, OutgoingMail
from helpcenter.doctor.finding import Finding
from helpcenter.doctor.ground import Ground

LATE = timedelta(minutes=15)
RECENT = timedelta(days=7)


def outbox(ground: Ground) -> Iterator[Finding]:
    """What waits longer than it should, and what was given up."""
    now = clock.now()
    unsent = [MailStatus.QUEUED, MailStatus.SENDING]
    if not ground.settings.mail_server:
        unsent.append(MailStatus.HELD)
    waits = _count(OutgoingMail.status.in_(unsent), OutgoingMail.next_at < now - LATE)
    if waits and ground.settings.mail_server:
        yield Finding(
            "mail-waits",
            f"{_emails(waits)} should have left {LATE.seconds // 60} minutes ago or more",
            "People wait for links and answers that they were promised",
            "Look whether the job process runs (`helpcenter jobs list`) and whether the server answers.",
            "helpcenter mail check",
        )
    elif waits:
        yield Finding(
            "mail-unsent",
            f"{_emails(waits)} wait, and no mail server is set",
            "People wait for links and answers that they were promised",
            "Set HELPCENTER_MAIL_SERVER; until then admins can read them under Settings.",
        )
    given_up = _count(OutgoingMail.status == MailStatus.FAILED, OutgoingMail.created_at > now - RECENT)
    if given_up:
        yield Finding(
            "mail-failed",
            f"{_emails(given_up)} of the last week could not be sent",
            "Their addresses are wrong, or the server refuses the site",
            "An admin sees the reason of each under Settings, Mail, and can send it again.",
        )


def server(ground: Ground) -> Iterator[Finding]:
    """Whether the mail server takes letters now."""
    if not ground.settings.mail_server:
        return
    try:
        mail_outbox.try_server()
    except Exception as problem:
        yield Finding(
            "mail-server",
            f"The mail server does not open: {logs.clean(f'{type(problem).__name__}: {problem}')[:200]}",
            "No mail leaves",
            "Correct HELPCENTER_MAIL_SERVER and its kin, then see whether it opens.",
            "helpcenter mail check",
        )


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count(OutgoingMail.id)).where(*conditions)) or 0


def _emails(number: int) -> str:
    return f"{number} email{'' if number == 1 else 's'}"
