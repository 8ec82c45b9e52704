"""How much of what people read there is in each language, and what to translate next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.readers import readers_lately
from helpcenter.core import site
from helpcenter.core.db import db
from helpcenter.core.locale import LANGUAGES

MOST_SHOWN = 50


@dataclass(frozen=True)
class Language:
    """`covered` of `readers` read articles that are there and up to date; the rest counts articles."""

    code: str
    endonym: str
    readers: int
    covered: int
    current: int
    outdated: int
    missing: int

    @property
    def share(self) -> float | None:
        """The part that is covered, from 0 to 1; None without a reader."""
        return self.covered / self.readers if self.readers else None


@dataclass(frozen=True)
class Wanted:
    """An article that lacks a language, or is behind in it: 'missing', 'draft', 'medium' or 'major'."""

    article_id: int
    title: str
    title_locale: str
    state: str
    readers: int


@dataclass(frozen=True)
class Coverage:
    """Every language of the site, and for one of them what is wanted, the most read first."""

    languages: Sequence[Language]
    wanted: Sequence[Wanted]
    more: int
    """How many are wanted besides those that are shown."""


class Held(NamedTuple):
    """An edition, as far as it matters here."""

    locale: str
    title: str
    status: str
    behind: str

    @property
    def is_published(self) -> bool:
        """Whether readers see it."""
        return self.status == Status.PUBLISHED


def coverage(language: str) -> Coverage:
    """As it is now. Every article counts that readers have in some language. Two statements."""
    columns = Edition.article_id, Edition.locale, Edition.title, Edition.status, Edition.behind
    editions = db.session.execute(
        select(*columns).where(Edition.status != Status.ARCHIVED).order_by(Edition.article_id, Edition.id)
    )
    by_article: dict[int, dict[str, Held]] = {}
    for article_id, *held in editions:
        by_article.setdefault(article_id, {})[held[0]] = Held(*held)
    public = {one: held for one, held in by_article.items() if any(e.is_published for e in held.values())}
    readers = readers_lately()
    wanted = [
        Wanted(one, first.title, first.locale, state, readers.get(one, 0))
        for one, held in public.items()
        if (state := _state(held.get(language))) and (first := next(e for e in held.values() if e.is_published))
    ]
    wanted.sort(key=lambda row: (-row.readers, row.title))
    languages = [_language(code, public, readers) for code in site.current().locales]
    return Coverage(languages, wanted[:MOST_SHOWN], max(0, len(wanted) - MOST_SHOWN))


def _language(code: str, public: Mapping[int, Mapping[str, Held]], readers: Mapping[int, int]) -> Language:
    states = {one: _state(held.get(code)) for one, held in public.items()}
    return Language(
        code,
        LANGUAGES[code].endonym,
        sum(readers.get(one, 0) for one in public),
        sum(readers.get(one, 0) for one, state in states.items() if not state),
        sum(1 for state in states.values() if not state),
        sum(1 for state in states.values() if state in ("medium", "major")),
        sum(1 for state in states.values() if state in ("missing", "draft")),
    )


def _state(edition: Held | None) -> str:
    """What is wanting; '' where readers have it and it is up to date."""
    if edition is None:
        return "missing"
    return edition.behind if edition.is_published else "draft"
