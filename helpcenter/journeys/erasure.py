"""What is kept of a person's journey: handed out on request, taken away on request."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app
from sqlalchemy import delete, exists, select, update

from helpcenter.core.db import db
from helpcenter.journeys.catalogue import CATALOGUE
from helpcenter.journeys.event import EVENT, Event
from helpcenter.journeys.identity import is_linked, with_links
from helpcenter.journeys.search_query import SearchQuery
from helpcenter.journeys.visitor import VisitorRow

OUTLIVING = tuple(kind.name for kind in CATALOGUE.values() if kind.outlives_its_actor)
PORTION = 500
Item = TypeVar("Item")


@dataclass(frozen=True)
class Traces:
    """What else may be known under: the accounts that are this person, the browsers that were theirs alone, events.

    `tied` are the other visitors and users whom signing in or merging tied to them: who those are may change.
    """

    user_ids: frozenset[int]
    visitor_ids: frozenset[str]
    event_ids: frozenset[int]
    tied: frozenset[str | int]


def follow(app: Flask, forget: Callable[[Traces], None]) -> None:
    """Call `forget` in the same transaction, while it is still known which browsers the erased person had."""
    app.extensions.setdefault("forget_traces", []).append(forget)


def export(user_id: int) -> Mapping[str, Any]:
    """Everything recorded of a person, oldest first, with what they searched for while that is still kept."""
    found: list[dict[str, Any]] = []
    for ids in _portions(event_ids(user_id)):
        rows = db.session.execute(
            select(Event, SearchQuery.typed)
            .outerjoin(SearchQuery, SearchQuery.event_id == Event.id)
            .where(Event.id.in_(ids))
            .order_by(Event.id)
        )
        found += [_as_export(event, typed) for event, typed in rows]
    return {"events": sorted(found, key=lambda one: str(one["at"]))} if found else {}


def erase(user_id: int) -> None:
    """Forget a person; to be called after begin_write().

    Their events are deleted. Where other people's episodes rest on one (they answered, they closed a conversation) the
    fact stays and nobody is named in it.
    """
    traces = traces_of(user_id)
    for forget in current_app.extensions.get("forget_traces", []):
        forget(traces)
    visitors: set[str] = set()
    for ids in _portions(sorted(traces.event_ids)):
        visitors.update(v for v in db.session.scalars(select(Event.visitor_id).where(Event.id.in_(ids))) if v)
        nameless = update(Event).where(Event.id.in_(ids), Event.kind.in_(OUTLIVING))
        db.session.execute(
            nameless.values(user_id=None, visitor_id=None, visit_id=None),
            execution_options={"erasure": True, "synchronize_session": False},
        )
        gone = delete(Event).where(Event.id.in_(ids), Event.kind.not_in(OUTLIVING))
        db.session.execute(gone, execution_options={"synchronize_session": False})
    for some in _portions(sorted(visitors)):
        unused = VisitorRow.id.in_(some) & ~exists().where(Event.visitor_id == VisitorRow.id)
        db.session.execute(delete(VisitorRow).where(unused), execution_options={"synchronize_session": False})


def traces_of(user_id: int) -> Traces:
    """The accounts of a person, every browser in which nobody else ever signed in, and what they did."""
    users = users_of(user_id)
    browsers = _browsers(users)
    alone = frozenset(name for name in browsers if not _is_shared(name, users))
    merges = select(Event.detail).where(Event.kind == "accounts_merged", Event.user_id.in_(users))
    into = {detail["into"] for detail in db.session.scalars(merges)}
    return Traces(
        frozenset(users), alone, frozenset(event_ids(user_id)), frozenset((browsers - alone) | (into - users))
    )


def event_ids(user_id: int) -> list[int]:
    """The events of a person: those with the user, and those without one that signing in linked to the user.

    A browser in which nobody else ever signed in is theirs altogether.
    """
    users = users_of(user_id)
    found = set(db.session.scalars(select(Event.id).where(Event.user_id.in_(users))))
    for visitor_id in _browsers(users):
        anonymous = (EVENT.c.visitor_id == visitor_id, EVENT.c.user_id.is_(None))
        rows = db.session.execute(with_links(EVENT.c.id).where(*anonymous))
        if _is_shared(visitor_id, users):
            found.update(row.id for row in rows if is_linked(row) and row.linked_user_id in users)
        else:
            found.update(row.id for row in rows)
    return sorted(found)


def _is_shared(visitor_id: str, users: set[int]) -> bool:
    others = select(Event.id).where(
        Event.visitor_id == visitor_id, Event.kind == "signed_in", Event.user_id.not_in(users)
    )
    return db.session.execute(others.limit(1)).first() is not None


def users_of(user_id: int) -> set[int]:
    """The accounts that are this person: the user, and every one that was merged into it."""
    merges = db.session.execute(select(Event.user_id, Event.detail).where(Event.kind == "accounts_merged")).all()
    found = {user_id}
    while more := {user for user, detail in merges if user is not None and detail["into"] in found} - found:
        found |= more
    return found


def _browsers(users: set[int]) -> set[str]:
    signed_in = select(Event.visitor_id).where(Event.user_id.in_(users), Event.kind == "signed_in")
    return {visitor_id for visitor_id in db.session.scalars(signed_in.distinct()) if visitor_id is not None}


def _as_export(event: Event, typed: str | None) -> dict[str, Any]:
    subject = f"{event.subject_kind}:{event.subject_id}" if event.subject_kind else None
    row = {
        "at": event.occurred_at.isoformat(),
        "kind": event.kind,
        "subject": subject,
        "channel": event.channel,
        "locale": event.locale,
        "detail": event.detail,
        "visit": event.visit_id,
    }
    return {**row, "searched_for": typed} if typed else row


def _portions(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    # SQLite takes a bounded number of values in one statement.
    for start in range(0, len(items), PORTION):
        yield items[start : start + PORTION]
