"""Episodes as they are kept: what a report counts, and where everything it counts can be opened."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Model
from helpcenter.journeys.event import Id

GONE = "gone"
"""Joined to another episode, or no contact after all; kept only where a frozen day had counted it."""

LATE = "late"
"""What a day counts of an episode that came to belong to it when it was frozen already: nothing."""


class EpisodeRow(Model):
    """One would-be conversation, under the id of the event that opened it.

    A contact that no episode needed stands here too, as `direct` under its own id: it is demand, and no episode.
    `state`, `channel`, `credited_id` and `ends_at` are as they stand now. What its day counts are `counted_*`,
    `locale`, `topic_id`, what the credited evidence is about, and its `visit_id`; once the day is frozen, at
    `frozen_at`, they no longer change. `next_at` is when time alone will change it.
    """

    __tablename__ = "episode"
    __table_args__ = (
        Index("ix_episode_counted", "counted_day", "counted_state"),
        Index("ix_episode_credited", "credited_kind", "credited_subject_id"),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    visitor_id: Mapped[str | None] = mapped_column(String(32), index=True)
    user_id: Mapped[int | None] = mapped_column(index=True)
    opened_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20))
    tier: Mapped[str | None] = mapped_column(String(20))
    rule: Mapped[str] = mapped_column(String(40))
    because_id: Mapped[int] = mapped_column(Id)
    credited_id: Mapped[int | None] = mapped_column(Id)
    credited_kind: Mapped[str | None] = mapped_column(String(20))
    credited_subject_id: Mapped[int | None]
    visit_id: Mapped[str | None] = mapped_column(String(16))
    channel: Mapped[str | None] = mapped_column(String(30))
    entry_channel: Mapped[str | None] = mapped_column(String(30))
    assists: Mapped[list[Any]] = mapped_column(JSON)
    locale: Mapped[str] = mapped_column(String(8))
    topic_id: Mapped[int | None]
    counted_day: Mapped[date] = mapped_column(Date)
    counted_state: Mapped[str] = mapped_column(String(20))
    counted_channel: Mapped[str | None] = mapped_column(String(30))
    frozen_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    rule_version: Mapped[int]


class TransitionRow(Model):
    """One change of state. `from_state` is None where the episode began, `to_state` where it is gone."""

    __tablename__ = "transition"
    episode_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str | None] = mapped_column(String(20))
    rule: Mapped[str | None] = mapped_column(String(40))
    because_id: Mapped[int | None] = mapped_column(Id)
    rule_version: Mapped[int]


class DailyCount(Model):
    """How many episodes a day of the site counts, by everything a report can be narrowed by.

    `channel` is '' and `topic_id` 0 where there is none: these columns are the key.
    """

    __tablename__ = "daily_count"
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    state: Mapped[str] = mapped_column(String(20), primary_key=True)
    channel: Mapped[str] = mapped_column(String(30), primary_key=True)
    locale: Mapped[str] = mapped_column(String(8), primary_key=True)
    topic_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    episodes: Mapped[int]


class ReportingZone(Model):
    """The time zone whose days are counted, and since when: a site that moves keeps the days it has published."""

    __tablename__ = "reporting_zone"
    since: Mapped[datetime] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))


class Settling(Model):
    """How far the episodes are brought up to date, and by which rules; one row.

    `constants` are the numbers the rules rest on, in seconds. Where they differ from today's, everything is made anew.
    `anew` names visitors and users whose history is to be told from its beginning once more.
    """

    __tablename__ = "settling"
    id: Mapped[int] = mapped_column(primary_key=True)
    settled_until: Mapped[datetime | None]
    constants: Mapped[dict[str, Any]] = mapped_column(JSON)
    anew: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
