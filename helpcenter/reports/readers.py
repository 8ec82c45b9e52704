"""The people who read articles to the end: those who are counted, each once, as the episodes tell them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from helpcenter.core.db import db
from helpcenter.journeys.event import EVENT
from helpcenter.journeys.identity import Identities, is_counted, with_links
from helpcenter.journeys.person import Person

Moments = tuple[datetime, datetime]


def reads_between(moments: Moments) -> Select[Any]:
    """The reads of articles from the first moment up to the second, in the order of time; each with who acted."""
    begin, end = moments
    return (
        with_links(EVENT.c.id, EVENT.c.subject_id, EVENT.c.topic_id)
        .where(
            EVENT.c.subject_kind == "article",
            EVENT.c.kind == "read",
            EVENT.c.occurred_at >= begin,
            EVENT.c.occurred_at < end,
            EVENT.c.excluded_reason.is_(None),
        )
        .order_by(EVENT.c.occurred_at, EVENT.c.id)
    )


def last_reads_of(
    articles: Collection[int], moments: Moments, locale: str, who: Identities
) -> defaultdict[int, dict[Person, Any]]:
    """The readers of each article, and what each read of it last; `locale` '' is every language. One statement."""
    found: defaultdict[int, dict[Person, Any]] = defaultdict(dict)
    if not articles:
        return found
    statement = reads_between(moments).where(EVENT.c.subject_id.in_(articles))
    if locale:
        statement = statement.where(EVENT.c.locale == locale)
    for row in db.session.execute(statement):
        person = who.person(row)
        if person and is_counted(row):
            found[row.subject_id][person] = row
    return found


def readers_between(articles: Collection[int], moments: Moments, who: Identities) -> Mapping[int, int]:
    """How many people read each of these articles to the end, from the first moment up to the second."""
    return {article: len(people) for article, people in last_reads_of(articles, moments, "", who).items()}
