"""Who searched, where words may be shown only when several people typed them: two names of one person must be one.

So this links more than the counts of journeys do: whoever ever signed in with a browser stands for all that was
searched there. Were somebody counted too few, some words would stay hidden; counted twice, somebody's own would show.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select

from helpcenter.journeys.event import EVENT

Searcher = int | str
"""The id of a user, or that of a visitor; the two are never alike."""


def user_behind(events: Any) -> ColumnElement[int]:
    """The user of each event, else whoever signed in with its browser, before or after; null for nobody.

    `events` has the columns `user_id` and `visitor_id`. The user who signed in last stands for a browser of several.
    """
    sign_in = EVENT.alias()
    signed_in = (
        select(sign_in.c.user_id)
        .where(
            sign_in.c.visitor_id == events.c.visitor_id, sign_in.c.kind == "signed_in", sign_in.c.user_id.is_not(None)
        )
        .order_by(sign_in.c.occurred_at.desc(), sign_in.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(events.c.user_id, signed_in)
