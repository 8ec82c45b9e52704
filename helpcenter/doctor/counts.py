"""Numbers that are kept beside what they count, and what is worked out from events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select

from helpcenter.community import counting
from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.doctor.finding import Finding
from helpcenter.doctor.ground import Ground
from helpcenter.feedback import recount
from helpcenter.journeys import daily
from helpcenter.journeys.constants import DEFAULT
from helpcenter.journeys.episode import EpisodeRow, Settling
from helpcenter.journeys.event import Event

LATE = timedelta(hours=1)
REBUILD = "helpcenter journeys rebuild"


def votes(_ground: Ground) -> Iterator[Finding]:
    """Votes below articles and answers, and the numbers on questions."""
    if wrong := len(recount.recount(check=True)):
        yield Finding(
            "votes-miscounted",
            f"{wrong} counts of votes are not what the votes add up to",
            "Readers and reports see wrong numbers",
            command="helpcenter feedback recount",
        )
    if wrong := len(counting.recount(check=True)):
        yield Finding(
            "questions-miscounted",
            f"{wrong} questions show numbers that are not what their answers and votes add up to",
            "They are listed in the wrong place, or as unanswered",
            command="helpcenter community recount",
        )


def journeys(_ground: Ground) -> Iterator[Finding]:
    """Episodes, and the days that are added up from them."""
    state = db.session.get(Settling, 1)
    if state is None or state.settled_until is None:
        if db.session.scalar(select(Event.id).where(Event.recorded_at < clock.now() - LATE).limit(1)) is not None:
            yield _late("Nothing that people did was worked out yet")
        return
    if state.constants != DEFAULT.as_row():
        yield Finding(
            "journeys-old-rules",
            "What people did was worked out by the rules of another release",
            "The report mixes two ways of counting",
            "The job process does it anew by itself; at once:",
            REBUILD,
        )
    elif state.settled_until < clock.now() - LATE and _is_news(state):
        yield _late(f"What people did was last worked out at {state.settled_until:%Y-%m-%d %H:%M} UTC")
    orphans = db.session.scalar(select(func.count(EpisodeRow.id)).where(EpisodeRow.id.not_in(select(Event.id)))) or 0
    if orphans or (differing := daily.differing()):
        what = f"{orphans} episodes have no event" if orphans else f"{differing} days are not the sum of their episodes"
        yield Finding(
            "journeys-wrong",
            what,
            "The report shows wrong numbers",
            command=REBUILD,
        )


def _late(what: str) -> Finding:
    return Finding(
        "journeys-behind",
        what,
        "The report lacks what happened since",
        "The job process does it every few minutes; at once:",
        "helpcenter journeys settle",
    )


def _is_news(state: Settling) -> bool:
    newer = select(Event.id).where(Event.recorded_at > state.settled_until, Event.recorded_at < clock.now() - LATE)
    return db.session.scalar(newer.limit(1)) is not None
