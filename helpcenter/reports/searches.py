"""Whether searches lead anywhere: how many found nothing, how many were followed by opening something, or by another.

Nothing records a click. Whoever opens an article or a question after a search in the same visit, before the next one
and within half an hour, is taken to have found it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import ScalarSelect, or_, select

from helpcenter.journeys.constants import DEFAULT
from helpcenter.journeys.event import EVENT
from helpcenter.journeys.identity import Identities
from helpcenter.journeys.person import Person
from helpcenter.reports.acts import acts
from helpcenter.reports.scope import Scope
from helpcenter.reports.share import Share

OPENED_WITHIN = timedelta(minutes=30)
REFINED_WITHIN = timedelta(minutes=2)
TYPING = timedelta(seconds=5)
PARTS = ("", "nothing", "opened", "refined")


@dataclass(frozen=True)
class Search:
    """One search, under the id of its last event. Its words are not told: those of one person may say who it is."""

    id: int
    at: datetime
    person: Person | None
    results: int
    is_opened: bool = False
    is_refined: bool = False

    def is_in(self, part: str) -> bool:
        """Whether it is one of those that PARTS name; '' is every one."""
        return {"nothing": not self.results, "opened": self.is_opened, "refined": self.is_refined}.get(part, True)


@dataclass(frozen=True)
class SearchFigures:
    """Three shares of the same searches."""

    nothing: Share
    opened: Share
    refined: Share


def figures(found: Sequence[Search]) -> SearchFigures:
    """The figures of some searches, all days together: the rate of a day would weigh a quiet one like a busy one."""
    return SearchFigures(*(Share(sum(one.is_in(part) for one in found), len(found)) for part in PARTS[1:]))


def searches(scope: Scope, who: Identities) -> list[Search]:
    """The searches of these days, the oldest first; one statement. A topic makes no difference."""
    columns = (EVENT.c.detail, _first_opened().label("opened_at"))
    rows = acts(scope, ("searched",), *columns, where=[EVENT.c.visit_id.is_not(None)])
    visits = groupby(sorted(rows, key=lambda row: (row.visit_id, row.occurred_at, row.id)), lambda row: row.visit_id)
    found = [search for _visit, theirs in visits for search in of_visit(theirs, who)]
    return sorted(found, key=lambda one: (one.at, one.id))


def of_visit(rows: Iterable[Any], who: Identities) -> list[Search]:
    """The searches of one visit, from its events in their order."""
    told: list[list[Any]] = []
    for row in rows:
        if told and _is_same(told[-1][-1], row):
            told[-1].append(row)
        else:
            told.append([row])
    ends = [*(following[0] for _one, following in pairwise(told)), None] if told else []
    return [_search(events, following, who) for events, following in zip(told, ends, strict=True)]


def _is_same(before: Any, row: Any) -> bool:
    """Whether two events tell of one search: it was still being typed, was sent twice, or its results seen again."""
    apart = row.occurred_at - before.occurred_at
    if apart <= TYPING:
        return True
    is_alike = _results(before) == _results(row) != 0
    return is_alike and (apart <= DEFAULT.double_click or _is_opened(before, row.occurred_at))


def _search(events: Sequence[Any], following: Any, who: Identities) -> Search:
    last = events[-1]
    ends_at = following.occurred_at if following else None
    is_opened = any(_is_opened(one, ends_at) for one in events)
    is_refined = not is_opened and ends_at is not None and ends_at - last.occurred_at <= REFINED_WITHIN
    return Search(last.id, last.occurred_at, who.person(last), _results(last), is_opened, is_refined)


def _is_opened(row: Any, until: datetime | None) -> bool:
    if row.opened_at is None or row.opened_at - row.occurred_at > OPENED_WITHIN:
        return False
    return until is None or row.opened_at < until


def _results(row: Any) -> int:
    return int(row.detail.get("results", 0))


def _first_opened() -> ScalarSelect[datetime]:
    """When something was opened first after a search in its visit."""
    opened = EVENT.alias()
    return (
        select(opened.c.occurred_at)
        .where(
            opened.c.visitor_id == EVENT.c.visitor_id,
            opened.c.visit_id == EVENT.c.visit_id,
            opened.c.kind.in_(("viewed", "help_opened")),
            opened.c.excluded_reason.is_(None),
            opened.c.occurred_at >= EVENT.c.occurred_at,
            or_(opened.c.occurred_at > EVENT.c.occurred_at, opened.c.id > EVENT.c.id),
        )
        .order_by(opened.c.occurred_at, opened.c.id)
        .limit(1)
        .correlate(EVENT)
        .scalar_subquery()
    )
