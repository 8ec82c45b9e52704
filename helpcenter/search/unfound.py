"""Searches that found nothing: the words of at least two people, for editors to answer.

The words of one person alone are never shown: they may tell who it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.journeys.event import Event
from helpcenter.journeys.search_query import SearchQuery
from helpcenter.search.folding import cleaned, folded

WINDOW = timedelta(days=28)
FEWEST_PEOPLE = 2
MOST_SHOWN = 20
MOST_READ = 5_000


@dataclass(frozen=True)
class Unfound:
    """Words as most people wrote them, and how many people searched for them and found nothing."""

    words: str
    people: int


def unfound(locale: str) -> list[Unfound]:
    """What at least two people searched for in a language within 28 days without a result, the most people first.

    Staff and crawlers are left out. A person is a user, or a browser nobody signed in with.
    """
    rows = db.session.execute(
        select(SearchQuery.typed, Event.visitor_id, Event.user_id)
        .join(Event, Event.id == SearchQuery.event_id)
        .where(
            Event.kind == "searched",
            Event.excluded_reason.is_(None),
            Event.detail["results"].as_integer() == 0,
            SearchQuery.locale == locale,
            SearchQuery.asked_at >= clock.now() - WINDOW,
        )
        .group_by(SearchQuery.typed, Event.visitor_id, Event.user_id)
        .order_by(func.max(SearchQuery.asked_at).desc())
        .limit(MOST_READ)
    ).all()
    users = _users_of({row.visitor_id for row in rows if row.visitor_id and row.user_id is None})
    people: dict[str, set[str | int]] = {}
    spellings: dict[str, Counter[str]] = {}
    for typed, visitor_id, user_id in rows:
        key = folded(cleaned(typed), locale)
        people.setdefault(key, set()).add(user_id or users.get(visitor_id or "") or visitor_id or "")
        spellings.setdefault(key, Counter())[typed] += 1
    found = [
        Unfound(spellings[key].most_common(1)[0][0], len(who))
        for key, who in people.items()
        if len(who) >= FEWEST_PEOPLE
    ]
    return sorted(found, key=lambda one: -one.people)[:MOST_SHOWN]


def _users_of(visitor_ids: set[str]) -> dict[str, int]:
    """Who signed in with these browsers at any time: before and after, that is one person."""
    found = select(Event.visitor_id, Event.user_id).where(
        Event.kind == "signed_in", Event.visitor_id.in_(visitor_ids), Event.user_id.is_not(None)
    )
    rows = db.session.execute(found).all() if visitor_ids else []
    return {str(visitor_id): int(user_id) for visitor_id, user_id in rows if user_id}
