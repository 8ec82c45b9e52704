"""Searches that found nothing: the words of at least two people, for editors to answer."""

from __future__ import annotations

from sqlalchemy import func, select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.journeys.event import Event
from helpcenter.journeys.search_query import SearchQuery
from helpcenter.search.searcher import user_behind
from helpcenter.search.wording import WINDOW, Searched, Wording, shared

MOST_SHOWN = 20
MOST_READ = 5_000


def unfound(locale: str) -> list[Wording]:
    """What at least two people searched for in a language within 28 days without a result, the most people first.

    Staff and crawlers are left out. One statement.
    """
    searches = (
        select(SearchQuery.typed, Event.visitor_id, Event.user_id)
        .join(Event, Event.id == SearchQuery.event_id)
        .where(
            Event.kind == "searched",
            Event.excluded_reason.is_(None),
            Event.observable,
            Event.detail["results"].as_integer() == 0,
            SearchQuery.locale == locale,
            SearchQuery.asked_at >= clock.now() - WINDOW,
        )
        .group_by(SearchQuery.typed, Event.visitor_id, Event.user_id)
        .order_by(func.max(SearchQuery.asked_at).desc())
        .limit(MOST_READ)
        .subquery()
    )
    rows = db.session.execute(select(searches.c.typed, searches.c.visitor_id, user_behind(searches)))
    return shared((Searched(typed, locale, user_id or visitor_id) for typed, visitor_id, user_id in rows), MOST_SHOWN)
