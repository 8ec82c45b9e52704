"""What people searched for in the last 28 days, by whether anything was found: words that several of them used.

Staff and crawlers are left out, and who asks not to be tracked.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.journeys.event import Event
from helpcenter.journeys.search_query import SearchQuery
from helpcenter.search.searcher import user_behind
from helpcenter.search.wording import FEWEST_PEOPLE, WINDOW, Askers, Searched, by_words

MOST_READ = 5_000


def in_vain(locale: str, most: int, fewest: int = FEWEST_PEOPLE) -> list[Askers]:
    """What at least so many people searched for in a language without a result, the most people first."""
    return _asked(locale, _results() == 0, most, fewest)


def with_results(locale: str, most: int, fewest: int = FEWEST_PEOPLE) -> list[Askers]:
    """What at least so many people searched for in a language and something was found, the most people first."""
    return _asked(locale, _results() > 0, most, fewest)


def _results() -> ColumnElement[int]:
    return Event.detail["results"].as_integer()  # type: ignore[no-any-return]


def _asked(locale: str, how: ColumnElement[bool], most: int, fewest: int) -> list[Askers]:
    """Of the 5,000 that are newest. One statement."""
    searches = (
        select(SearchQuery.typed, Event.visitor_id, Event.user_id)
        .join(Event, Event.id == SearchQuery.event_id)
        .where(
            Event.kind == "searched",
            Event.excluded_reason.is_(None),
            Event.observable,
            how,
            SearchQuery.locale == locale,
            SearchQuery.asked_at >= clock.now() - WINDOW,
        )
        .group_by(SearchQuery.typed, Event.visitor_id, Event.user_id)
        .order_by(func.max(SearchQuery.asked_at).desc())
        .limit(MOST_READ)
        .subquery()
    )
    rows = db.session.execute(select(searches.c.typed, searches.c.visitor_id, user_behind(searches)))
    read = (Searched(typed, locale, user_id or visitor_id) for typed, visitor_id, user_id in rows)
    return by_words(read, most, fewest)
