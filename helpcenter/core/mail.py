"""Letters to people: a row in the transaction of the act that causes them, sent afterwards by a job (mail_outbox.py).

No request ever waits for a mail server, and no act is undone by one. Where no server is set, letters stay here and
admins read them.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from flask import Flask, current_app
from flask_mailman import Mail
from markupsafe import escape
from sqlalchemy import Index, Select, String, Text, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock, jobs, mail_log
from helpcenter.core.db import Model, begin_write, db, upsert

KEPT_DAYS = 30
LONGEST_SUBJECT = 200


class MailStatus(StrEnum):
    """held: no server was set; queued: waits; sending: claimed; sent: the server took it; failed: it never will."""

    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class OutgoingMail(Model):
    """`reply_to` is where an answer goes, `in_reply_to` the Message-ID of the letter that this one answers.

    `by_person` tells what somebody wrote from what the product says by itself, which no robot answers.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        Index("ix_outgoing_mail_status_next_at", "status", "next_at"),
        Index("ix_outgoing_mail_about", "about_kind", "about_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    message_id: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    about_kind: Mapped[str] = mapped_column(String(40), default="")
    about_id: Mapped[int | None]
    to_address: Mapped[str] = mapped_column(String(320), index=True)
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    unsubscribe_url: Mapped[str] = mapped_column(Text, default="")
    reply_to: Mapped[str] = mapped_column(String(320), default="")
    in_reply_to: Mapped[str] = mapped_column(Text, default="")
    by_person: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    claimed_by: Mapped[str] = mapped_column(String(120), default="")
    last_error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


def queue(
    to: str,
    subject: str,
    text: str,
    *,
    kind: str,
    dedupe_key: str,
    html: str | None = None,
    about: tuple[str, int] | None = None,
    unsubscribe_url: str | None = None,
    word: str = "",
    reply_to: str = "",
    in_reply_to: str = "",
    by_person: bool = False,
    after: timedelta = timedelta(),
) -> bool:
    """Queue a letter in the transaction of the caller; False when one with this dedupe key is there already.

    It leaves `after` a while, in which take_back() can still have it.

    The key names the event and the person, so that nothing is sent twice for one event; it is remembered for 30 days.
    Letters `about` one thing to one address leave in the order in which they were queued. `word` becomes part of the
    Message-ID, by which an answer can be told. A line break in the subject becomes a space; in what becomes another
    header it raises ValueError. To be called after begin_write().
    """
    headers = {"to": to, "unsubscribe_url": unsubscribe_url or "", "kind": kind, "word": word, "reply_to": reply_to}
    for name, value in headers.items():
        if any(ord(character) <= 32 or ord(character) == 127 or character in "<>" for character in value):
            raise ValueError(f"{name} has a character that no mail header takes")
    now = clock.now()
    settings = current_app.config["SETTINGS"]
    statement = upsert(OutgoingMail).values(
        dedupe_key=dedupe_key,
        message_id=f"<{f'{word}.' if word else ''}{secrets.token_hex(16)}@{urlsplit(settings.site_url).hostname}>",
        kind=kind,
        about_kind=about[0] if about else "",
        about_id=about[1] if about else None,
        to_address=to,
        subject=" ".join(subject.split())[:LONGEST_SUBJECT],
        text=text,
        html=html or "",
        unsubscribe_url=unsubscribe_url or "",
        reply_to=reply_to,
        in_reply_to=" ".join(in_reply_to.split()),
        by_person=by_person,
        status=MailStatus.QUEUED if is_sent() else MailStatus.HELD,
        attempts=0,
        next_at=now + max(after, timedelta()),
        claimed_by="",
        last_error="",
        created_at=now,
    )
    one = statement.on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(OutgoingMail.id)
    mail_id = db.session.execute(one).scalar()
    if mail_id is not None:
        mail_log.queued(mail_id, kind)
    return mail_id is not None


def is_sent() -> bool:
    """Whether letters leave this site; without a mail server admins hand them on."""
    return bool(current_app.config["SETTINGS"].mail_server)


def newest() -> Select[tuple[OutgoingMail]]:
    """All letters; to be paged by id."""
    return select(OutgoingMail)


def find(mail_id: int) -> OutgoingMail | None:
    """One letter."""
    return db.session.get(OutgoingMail, mail_id)


def last_about(about: tuple[str, int], to: str) -> str:
    """The Message-ID of the last letter about something to this address; '' without one."""
    kind, number = about
    before = select(OutgoingMail.message_id).where(
        OutgoingMail.about_kind == kind, OutgoingMail.about_id == number, OutgoingMail.to_address == to
    )
    return db.session.scalar(before.order_by(OutgoingMail.id.desc()).limit(1)) or ""


def send_again(letter: OutgoingMail) -> bool:
    """Put a held or failed letter into the queue; False when it waits, travels or arrived. After begin_write()."""
    if letter.status not in (MailStatus.HELD, MailStatus.FAILED):
        return False
    letter.status, letter.attempts, letter.next_at, letter.last_error = MailStatus.QUEUED, 0, clock.now(), ""
    return True


def take_back(dedupe_key: str) -> bool:
    """Delete a letter that has not left; False when it travels, arrived, or never was. After begin_write()."""
    waits = OutgoingMail.status.in_((MailStatus.HELD, MailStatus.QUEUED))
    gone = delete(OutgoingMail).where(OutgoingMail.dedupe_key == dedupe_key, waits).returning(OutgoingMail.id)
    return db.session.execute(gone).scalar() is not None


def forget(address: str) -> None:
    """Delete every letter to an address, as part of erasing a person. After begin_write()."""
    db.session.execute(delete(OutgoingMail).where(OutgoingMail.to_address == address))
    for also in current_app.extensions.get("forget_address", []):
        also(address)


def forget_name(name: str, instead: str) -> None:
    """Put other words in the place of a name in every letter, as part of erasing a person. After begin_write().

    The letters stay: by them it is known what was sent. One that waits leaves without the name.
    """
    for said in {name, str(escape(name))} - {""}:
        whole = re.compile(rf"(?<!\w){re.escape(said)}(?!\w)")
        columns = (OutgoingMail.subject, OutgoingMail.text, OutgoingMail.html)
        holding = select(OutgoingMail).where(or_(*(column.contains(said, autoescape=True) for column in columns)))
        for letter in db.session.scalars(holding).all():
            for column in columns:
                setattr(letter, column.key, whole.sub(lambda _: instead, getattr(letter, column.key)))
            letter.subject = letter.subject[:LONGEST_SUBJECT]
        db.session.flush()


def follow_forgetting(app: Flask, also: Callable[[str], None]) -> None:
    """Call `also` with each address that is forgotten, in the same transaction, for who keeps letters to be written."""
    app.extensions.setdefault("forget_address", []).append(also)


def forget_about(kind: str, subject_ids: Iterable[int]) -> None:
    """Delete every letter about these things, whoever it goes to. After begin_write()."""
    theirs = (OutgoingMail.about_kind == kind) & OutgoingMail.about_id.in_(list(subject_ids))
    db.session.execute(delete(OutgoingMail).where(theirs))


def _forget_old() -> None:
    begin_write()
    db.session.execute(
        delete(OutgoingMail).where(
            OutgoingMail.created_at < clock.now() - timedelta(days=KEPT_DAYS),
            OutgoingMail.status.in_((MailStatus.SENT, MailStatus.FAILED, MailStatus.HELD)),
        )
    )
    db.session.commit()


def register(app: Flask) -> None:
    """Set up the way to the mail server, and the job that forgets old letters."""
    settings = app.config["SETTINGS"]
    implicit_tls = settings.mail_port == 465
    app.config.update(
        MAIL_SERVER=settings.mail_server,
        MAIL_PORT=settings.mail_port,
        MAIL_USERNAME=settings.mail_username,
        MAIL_PASSWORD=settings.mail_password,
        MAIL_USE_TLS=settings.mail_use_tls and not implicit_tls,
        MAIL_USE_SSL=settings.mail_use_tls and implicit_tls,
    )
    Mail(app)
    jobs.every(app, "mail: forget old letters", 24 * 3600, _forget_old)
