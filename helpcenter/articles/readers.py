"""How many people read each article lately: what work on articles is weighed by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import String, cast, func, select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.journeys.event import Event

DAYS = 28


def readers_lately() -> Mapping[int, int]:
    """People for each article that somebody saw in the last 28 days, whatever the language. One statement."""
    person = func.coalesce(cast(Event.user_id, String), Event.visitor_id)
    rows = db.session.execute(
        select(Event.subject_id, func.count(person.distinct()))
        .where(
            Event.kind == "viewed",
            Event.occurred_at > clock.now() - timedelta(days=DAYS),
            Event.subject_kind == "article",
            Event.excluded_reason.is_(None),
        )
        .group_by(Event.subject_id)
    )
    return {article_id: people for article_id, people in rows if article_id is not None}
