"""What was done with each letter of the mailbox, so that none is taken twice, and how far it was read."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, begin_write, db, upsert

KEPT = timedelta(days=90)
"""No mail server hands out the same letter anew after this."""


class Outcome(StrEnum):
    """What became of a letter. `withheld` is an answer of ours that is kept as a note instead."""

    OPENED = "opened"
    WRITTEN = "written"
    REPLIED = "replied"
    NOTED = "noted"
    WITHHELD = "withheld"
    AUTOMATIC = "automatic"
    LEFT = "left"


class IncomingMail(Model):
    """`key` is the letter's own. `left` is what belongs to no conversation and no person wrote."""

    __tablename__ = "incoming_mail"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(10))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id", ondelete="SET NULL"), index=True)
    taken_at: Mapped[datetime] = mapped_column(index=True)


class MailboxPosition(Model):
    """How far a mailbox was read: the number of the last letter, valid in one numbering of its server."""

    __tablename__ = "mailbox_position"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    validity: Mapped[int] = mapped_column(BigInteger)
    last_uid: Mapped[int] = mapped_column(BigInteger)
    read_at: Mapped[datetime]


def is_known(key: str) -> bool:
    """Whether this letter was taken before."""
    return db.session.get(IncomingMail, key) is not None


def note(key: str, outcome: Outcome, conversation_id: int | None) -> bool:
    """Say what became of a letter; False when somebody did already. After begin_write()."""
    row = upsert(IncomingMail).values(key=key, outcome=outcome, conversation_id=conversation_id, taken_at=clock.now())
    return db.session.execute(row.on_conflict_do_nothing().returning(IncomingMail.key)).scalar() is not None


def position(name: str) -> MailboxPosition | None:
    """How far this mailbox was read; None for one that was never opened."""
    return db.session.get(MailboxPosition, name, populate_existing=True)


def remember(name: str, validity: int, last_uid: int) -> None:
    """Keep how far it was read. After begin_write()."""
    values = {"validity": validity, "last_uid": last_uid, "read_at": clock.now()}
    row = upsert(MailboxPosition).values(name=name, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=["name"], set_=values))


def forget_old() -> None:
    """Forget what became of letters nobody can hand out again: a job."""
    begin_write()
    db.session.execute(delete(IncomingMail).where(IncomingMail.taken_at < clock.now() - KEPT))
    db.session.commit()
