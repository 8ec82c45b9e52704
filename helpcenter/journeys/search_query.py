"""What people typed into the search: the only text of theirs beside events, and forgotten after 90 days.

The event of the search stays, so how often people searched and how often nothing was found is still known.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import ForeignKey, String, Table, delete, insert
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, begin_write, db
from helpcenter.journeys.constants import QUERY_TEXT_KEPT
from helpcenter.journeys.event import Event

LONGEST_QUERY = 200


class SearchQuery(Model):
    __tablename__ = "search_query"
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id, ondelete="CASCADE"), primary_key=True)
    typed: Mapped[str] = mapped_column(String(LONGEST_QUERY))
    locale: Mapped[str] = mapped_column(String(8))
    asked_at: Mapped[datetime] = mapped_column(index=True)


_TABLE = cast(Table, SearchQuery.__table__)


def keep(event_id: int, typed: str, locale: str, asked_at: datetime) -> None:
    """Keep the words of a search beside its event; words past LONGEST_QUERY characters are cut."""
    words = " ".join(typed.split())[:LONGEST_QUERY]
    db.session.execute(
        insert(_TABLE),
        {"event_id": event_id, "typed": words, "locale": locale, "asked_at": asked_at},
    )


def forget_old() -> int:
    """Forget the words older than 90 days; how many were forgotten. Commits."""
    begin_write()
    old = delete(SearchQuery).where(SearchQuery.asked_at < clock.now() - QUERY_TEXT_KEPT)
    forgotten = int(db.session.execute(old).rowcount)  # type: ignore[attr-defined]
    db.session.commit()
    return forgotten
