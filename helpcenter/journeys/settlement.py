"""Brings the kept episodes up to date, a few hundred people a transaction; rebuilding is settling from the beginning.

Whoever did something since the last time is judged anew from then on, and so is everybody for whom a window closed or
a day froze. It can be killed at any moment: what is not finished is done again by the next run, with the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from sqlalchemy import delete, func, select, update

from helpcenter.core import clock, jobs, site
from helpcenter.core.db import begin_write, db, lock_row, unindexed
from helpcenter.journeys.act_source import acts_of
from helpcenter.journeys.calendar import Calendar
from helpcenter.journeys.cluster import Cluster, Ties, portions
from helpcenter.journeys.constants import DEFAULT
from helpcenter.journeys.daily import count_anew, count_everything
from helpcenter.journeys.episode import EpisodeRow, ReportingZone, Settling, TransitionRow
from helpcenter.journeys.event import EVENT, QUESTION, Event
from helpcenter.journeys.history import BEGINNING, History, replay
from helpcenter.journeys.kept_history import Kept
from helpcenter.journeys.visitor import VisitorRow

AT_ONCE = 200
"""How many clusters are written in one transaction."""
OVERLAP = timedelta(minutes=10)
"""An event may become visible this long after the time it carries: its transaction was open meanwhile."""
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
"""Before any event."""
Progress = Callable[[int], None]


class Overtaken(RuntimeError):
    """Another process settled meanwhile, so what was worked out here may be out of date."""


@dataclass(frozen=True)
class Settled:
    """Up to when, and how many clusters of people were looked at."""

    until: datetime
    clusters: int


def settle(progress: Progress | None = None) -> Settled:
    """Bring the episodes up to now. Commits. Raises Overtaken where another process does it at the same time."""
    state = _state()
    if state.settled_until is None or state.constants != DEFAULT.as_row():
        return rebuild(progress)
    since = state.settled_until - OVERLAP
    touched, anew = set(_touched(since)), frozenset(state.anew)
    ties = Ties.around(touched | anew)
    run = _Run(state.settled_until, since, progress)
    run.tell_anew(ties.clusters(anew))
    return run.over(ties.clusters(touched))


def rebuild(progress: Progress | None = None) -> Settled:
    """Make every episode anew from the events. Commits; reports keep what they had until it is replaced."""
    state = _state()
    if state.settled_until is not None:
        # Broken off, it is begun again by whoever settles next: days are counted at its end only.
        begin_write()
        state.settled_until, state.anew = None, []
        db.session.commit()
    return _Run(None, BEGINNING, progress).over(Ties.of_everybody().everybody())


def expected() -> int:
    """About how many people a rebuild looks at."""
    visitors = select(func.count()).select_from(VisitorRow)
    users = select(func.count(Event.user_id.distinct()))
    return int(db.session.scalar(visitors) or 0) + int(db.session.scalar(users) or 0)


def _state() -> Settling:
    """The row, made when it is missing, and the zone of today noted. Commits where something changed."""
    state = db.session.get(Settling, 1, populate_existing=True)
    zone = db.session.scalars(select(ReportingZone.name).order_by(ReportingZone.since.desc()).limit(1)).first()
    today = site.current().time_zone
    if state is not None and zone == today:
        return state
    begin_write()
    if state is None:
        state = db.session.merge(Settling(id=1, settled_until=None, constants=DEFAULT.as_row()))
    if zone != today:
        now = clock.now()
        db.session.add(ReportingZone(since=now if zone else ALWAYS, name=today))
        # A question that waits for an answer ends days ahead, and that day is one of the new zone.
        db.session.execute(update(EpisodeRow).where(EpisodeRow.ends_at >= now).values(next_at=now))
    db.session.commit()
    return state


def _calendar() -> Calendar:
    rows = db.session.execute(select(ReportingZone.since, ReportingZone.name))
    return Calendar.of([(since, name) for since, name in rows])


def _touched(since: datetime) -> Iterator[str | int]:
    """Visitors and users who did something, about whom something was said, or for whom time alone changes something."""
    recent = Event.recorded_at > since
    # Each once is up to the caller: SQLite would read every event ever rather than sort these.
    for visitor, user in db.session.execute(select(Event.visitor_id, Event.user_id).where(recent)):
        yield from _named(visitor, user)
    conversations = select(Event.subject_id).where(recent, unindexed(Event.subject_kind, "") == "conversation")
    writers = select(Event.visitor_id, Event.user_id).where(
        Event.kind == "contacted", Event.subject_kind == "conversation", Event.subject_id.in_(conversations)
    )
    for visitor, user in db.session.execute(writers):
        yield from _named(visitor, user)
    about = select(QUESTION).where(QUESTION.is_not(None), EVENT.c.recorded_at > since)
    questions = set(db.session.scalars(about))
    for some in portions(questions):
        asked = select(Event.visitor_id, Event.user_id).where(
            Event.kind == "asked", Event.subject_kind == "question", Event.subject_id.in_(some)
        )
        for visitor, user in db.session.execute(asked):
            yield from _named(visitor, user)
    due = select(EpisodeRow.visitor_id, EpisodeRow.user_id).where(EpisodeRow.next_at <= clock.now())
    for visitor, user in db.session.execute(due):
        yield from _named(visitor, user)


def _named(visitor: str | None, user: int | None) -> Iterator[str | int]:
    if visitor is not None:
        yield visitor
    if user is not None:
        yield user


class _Run:
    """One run: until when, from when on, and where the last one had come."""

    def __init__(self, settled_until: datetime | None, since: datetime, progress: Progress | None) -> None:
        self._until = clock.now()
        self._settled_until, self._since = settled_until, since
        self._calendar = _calendar()
        self._progress = progress or (lambda _count: None)

    @property
    def _is_rebuild(self) -> bool:
        return self._since == BEGINNING

    def over(self, clusters: Iterable[Cluster]) -> Settled:
        count = 0
        for some in _pieces(clusters):
            self._settle(some)
            count += len(some)
            self._progress(len(some))
            if jobs.stop_asked():
                return Settled(self._settled_until or BEGINNING, count)
        begin_write()
        self._hold()
        if self._is_rebuild:
            _forget_orphans()
            count_everything()
        row = db.session.get_one(Settling, 1)
        row.settled_until, row.constants = self._until, DEFAULT.as_row()
        db.session.commit()
        return Settled(self._until, count)

    def tell_anew(self, clusters: Iterable[Cluster]) -> None:
        """Tell the history of these from its beginning, which somebody who was erased was a part of."""
        for some in _pieces(clusters):
            begin_write()
            # Held while it is read: who is erased meanwhile would be a part of it once more.
            self._hold()
            kept, histories = self._told(some, BEGINNING)
            count_anew(kept.replace_by(histories, self._calendar, BEGINNING))
            row = db.session.get_one(Settling, 1)
            done = {name for one in some for name in (*one.visitors, *one.users)}
            row.anew = [name for name in row.anew if name not in done]
            db.session.commit()
            db.session.expunge_all()

    def _hold(self) -> None:
        """Let nobody else write episodes until the commit, and stop where somebody already has."""
        row: Settling | None = lock_row(
            select(Settling).where(Settling.id == 1).execution_options(populate_existing=True)
        )
        if row is None or row.settled_until != self._settled_until:
            db.session.rollback()
            raise Overtaken("another process settled meanwhile; run it again")

    def _settle(self, clusters: list[Cluster]) -> None:
        kept, histories = self._told(clusters, self._since)
        begin_write()
        self._hold()
        changed = kept.replace_by(histories, self._calendar, self._since)
        if not self._is_rebuild:
            count_anew(changed)
        db.session.commit()
        # What was read stays in the session otherwise, and a rebuild reads everything.
        db.session.expunge_all()

    def _told(self, clusters: list[Cluster], since: datetime) -> tuple[Kept, list[History]]:
        kept = Kept.of(clusters, since)
        histories = [
            replay(acts, self._until, self._calendar, since=since, published=kept.published, only=one.people)
            for one, acts in zip(clusters, acts_of(clusters), strict=True)
        ]
        return kept, histories


def _pieces(clusters: Iterable[Cluster]) -> Iterator[list[Cluster]]:
    waiting = iter(clusters)
    while some := list(islice(waiting, AT_ONCE)):
        yield some


def _forget_orphans() -> None:
    """Take away episodes whose events are gone, such as those of an erased person. To be called after begin_write()."""
    for row in (TransitionRow.episode_id, EpisodeRow.id):
        db.session.execute(delete(row.class_).where(row.not_in(select(Event.id))))
