"""What somebody tried before they wrote to us: searches, articles, votes, in the order in which it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import or_, select

from helpcenter.core import locale, subjects
from helpcenter.core.db import db
from helpcenter.journeys import recent
from helpcenter.journeys.event import EVENT
from helpcenter.journeys.search_query import SearchQuery
from helpcenter.support.conversation import Conversation

BEFORE = timedelta(hours=24)
MOST = 40
KINDS = ("searched", "viewed", "read", "voted", "suggestion_opened", "step_stuck")


@dataclass(frozen=True)
class Step:
    """One act: what was done, to what, and where that stands."""

    at: datetime
    text: str
    title: str
    url: str


def before(row: Conversation) -> list[Step]:
    """The last acts in the day before the conversation began, the oldest first."""
    whose = [recent.by_person(row.visitor_id, row.writer_id)] if row.visitor_id else []
    whose += [EVENT.c.user_id == row.writer_id] if row.writer_id else []
    if not whose:
        return []
    wanted = (
        select(
            EVENT.c.occurred_at,
            EVENT.c.kind,
            EVENT.c.subject_kind,
            EVENT.c.subject_id,
            EVENT.c.detail,
            SearchQuery.typed,
        )
        .outerjoin(SearchQuery, SearchQuery.event_id == EVENT.c.id)
        .where(
            or_(*whose),
            EVENT.c.kind.in_(KINDS),
            EVENT.c.occurred_at <= row.opened_at,
            EVENT.c.occurred_at > row.opened_at - BEFORE,
        )
        .order_by(EVENT.c.occurred_at.desc(), EVENT.c.id.desc())
        .limit(MOST)
    )
    rows = list(reversed(db.session.execute(wanted).all()))
    # Whoever read it has opened it: saying both would be twice as long to read.
    was_read = {(one.subject_kind, one.subject_id) for one in rows if one.kind == "read"}
    rows = [one for one in rows if one.kind != "viewed" or (one.subject_kind, one.subject_id) not in was_read]
    titles = _titles({(one.subject_kind, one.subject_id) for one in rows if one.subject_kind})
    return [
        Step(
            one.occurred_at,
            _act(one.kind, one.detail),
            one.typed or titles.get((one.subject_kind, one.subject_id), ("", ""))[0],
            titles.get((one.subject_kind, one.subject_id), ("", ""))[1],
        )
        for one in rows
    ]


def _act(kind: str, detail: dict[str, object]) -> str:
    if kind == "voted":
        return str(_("Said that it helped") if detail.get("helpful") else _("Said that it did not help"))
    if kind == "searched":
        return str(_("Searched, found nothing") if detail.get("results") == 0 else _("Searched"))
    if kind == "step_stuck":
        return str(_("Stuck at step %(step)s", step=detail.get("step", "")))
    return str({"viewed": _("Opened"), "read": _("Read"), "suggestion_opened": _("Opened a suggestion")}[kind])


def _titles(about: set[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, str]]:
    here, known = locale.current(), dict(subjects.kinds())
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for kind in {kind for kind, _number in about} & known.keys():
        numbers = [number for each, number in about if each == kind]
        for number, title in known[kind].titles(numbers, here).items():
            found[kind, number] = (title, known[kind].url(number, here))
    return found
