"""The episodes behind a figure: exactly those it counts, as its link says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select

from helpcenter.core.db import db
from helpcenter.core.paging import Page, page_of
from helpcenter.core.row_id import row_id_or_none
from helpcenter.journeys.channel import CHANNELS
from helpcenter.journeys.cluster import portions
from helpcenter.journeys.episode import EpisodeRow
from helpcenter.journeys.identity import Identities
from helpcenter.reports.counts import since_publication
from helpcenter.reports.figures import SETS
from helpcenter.reports.leakage import last_reads
from helpcenter.reports.scope import Scope

PAGE_ROWS = 30


@dataclass(frozen=True)
class Wanted:
    """`state` is one of SETS or '' for all; `article` is the credited one, `left` the one read last before a contact.

    `is_changed`: only those that stand differently than what their frozen day counts.
    """

    scope: Scope
    state: str = ""
    channel: str = ""
    article: int | None = None
    left: int | None = None
    is_changed: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, str], today: date) -> Wanted:
        """What an address asks for; what makes no sense is left out."""
        state, channel = asked.get("state", ""), asked.get("channel", "")
        return cls(
            Scope.of(asked, today),
            state if state in SETS else "",
            channel if channel in CHANNELS else "",
            row_id_or_none(asked.get("article", "")),
            row_id_or_none(asked.get("left", "")),
            asked.get("changed") == "1",
        )

    def as_query(self) -> dict[str, Any]:
        """The same for an address, with its days as dates: it goes on leading to what it leads to today."""
        given: dict[str, Any] = {
            "state": self.state,
            "channel": self.channel,
            "article": self.article,
            "left": self.left,
            "changed": int(self.is_changed),
        }
        named = {name: value for name, value in given.items() if value}
        return {**named, **self.scope.range.as_dates(), **self.scope.narrowing()}

    def where(self) -> list[ColumnElement[bool]]:
        """Which episodes these are."""
        if self.left:
            # Whoever wrote did so within these days; which day counts their episode is another matter.
            ids = [one.episode_id for one in last_reads(self.scope, Identities.known()) if one.article_id == self.left]
            return [or_(false(), *(EpisodeRow.id.in_(some) for some in portions(ids)))]
        found = self.scope.of_episodes()
        if self.state:
            found.append(EpisodeRow.counted_state.in_(SETS[self.state]))
        if self.channel:
            found.append(EpisodeRow.counted_channel == self.channel)
        if self.article:
            found += [EpisodeRow.credited_kind == "article", EpisodeRow.credited_subject_id == self.article]
        if self.is_changed:
            found += since_publication()
        return found


@dataclass(frozen=True)
class Listed:
    """A page of them, and how many there are in all."""

    page: Page[EpisodeRow]
    count: int


def listed(wanted: Wanted, after: int | None) -> Listed:
    """The newest first: an episode has the number of the event that opened it."""
    where = wanted.where()
    count = db.session.scalar(select(func.count()).select_from(EpisodeRow).where(*where))
    return Listed(page_of(select(EpisodeRow).where(*where), EpisodeRow.id, after, PAGE_ROWS), int(count or 0))
