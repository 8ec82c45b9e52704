"""The human filter: nobody reads more than 60 pages a minute or 300 an hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, select

from helpcenter.core.db import db
from helpcenter.journeys.constants import MOST_VIEWS_A_MINUTE, MOST_VIEWS_AN_HOUR
from helpcenter.journeys.event import EVENT

VIEWED = "viewed"
_VIEWS = (
    select(EVENT.c.occurred_at)
    .where(
        EVENT.c.visitor_id == bindparam("visitor_id"),
        EVENT.c.kind == VIEWED,
        EVENT.c.occurred_at > bindparam("hour_ago"),
        EVENT.c.occurred_at <= bindparam("now"),
    )
    .order_by(EVENT.c.occurred_at.desc())
    .limit(MOST_VIEWS_AN_HOUR + 1)
    .subquery()
)
_IN_LAST_MINUTE = func.count(case((_VIEWS.c.occurred_at > bindparam("minute_ago"), 1)))
_COUNTED = select(func.count(), _IN_LAST_MINUTE).select_from(_VIEWS)


def is_too_fast(visitor_id: str, kind: str, at: datetime) -> bool:
    """Whether this act of a visitor comes amid more views than a person makes; the act itself is counted as one."""
    times = {"hour_ago": at - timedelta(hours=1), "minute_ago": at - timedelta(minutes=1), "now": at}
    hour, minute = db.session.execute(_COUNTED, {"visitor_id": visitor_id, **times}).one()
    this = 1 if kind == VIEWED else 0
    return bool(hour + this > MOST_VIEWS_AN_HOUR or minute + this > MOST_VIEWS_A_MINUTE)
