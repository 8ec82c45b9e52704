"""The human filter: nobody reads more than 60 pages a minute or 300 an hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, func, select

from helpcenter.core.db import db
from helpcenter.journeys.constants import MOST_VIEWS_A_MINUTE, MOST_VIEWS_AN_HOUR
from helpcenter.journeys.event import Event

VIEWED = "viewed"


def is_too_fast(visitor_id: str, kind: str, at: datetime) -> bool:
    """Whether this act of a visitor comes amid more views than a person makes; the act itself is counted as one."""
    views = (
        select(Event.occurred_at)
        .where(
            Event.visitor_id == visitor_id,
            Event.kind == VIEWED,
            Event.occurred_at > at - timedelta(hours=1),
            Event.occurred_at <= at,
        )
        .order_by(Event.occurred_at.desc())
        .limit(MOST_VIEWS_AN_HOUR + 1)
        .subquery()
    )
    in_last_minute = func.count(case((views.c.occurred_at > at - timedelta(minutes=1), 1)))
    hour, minute = db.session.execute(select(func.count(), in_last_minute).select_from(views)).one()
    this = 1 if kind == VIEWED else 0
    return bool(hour + this > MOST_VIEWS_AN_HOUR or minute + this > MOST_VIEWS_A_MINUTE)
