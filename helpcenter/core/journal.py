"""The journal: who did what to the site and when. Entries are added and never changed, and hold no words of people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import append_only, clock
from helpcenter.core.db import Model, db

LONGEST_ACT = 40


class JournalEntry(Model):
    """`by_id` is a user id; None for the command line. `detail` are numbers and code words, never typed text.

    The database refuses a change of a row as well, by a trigger of the migration.
    """

    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_by", "by_id", "id"), Index("ix_journal_entry_act", "act", "id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int | None]
    act: Mapped[str] = mapped_column(String(LONGEST_ACT))
    subject_kind: Mapped[str | None] = mapped_column(String(20))
    subject_id: Mapped[int | None]
    locale: Mapped[str] = mapped_column(String(5), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def note(act: str, *, by: int | None, subject: tuple[str, int] | None = None, locale: str = "", **detail: Any) -> None:
    """Write down what was done, in its transaction. To be called after begin_write(). Raises KeyError for no act."""
    acts()[act]
    db.session.add(
        JournalEntry(
            at=clock.now(),
            by_id=by,
            act=act,
            subject_kind=subject[0] if subject else None,
            subject_id=subject[1] if subject else None,
            locale=locale,
            detail=detail,
        )
    )


def name(app: Flask, names: Mapping[str, Any]) -> None:
    """Make acts known with what they are called. Raises ValueError for one that is known or too long."""
    known: dict[str, Any] = app.extensions.setdefault("journal_acts", {})
    for act, called in names.items():
        if act in known or len(act) > LONGEST_ACT:
            raise ValueError(f"{act} can not be named")
        known[act] = called


def acts() -> Mapping[str, Any]:
    """What every act is called, in the order of registration."""
    known: dict[str, Any] = current_app.extensions.get("journal_acts", {})
    return known


append_only.guard(JournalEntry, "entries of the journal stay as they are")
