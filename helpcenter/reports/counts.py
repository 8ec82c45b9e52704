"""What the kept counts and episodes say about a scope: a few statements, however many days or episodes it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from helpcenter.core.db import db
from helpcenter.journeys.calendar import PROVISIONAL_DAYS
from helpcenter.journeys.deflection import DEFLECTED, INELIGIBLE, PENDING
from helpcenter.journeys.episode import LATE, DailyCount, EpisodeRow
from helpcenter.reports.figures import Counted
from helpcenter.reports.scope import Scope

MOST_ARTICLES = 10


@dataclass(frozen=True)
class DayCount:
    """How many episodes of a state and channel a day counts."""

    day: date
    counted: Counted


def daily(scope: Scope) -> list[DayCount]:
    """What each day counts, in the order of days."""
    rows = db.session.execute(
        select(DailyCount.day, DailyCount.state, DailyCount.channel, func.sum(DailyCount.episodes))
        .where(*scope.of_days())
        .group_by(DailyCount.day, DailyCount.state, DailyCount.channel)
        .order_by(DailyCount.day)
    )
    return [DayCount(day, Counted(state, channel, int(count))) for day, state, channel, count in rows]


def totals(scope: Scope) -> list[Counted]:
    """The same of all days together."""
    rows = db.session.execute(
        select(DailyCount.state, DailyCount.channel, func.sum(DailyCount.episodes))
        .where(*scope.of_days())
        .group_by(DailyCount.state, DailyCount.channel)
    )
    return [Counted(state, channel, int(count)) for state, channel, count in rows]


def waiting(scope: Scope) -> int:
    """How many episodes are not decided yet."""
    return _sum(select(func.sum(DailyCount.episodes)).where(DailyCount.state == PENDING, *scope.of_days()))


def visits(scope: Scope) -> int:
    """In how many visits somebody showed that a conversation was not needed: counted by themselves, not derived."""
    credited = select(func.count(EpisodeRow.visit_id.distinct()))
    return _sum(credited.where(EpisodeRow.counted_state.in_(DEFLECTED), *scope.of_episodes()))


def changed(scope: Scope) -> int:
    """How many episodes stand differently now than their frozen day says."""
    return _sum(select(func.count()).where(*since_publication(), *scope.of_episodes()))


def since_publication() -> list[Any]:
    """Episodes that stand differently than what their day counts: it was frozen before they came to that."""
    return [EpisodeRow.state != EpisodeRow.counted_state]


def provisional_from(scope: Scope, today: date) -> date | None:
    """The first day of the scope that may still change; None where all are frozen."""
    still_open = select(func.min(EpisodeRow.counted_day)).where(
        EpisodeRow.frozen_at.is_(None), EpisodeRow.counted_state != LATE, *scope.of_episodes()
    )
    found = [day for day in (db.session.scalar(still_open), today - timedelta(days=PROVISIONAL_DAYS)) if day]
    first = max(min(found), scope.range.first)
    return first if first <= scope.range.last else None


def credited_articles(scope: Scope) -> Mapping[int, int]:
    """The articles that deflected most and how many, the most first."""
    rows = db.session.execute(
        select(EpisodeRow.credited_subject_id, func.count().label("episodes"))
        .where(
            EpisodeRow.counted_state.in_(DEFLECTED),
            EpisodeRow.credited_kind == "article",
            EpisodeRow.credited_subject_id.is_not(None),
            *scope.of_episodes(),
        )
        .group_by(EpisodeRow.credited_subject_id)
        .order_by(func.count().desc(), EpisodeRow.credited_subject_id)
        .limit(MOST_ARTICLES)
    )
    return {int(article_id or 0): count for article_id, count in rows}


def is_anything_counted() -> bool:
    """Whether the site has an episode of anybody who counts."""
    counting = select(EpisodeRow.id).where(EpisodeRow.counted_state != INELIGIBLE)
    return db.session.scalar(counting.limit(1)) is not None


def _sum(statement: Any) -> int:
    return int(db.session.scalar(statement) or 0)
