"""How long people wait for a person of ours, how long until it is settled, and how often one answer was enough.

Times are those that were stored when they happened. Spam and what was sent twice is no conversation. A first reply
counts on the day it is given, a closing on the day of the first one: what still waits has no time yet, and is not 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from helpcenter.core import clock, site
from helpcenter.core.db import db
from helpcenter.core.site import Site
from helpcenter.reports.acts import MOST_READ
from helpcenter.reports.scope import Scope
from helpcenter.reports.share import Share
from helpcenter.reports.waiting_time import WaitingTime, waiting_time
from helpcenter.support.conversation import SOON, Conversation
from helpcenter.support.status import Ending, Status

VOID = (Ending.SPAM, Ending.DUPLICATE)
HOUR = 3600


@dataclass(frozen=True)
class Handled:
    """A conversation that was first answered or first closed in these days.

    Times are in seconds, None for neither. `waited_open` is what of `waited` fell into the opening hours, and each was
    in time where it kept to the target. `settled_last` is the time to the last closing of one that is closed.
    `is_one_touch` is None as long as it may still be taken up again soon.
    """

    id: int
    at: datetime
    waited: int | None
    waited_open: int | None
    is_in_time: bool
    is_in_time_open: bool
    settled: int | None
    settled_last: int | None
    is_one_touch: bool | None

    def is_in(self, part: str) -> bool:
        """Whether it is among those that PARTS names; '' is every one."""
        return {
            "answered": self.waited is not None,
            "in_time": self.is_in_time,
            "in_time_open": self.is_in_time_open,
            "settled": self.settled is not None,
            "still_settled": self.settled_last is not None,
            "decided": self.is_one_touch is not None,
            "one_touch": self.is_one_touch is True,
        }.get(part, True)


PARTS = ("", "answered", "in_time", "in_time_open", "settled", "still_settled", "decided", "one_touch")


@dataclass(frozen=True)
class ReplyFigures:
    """`first` by the calendar and `first_open` in opening hours; None where nobody was answered, or nothing settled."""

    first: WaitingTime | None
    first_open: WaitingTime | None
    in_time: Share
    in_time_open: Share
    settled: WaitingTime | None
    settled_last: WaitingTime | None
    one_touch: Share


def figures(found: Sequence[Handled]) -> ReplyFigures:
    """The figures of some conversations, all days together."""
    return ReplyFigures(
        waiting_time(one.waited for one in found),
        waiting_time(one.waited_open for one in found),
        _share(found, "in_time", "answered"),
        _share(found, "in_time_open", "answered"),
        waiting_time(one.settled for one in found),
        waiting_time(one.settled_last for one in found),
        _share(found, "one_touch", "decided"),
    )


def _share(found: Sequence[Handled], part: str, whole: str) -> Share:
    return Share(sum(one.is_in(part) for one in found), sum(one.is_in(whole) for one in found))


def handled(scope: Scope) -> list[Handled]:
    """The conversations of these days, the oldest first; one statement."""
    begin, end = scope.range.moments
    replied = (Conversation.first_reply_at >= begin) & (Conversation.first_reply_at < end)
    closed = (Conversation.first_closed_at >= begin) & (Conversation.first_closed_at < end)
    statement = (
        select(
            Conversation.id,
            Conversation.opened_at,
            Conversation.is_urgent,
            Conversation.status,
            Conversation.ending,
            Conversation.first_reply_seconds,
            Conversation.first_reply_business_seconds,
            Conversation.first_closed_at,
            Conversation.last_closed_at,
            Conversation.human_replies,
            Conversation.was_reopened_soon,
            replied.label("is_answered"),
            closed.label("is_closed"),
        )
        .where(
            or_(replied, closed),
            Conversation.ending.not_in(VOID),
            *([Conversation.locale == scope.locale] if scope.locale else []),
            *([Conversation.topic_id == scope.topic_id] if scope.topic_id else []),
        )
        .order_by(Conversation.id.desc())
        .limit(MOST_READ)
    )
    here, now = site.current(), clock.now()
    return [_handled(row, here, now) for row in db.session.execute(statement).all()[::-1]]


def _handled(row: Any, here: Site, now: datetime) -> Handled:
    waited = row.first_reply_seconds if row.is_answered else None
    # A site that names no hours is never closed.
    waited_open = row.first_reply_business_seconds if row.is_answered and here.hours else waited
    target = (here.urgent_target_hours if row.is_urgent else here.target_hours) * HOUR
    # Whoever writes that it is no longer needed settled it without us.
    is_settled = row.is_closed and row.ending != Ending.WITHDRAWN
    return Handled(
        row.id,
        row.opened_at,
        waited,
        waited_open,
        waited is not None and waited <= target,
        waited_open is not None and waited_open <= target,
        _seconds(row.opened_at, row.first_closed_at) if is_settled else None,
        _seconds(row.opened_at, row.last_closed_at) if is_settled and row.status == Status.CLOSED else None,
        _is_one_touch(row, now) if row.is_closed else None,
    )


def _is_one_touch(row: Any, now: datetime) -> bool | None:
    if row.was_reopened_soon:
        return False
    return row.human_replies == 1 if now - row.first_closed_at > SOON else None


def _seconds(begin: datetime, end: datetime) -> int:
    return int((end - begin).total_seconds())
