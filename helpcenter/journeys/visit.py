"""Visits: events of one visitor without a long pause between them. They group events for reading; episodes decide."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from helpcenter.core.db import db
from helpcenter.journeys.event import Event


@dataclass(frozen=True)
class LastEvent:
    """What a visitor did last: when, in which visit, and who was signed in during that visit, if anybody was."""

    occurred_at: datetime
    visit_id: str
    user_id: int | None


def continues(last: LastEvent | None, at: datetime, user_id: int | None, gap: timedelta) -> bool:
    """Whether an act at this time belongs to the visit of the last one.

    A pause of exactly `gap` continues it. Another user on the same device starts a new one; signing in does not.
    """
    if last is None or at - last.occurred_at > gap:
        return False
    return user_id is None or last.user_id is None or user_id == last.user_id


def last_event(visitor_id: str, at: datetime) -> LastEvent | None:
    """The visitor's latest event that is not after `at`."""
    row = db.session.execute(
        select(Event.occurred_at, Event.visit_id, Event.user_id)
        .where(Event.visitor_id == visitor_id, Event.occurred_at <= at)
        .order_by(Event.occurred_at.desc(), Event.id.desc())
        .limit(1)
    ).first()
    if row is None or row.visit_id is None:
        return None
    user_id = row.user_id if row.user_id is not None else _user_of(row.visit_id, visitor_id)
    return LastEvent(row.occurred_at, row.visit_id, user_id)


def _user_of(visit_id: str, visitor_id: str) -> int | None:
    return db.session.execute(
        select(Event.user_id)
        .where(Event.visitor_id == visitor_id, Event.visit_id == visit_id, Event.user_id.is_not(None))
        .order_by(Event.occurred_at.desc(), Event.id.desc())
        .limit(1)
    ).scalar()


def new_id() -> str:
    """64 random bits, as 16 hexadecimal digits."""
    return secrets.token_hex(8)
