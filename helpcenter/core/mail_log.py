"""Tells in the log what becomes of an email, by its number: from the request that caused it to the job that sends it.

A line names the number and the kind, which are ours, and never who it goes to or what it says.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import has_request_context
from sqlalchemy import event
from sqlalchemy.orm import Session

from helpcenter.core.db import db

_MARK = "queued_mail"
log = logging.getLogger("helpcenter.mail")


def queued(mail_id: int, kind: str) -> None:
    """Tell of an email once the transaction is committed that queued it; of those of a command or a job nothing."""
    if has_request_context():
        db.session().info.setdefault(_MARK, []).append((mail_id, kind))


def sent(mail_id: int) -> None:
    """The mail server took it."""
    log.info("email %s was sent", mail_id)


def postponed(mail_id: int, told: str) -> None:
    """It is tried again later; `told` is clean and says why."""
    log.warning("email %s is tried again later: %s", mail_id, told)


def failed(mail_id: int, told: str) -> None:
    """It never will be sent."""
    log.warning("email %s was not sent: %s", mail_id, told)


def _tell(session: Session) -> None:
    for mail_id, kind in session.info.pop(_MARK, ()):
        log.info("email %s is queued: %s", mail_id, kind)


def _forget(session: Session, *_: Any) -> None:
    session.info.pop(_MARK, None)


event.listen(Session, "after_commit", _tell)
event.listen(Session, "after_rollback", _forget)
