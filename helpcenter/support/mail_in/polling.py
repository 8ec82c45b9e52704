"""Reads the mailbox, a letter at a time: each is taken in by a write of its own before the next one is read.

How far it was read is kept after each letter, so that whatever ends this process, nothing is left out, and what was
taken and not yet noted is known by its key when it comes again.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from config import Settings
from helpcenter.core import clock, jobs, logs, mailbox, site, worker
from helpcenter.core.db import begin_write, db
from helpcenter.core.mailbox import Arrived, Mailbox, MailboxUnreadable
from helpcenter.support.mail_in import incoming_mail, letter
from helpcenter.support.mail_in.arrival import receive
from helpcenter.support.mail_in.incoming_mail import Outcome
from helpcenter.support.mail_in.letter import Letter

READING_SECONDS = 10.0
PATIENCE = timedelta(hours=1)
"""So long everything waits for a letter that the server lists and does not hand out."""
LOOK_BACK = timedelta(days=2)
"""How far a mailbox with a new numbering is read again; what was taken before is known."""


def poll() -> None:
    """Take in what came since the last time. Raises what core.mailbox.opened raises when the mailbox does not open.

    A mailbox that is opened for the first time is read from then on: what lay in it before was somebody else's work.
    """
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.mailbox_server:
        return
    name = _name(settings)
    # Letters to people are pages too: they are made as if somebody had asked for one.
    with current_app.test_request_context(base_url=settings.site_url), mailbox.opened(settings) as box:
        for arrived in _new(box, name):
            if jobs.stop_asked():
                return
            if _take(box, arrived, settings) not in (None, Outcome.LEFT):
                # What was left alone stays unread, for whoever looks into the mailbox.
                box.mark_read(arrived)
            begin_write()
            incoming_mail.remember(name, box.validity, arrived.uid)
            db.session.commit()


def _name(settings: Settings) -> str:
    where = f"{settings.mailbox_server}\n{settings.mailbox_username}\n{settings.mailbox_folder}"
    return sha256(where.encode()).hexdigest()


def _new(box: Mailbox, name: str) -> list[Arrived]:
    before = incoming_mail.position(name)
    if before is not None and before.validity == box.validity:
        return box.after(before.last_uid)
    if before is not None:
        return box.since((before.read_at - LOOK_BACK).date())
    begin_write()
    incoming_mail.remember(name, box.validity, box.next_uid - 1)
    db.session.commit()
    return []


def _take(box: Mailbox, arrived: Arrived, settings: Settings) -> Outcome | None:
    try:
        raw = box.raw(arrived)
    except MailboxUnreadable:
        if clock.now() - arrived.at < PATIENCE:
            raise
        logs.failure("email %s is not handed out by its server and stays in the mailbox", arrived.uid)
        return Outcome.LEFT
    found = _read(raw, arrived, settings)
    if found is None:
        return Outcome.LEFT
    try:
        return receive(found, arrived.at)
    except (OSError, OperationalError, InterfaceError, PoolTimeout):
        # The disk or the database: everything waits, and nothing is passed over.
        raise
    except Exception:
        # One odd letter must not hold up all that come after it.
        db.session.rollback()
        logs.failure("email %s can not be taken in and stays unread in the mailbox", arrived.uid)
        return Outcome.LEFT


def _read(raw: bytes, arrived: Arrived, settings: Settings) -> Letter | None:
    """What the letter says; its head where it is too large or takes too long; None where nothing helps."""
    ours = urlsplit(settings.site_url).hostname or ""
    # People write from the support address too; what we send from it is known by its X-Loop.
    people, written_from = site.current().support_address.casefold(), settings.mail_from.casefold()
    own = frozenset({settings.mailbox_address.casefold(), written_from} - ({people} & {written_from}))
    for job in ("read", "read_head") if arrived.is_whole else ("read_head",):
        try:
            found: Letter = worker.call(f"{letter.__name__}:{job}", raw, ours, own, seconds=READING_SECONDS)
        except Exception:
            logs.failure("email %s can not be read", arrived.uid)
        else:
            return found
    return None
