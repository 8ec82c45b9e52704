"""Searches that led to a thing: what people searched for last in the visit in which they opened it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.journeys.event import EVENT
from helpcenter.journeys.search_query import SearchQuery
from helpcenter.search.document import SubjectKey
from helpcenter.search.searcher import user_behind
from helpcenter.search.wording import FEWEST_PEOPLE, WINDOW, Searched, Wording, shared

MOST_SHOWN = 5
MOST_READ = 1_000


def led_to(subject: SubjectKey, locale: str, fewest: int = FEWEST_PEOPLE) -> list[Wording]:
    """What at least so many people searched for before they opened a thing in a language, the most people first.

    Of the last 28 days, and of those the 1,000 openings that are newest. Staff and crawlers are left out. One
    statement, through the index of events by subject and then that of events by visitor.
    """
    rows = db.session.execute(_searches(subject, locale, clock.now() - WINDOW))
    read = (Searched(typed, asked_in, user or visitor) for typed, asked_in, visitor, user in rows)
    return shared(read, MOST_SHOWN, fewest)


def _searches(subject: SubjectKey, locale: str, since: datetime) -> Select[Any]:
    opening = (
        select(EVENT)
        .where(
            EVENT.c.subject_kind == subject[0],
            EVENT.c.subject_id == subject[1],
            EVENT.c.kind == "viewed",
            EVENT.c.occurred_at >= since,
            EVENT.c.locale == locale,
            EVENT.c.excluded_reason.is_(None),
            EVENT.c.observable,
            EVENT.c.visit_id.is_not(None),
        )
        .order_by(EVENT.c.occurred_at.desc())
        .limit(MOST_READ)
        .subquery()
    )
    search = EVENT.alias()
    last = (
        select(search.c.id)
        .where(
            search.c.visitor_id == opening.c.visitor_id,
            search.c.visit_id == opening.c.visit_id,
            search.c.kind == "searched",
            search.c.excluded_reason.is_(None),
            search.c.occurred_at <= opening.c.occurred_at,
            # Of what happened at one moment the order of recording decides.
            or_(search.c.occurred_at < opening.c.occurred_at, search.c.id < opening.c.id),
        )
        .order_by(search.c.occurred_at.desc(), search.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    led = select(opening.c.visitor_id, opening.c.user_id, last.label("search_id")).subquery()
    return select(SearchQuery.typed, SearchQuery.locale, led.c.visitor_id, user_behind(led)).join(
        led, SearchQuery.event_id == led.c.search_id
    )
