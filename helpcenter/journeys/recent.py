"""What a browser did lately: for whoever writes to us, so that they need not say it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

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


def of_visitor(visitor_id: str | None) -> Recent:
    """What this visitor did in the last 24 hours."""
    if visitor_id is None:
        return Recent([], [])
    lately = (EVENT.c.visitor_id == visitor_id) & (EVENT.c.occurred_at > clock.now() - LATELY)
    newest = (EVENT.c.occurred_at.desc(), EVENT.c.id.desc())
    viewed = select(EVENT.c.subject_id).where(lately, EVENT.c.kind == "viewed", EVENT.c.subject_kind == "article")
    typed = select(SearchQuery.typed).join(EVENT, EVENT.c.id == SearchQuery.event_id).where(lately)
    articles = db.session.scalars(viewed.order_by(*newest).limit(MOST_READ))
    searches = db.session.scalars(typed.order_by(*newest).limit(MOST_READ))
    return Recent(list(dict.fromkeys(articles)), list(dict.fromkeys(searches)))
