"""The events behind a figure that no episode holds: what people did in some days, those who count."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from helpcenter.core.db import db
from helpcenter.journeys.event import EVENT
from helpcenter.journeys.identity import is_counted, with_links
from helpcenter.reports.scope import Scope

MOST_READ = 20_000
"""Of more than this in the days of a report, the newest are counted."""


def acts(
    scope: Scope,
    kinds: Collection[str],
    *columns: Any,
    where: Collection[Any] = (),
    beside: Collection[tuple[Any, Any]] = (),
    around: timedelta = timedelta(0),
) -> Sequence[Any]:
    """The acts of these kinds in the days and the language of the scope, the oldest first; one statement.

    Each row has the id, kind, visit, and who acted; `columns` are what it has besides, also of the tables `beside`,
    each with what joins it. `around` is how much before and after the days is read too. What staff, crawlers and
    previews did is left out.
    """
    begin, end = scope.range.moments
    statement = (
        with_links(EVENT.c.id, EVENT.c.kind, EVENT.c.visit_id, *columns)
        .where(
            EVENT.c.kind.in_(kinds),
            EVENT.c.excluded_reason.is_(None),
            EVENT.c.occurred_at >= begin - around,
            EVENT.c.occurred_at < end + around,
            *([EVENT.c.locale == scope.locale] if scope.locale else []),
            *where,
        )
        .order_by(EVENT.c.occurred_at.desc(), EVENT.c.id.desc())
        .limit(MOST_READ)
    )
    for table, condition in beside:
        statement = statement.outerjoin(table, condition)
    return [row for row in db.session.execute(statement).all()[::-1] if is_counted(row)]
