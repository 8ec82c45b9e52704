"""Who may use the routes of the report."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from helpcenter.core.db import db
from helpcenter.journeys import settlement
from helpcenter.journeys.episode import EpisodeRow
from helpcenter.reports import stop_token
from tests.cast import Cast
from tests.house.access import Route, everyone, only
from tests.journeys.acts import act, someone

STAFF = ("editor", "agent", "admin")


def an_episode(_cast: Cast) -> dict[str, Any]:
    if db.session.scalar(select(EpisodeRow.id)) is None:
        act("searched", someone(), detail={"results": 1})
        settlement.settle()
    return {"episode_id": db.session.scalar(select(EpisodeRow.id))}


def a_letter(cast: Cast) -> dict[str, Any]:
    return {"secret": stop_token.make(cast.id_of("sam"))}


ROUTES: dict[str, Route] = {
    "reports.index": only(*STAFF),
    "reports.index_days": only(*STAFF),
    "reports.index_episodes": only(*STAFF),
    "reports.index_searches": only(*STAFF),
    "reports.index_forms": only(*STAFF),
    "reports.index_votes": only(*STAFF),
    "reports.index_readers": only(*STAFF),
    "reports.index_conversations": only(*STAFF),
    "reports.show_weekly": everyone(args=a_letter),
    "reports.destroy_weekly": everyone(args=a_letter),
    "reports.show_episode": only(*STAFF, args=an_episode),
}
