"""What stands behind a figure that no episode holds: exactly what it counts, as its link says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select

from helpcenter.core.db import db
from helpcenter.core.row_id import row_id_or_none
from helpcenter.journeys.constants import DEFAULT
from helpcenter.journeys.episode import EpisodeRow
from helpcenter.journeys.identity import Identities
from helpcenter.journeys.person import Person
from helpcenter.reports import beyond
from helpcenter.reports.beyond import listed
from helpcenter.reports.leakage import readers_of
from helpcenter.reports.scope import Scope

PAGE_ROWS = 30
PARTS: Mapping[str, tuple[str, ...]] = {**beyond.PARTS, "readers": ("", "wrote")}
OF_ARTICLES = ("votes", "readers")


@dataclass(frozen=True)
class Behind:
    """`kind` and `part` are those of PARTS; `article` is what votes or readers are about, None for the votes on all."""

    kind: str
    scope: Scope
    part: str = ""
    article: int | None = None

    @classmethod
    def of(cls, kind: str, asked: Mapping[str, str], today: date) -> Behind:
        """What an address asks for; what makes no sense is left out."""
        part = asked.get("part", "")
        article = row_id_or_none(asked.get("article", "")) if kind in OF_ARTICLES else None
        return cls(kind, Scope.of(asked, today), part if part in PARTS[kind] else "", article)

    def as_query(self) -> dict[str, Any]:
        """The same for an address, with its days as dates: it goes on leading to what it leads to today."""
        given: dict[str, Any] = {"part": self.part, "article": self.article}
        named = {name: value for name, value in given.items() if value}
        return {**named, **self.scope.range.as_dates(), **self.scope.narrowing()}

    def items(self, who: Identities) -> list[Any]:
        """All of them, the newest first."""
        return sorted((one for one in self._all(who) if one.is_in(self.part)), key=lambda one: -one.id)

    def _all(self, who: Identities) -> Sequence[Any]:
        if self.kind == "readers":
            return readers_of(self.article, self.scope, who) if self.article else ()
        found = listed(self.kind, self.scope, who)
        return [one for one in found if one.article_id == self.article] if self.article else found


@dataclass(frozen=True)
class Part:
    """A page of them, how many there are in all, and the key the next page starts after."""

    items: Sequence[Any]
    count: int
    next_after: int | None


def page(items: Sequence[Any], after: int | None) -> Part:
    """The items with an id lower than `after`."""
    rest = [one for one in items if after is None or one.id < after]
    shown = rest[:PAGE_ROWS]
    return Part(shown, len(items), shown[-1].id if len(rest) > PAGE_ROWS else None)


def episodes_of(items: Sequence[Any]) -> Mapping[int, int]:
    """The episode that holds each of a few acts, by the id of the act; one statement. Those of nobody have none."""
    names = [one.person for one in items if one.person]
    if not names:
        return {}
    begin = min(one.at for one in items) - DEFAULT.episode_span
    rows = db.session.execute(
        select(EpisodeRow.id, EpisodeRow.visitor_id, EpisodeRow.user_id, EpisodeRow.opened_at)
        .where(
            or_(
                EpisodeRow.visitor_id.in_([one.name for one in names if not one.is_user]),
                EpisodeRow.user_id.in_([one.name for one in names if one.is_user]),
            ),
            EpisodeRow.opened_at > begin,
            EpisodeRow.opened_at <= max(one.at for one in items),
        )
        .order_by(EpisodeRow.opened_at)
    ).all()
    found: dict[int, int] = {}
    for row in rows:
        person = Person(row.visitor_id, is_user=False) if row.user_id is None else Person(row.user_id, is_user=True)
        for one in items:
            if one.person == person and timedelta(0) <= one.at - row.opened_at < DEFAULT.episode_span:
                found[one.id] = row.id
    return found
