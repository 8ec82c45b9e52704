"""The part of the kept episodes that some people have, and its exchange for a newer one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select

from helpcenter.core.db import db, lock_row
from helpcenter.journeys.act import Act
from helpcenter.journeys.calendar import Calendar
from helpcenter.journeys.cluster import Cluster, portions
from helpcenter.journeys.constants import RULE_VERSION
from helpcenter.journeys.daily import count_anew
from helpcenter.journeys.episode import GONE, LATE, EpisodeRow, Settling, TransitionRow
from helpcenter.journeys.erasure import Traces
from helpcenter.journeys.event import Event
from helpcenter.journeys.history import BEGINNING, DIRECT, EPISODE, NO_EPISODE, History, Key, Published, Standing

Row = dict[str, Any]


def forget(traces: Traces) -> None:
    """Take the episodes of an erased person out of everything that counts them. To be called after begin_write().

    What is told of people who are tied to them may rest on who they were; it is told anew by whoever settles next.
    """
    settling: Settling | None = lock_row(select(Settling).where(Settling.id == 1))
    if settling is not None and traces.tied:
        settling.anew = sorted({*settling.anew, *traces.tied}, key=str)
    theirs: set[int] = set()
    changed: set[date] = set()
    for column, names in (
        (EpisodeRow.visitor_id, traces.visitor_ids),
        (EpisodeRow.user_id, traces.user_ids),
        (EpisodeRow.id, traces.event_ids),
    ):
        for some in portions(list(names)):
            for id_, day in db.session.execute(select(EpisodeRow.id, EpisodeRow.counted_day).where(column.in_(some))):
                theirs.add(id_)
                changed.add(day)
    # What was joined to another has no row any more, but how it came to that is still told.
    for ids in portions(theirs | traces.event_ids):
        db.session.execute(delete(EpisodeRow).where(EpisodeRow.id.in_(ids)))
        db.session.execute(delete(TransitionRow).where(TransitionRow.episode_id.in_(ids)))
    count_anew(changed)


class Kept:
    """Rows by id, of some people, as they were read; `published` is what was frozen by `since`."""

    def __init__(self, rows: dict[int, Row], since: datetime) -> None:
        self._rows = rows
        self.published: dict[Key, Published] = {
            _key(row): Published(
                row["frozen_at"],
                row["counted_day"],
                row["counted_state"],
                row["counted_channel"],
                row["locale"],
                row["topic_id"],
                f"{row['credited_kind']}:{row['credited_subject_id']}" if row["credited_kind"] else None,
                row["visit_id"],
            )
            for row in rows.values()
            if row["frozen_at"] is not None and row["frozen_at"] <= since
        }

    @classmethod
    def of(cls, clusters: Iterable[Cluster], since: datetime) -> Kept:
        """What is kept of these people."""
        known = list(clusters)
        table = EpisodeRow.__table__
        rows: dict[int, Row] = {}
        for column, names in (
            (table.c.visitor_id, {name for one in known for name in one.visitors}),
            (table.c.user_id, {name for one in known for name in one.users}),
        ):
            for some in portions(names):
                found = db.session.execute(select(table).where(column.in_(some))).mappings()
                rows.update({row["id"]: dict(row) for row in found})
        return cls(rows, since)

    def replace_by(self, histories: Sequence[History], calendar: Calendar, since: datetime) -> set[date]:
        """Write what these histories say instead; the days whose counts change. To be called after begin_write()."""
        wanted = {row["id"]: row for history in histories for row in _rows(history, calendar)}
        if since > BEGINNING:
            # What was gone before this piece of history began is not told in it.
            wanted |= {id_: row for id_, row in self._rows.items() if row["state"] == GONE and id_ not in wanted}
        there = _still_there(wanted)
        wanted = {id_: row for id_, row in wanted.items() if id_ in there}
        changed = [row for id_, row in wanted.items() if self._rows.get(id_) != row]
        gone = [id_ for id_ in self._rows if id_ not in wanted or self._rows[id_] != wanted[id_]]
        for some in portions({*gone, *(row["id"] for row in changed)}):
            db.session.execute(delete(EpisodeRow).where(EpisodeRow.id.in_(some)))
        if changed:
            db.session.execute(insert(EpisodeRow), changed)
        self._write_transitions(histories, since, {*wanted, *self._rows})
        return {row["counted_day"] for row in changed} | {self._rows[id_]["counted_day"] for id_ in gone}

    def _write_transitions(self, histories: Sequence[History], since: datetime, ids: set[int]) -> None:
        told: list[Row] = [
            {
                "episode_id": one.key[1],
                "at": one.at,
                "from_state": one.before,
                "to_state": one.after,
                "rule": one.rule,
                "because_id": one.because,
                "rule_version": RULE_VERSION,
            }
            for history in histories
            for one in history.transitions
        ]
        for some in portions(ids | {one["episode_id"] for one in told}):
            db.session.execute(
                delete(TransitionRow).where(TransitionRow.episode_id.in_(some), TransitionRow.at > since)
            )
        there = _still_there({one["episode_id"] for one in told})
        if kept := [one for one in told if one["episode_id"] in there]:
            db.session.execute(insert(TransitionRow), kept)


def _key(row: Row) -> Key:
    return (DIRECT if row["rule"] == NO_EPISODE else EPISODE, row["id"])


def _still_there(ids: Collection[int]) -> set[int]:
    """Those whose event there still is: the person of the others was erased since it was read."""
    there: set[int] = set()
    for some in portions(ids):
        there.update(db.session.scalars(select(Event.id).where(Event.id.in_(some))))
    return there


def _rows(history: History, calendar: Calendar) -> Iterable[Row]:
    for key, one in history.standing.items():
        yield _row(one, history, calendar) | {"next_at": history.next_at.get(key)}
    for one in history.gone.values():
        yield _row(one, history, calendar) | {"state": GONE}


def _row(one: Standing, history: History, calendar: Calendar) -> Row:
    outcome, published, episode = one.outcome, history.published.get(one.key), one.episode
    is_late = one.key in history.late
    opened_by: Act = episode.opened_by if episode else one.contact  # type: ignore[assignment]
    credited = episode.credited if episode else None
    kind, _colon, number = ((published or outcome).credited or "").partition(":")
    return {
        "id": opened_by.id,
        "visitor_id": None if one.person.is_user else one.person.name,
        "user_id": one.person.name if one.person.is_user else None,
        "opened_at": opened_by.at,
        "ends_at": outcome.ends_at,
        "state": outcome.state,
        "tier": episode.tier if episode else None,
        "rule": outcome.rule,
        "because_id": outcome.because,
        "credited_id": credited.id if credited else None,
        "credited_kind": kind or None,
        "credited_subject_id": int(number) if number else None,
        "visit_id": (published or outcome).visit,
        "channel": outcome.channel,
        "entry_channel": episode.entry_channel if episode else None,
        "assists": list(episode.assists) if episode else [],
        "locale": published.locale if published else outcome.locale,
        "topic_id": published.topic if published else outcome.topic,
        "counted_day": published.day if published else calendar.day(outcome.ends_at),
        "counted_state": published.state if published else LATE if is_late else outcome.state,
        "counted_channel": published.channel if published else None if is_late else outcome.channel,
        "frozen_at": published.at if published else None,
        "next_at": None,
        "rule_version": RULE_VERSION,
    }
