"""What a browser did lately: for whoever writes to us, so that they need not say it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.journeys.event import EVENT
from helpcenter.journeys.search_query import SearchQuery

LATELY = timedelta(hours=24)

MOST_READ = 60


@dataclass(frozen=True)
class Recent:
    """Ids of articles that were opened and words that were searched for, the newest first, each once."""

    articles: list[int]
    searches: list[str]


def of_person(visitor_id: str | None, user_id: int | None) -> Recent:
    """What this browser did in the last 24 hours, without what somebody else did who was logged in with it."""
    if visitor_id is None:
        return Recent([], [])
    lately = by_person(visitor_id, user_id) & (EVENT.c.occurred_at > clock.now() - LATELY)
    newest = (EVENT.c.occurred_at.desc(), EVENT.c.id.desc())
    viewed = select(EVENT.c.subject_id).where(lately, EVENT.c.kind == "viewed", EVENT.c.subject_kind == "article")
    typed = select(SearchQuery.typed).join(EVENT, EVENT.c.id == SearchQuery.event_id).where(lately)
    articles = db.session.scalars(viewed.order_by(*newest).limit(MOST_READ))
    searches = db.session.scalars(typed.order_by(*newest).limit(MOST_READ))
    return Recent(list(dict.fromkeys(articles)), list(dict.fromkeys(searches)))


def by_person(visitor_id: str, user_id: int | None) -> ColumnElement[bool]:
    """Acts in a browser by this user or by nobody known: whoever sits there next is not shown those of another."""
    return (EVENT.c.visitor_id == visitor_id) & (EVENT.c.user_id.is_(None) | (EVENT.c.user_id == user_id))
