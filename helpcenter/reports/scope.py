"""What a report is about: some days, a language, a topic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement

from helpcenter.core import site
from helpcenter.core.row_id import row_id_or_none
from helpcenter.journeys.constants import DEFAULT
from helpcenter.journeys.episode import DailyCount, EpisodeRow
from helpcenter.reports.range import Range
from helpcenter.topics.tree import tree


@dataclass(frozen=True)
class Scope:
    """`locale` '' is every language, `topic_id` None every topic; a topic is a root one."""

    range: Range
    locale: str = ""
    topic_id: int | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str], today: date) -> Scope:
        """The scope of an address: what Range reads, `locale` and `topic`. What makes no sense is left out."""
        locale = asked.get("locale", "")
        topic = tree().nodes.get(row_id_or_none(asked.get("topic", "")) or 0)
        return cls(
            Range.of(asked, today),
            locale if locale in site.current().locales else "",
            topic.root_id if topic else None,
        )

    @property
    def before(self) -> Scope:
        """The same of the days before."""
        return replace(self, range=self.range.before)

    def on(self, first: date, last: date) -> Scope:
        """The same of these days."""
        return replace(self, range=Range(first, last))

    def awaiting(self, today: date) -> Scope:
        """The same with the days ahead: what is not settled yet may be counted on a later day."""
        if self.range.last < today:
            return self
        return self.on(self.range.first, self.range.last + DEFAULT.answer_window)

    @property
    def is_narrowed(self) -> bool:
        """Whether it is about a part of the site only."""
        return bool(self.locale or self.topic_id)

    def narrowing(self) -> dict[str, Any]:
        """Language and topic for an address."""
        given: dict[str, Any] = {"locale": self.locale, "topic": self.topic_id}
        return {name: value for name, value in given.items() if value}

    def as_query(self) -> dict[str, Any]:
        """The whole for an address."""
        return {**self.range.as_query(), **self.narrowing()}

    def of_days(self) -> list[ColumnElement[bool]]:
        """The daily counts of this scope."""
        return self._where(DailyCount.day, DailyCount.locale, DailyCount.topic_id)

    def of_episodes(self) -> list[ColumnElement[bool]]:
        """The episodes that those count."""
        return self._where(EpisodeRow.counted_day, EpisodeRow.locale, EpisodeRow.topic_id)

    def _where(self, day: Any, locale: Any, topic_id: Any) -> list[ColumnElement[bool]]:
        found = [day.between(self.range.first, self.range.last)]
        if self.locale:
            found.append(locale == self.locale)
        if self.topic_id:
            found.append(topic_id == self.topic_id)
        return found
