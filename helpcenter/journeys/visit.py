"""Visits: events of one visitor without a long pause between them. They group events for reading; episodes decide."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from helpcenter.core.db import db
from helpcenter.journeys.event import EVENT

_NEWEST_FIRST = (EVENT.c.occurred_at.desc(), EVENT.c.id.desc())
_OF_VISITOR = EVENT.c.visitor_id == bindparam("visitor_id")
_LAST = (
    select(EVENT.c.occurred_at, EVENT.c.visit_id, EVENT.c.user_id)
    .where(_OF_VISITOR, EVENT.c.occurred_at <= bindparam("at"))
    .order_by(*_NEWEST_FIRST)
    .limit(1)
)
_LAST_USER = (
    select(EVENT.c.user_id)
    .where(_OF_VISITOR, EVENT.c.visit_id == bindparam("visit_id"), EVENT.c.user_id.is_not(None))
    .order_by(*_NEWEST_FIRST)
    .limit(1)
)


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


def last_event(visitor_id: str, at: datetime, user_id: int | None) -> LastEvent | None:
    """The visitor's latest event that is not after `at`; who was signed in is asked only for an act of a user."""
    row = db.session.execute(_LAST, {"visitor_id": visitor_id, "at": at}).first()
    if row is None or row.visit_id is None:
        return None
    before: int | None = row.user_id
    if before is None and user_id is not None:
        before = db.session.execute(_LAST_USER, {"visitor_id": visitor_id, "visit_id": row.visit_id}).scalar()
    return LastEvent(row.occurred_at, row.visit_id, before)


def new_id() -> str:
    """64 random bits, as 16 hexadecimal digits."""
    return secrets.token_hex(8)
