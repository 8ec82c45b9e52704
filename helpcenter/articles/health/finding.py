"""What there is to mend: the one place that the page, the editor and `helpcenter content check` ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select

from helpcenter.articles.address import address
from helpcenter.articles.edition import Edition
from helpcenter.articles.health import company, links, pardon, quotes, shown_snippets, texts
from helpcenter.articles.health.kind import Kind
from helpcenter.articles.health.pardon import Pardon
from helpcenter.articles.health.scope import Scope
from helpcenter.core.db import db

STATEMENTS: Mapping[Kind, Callable[[Scope], Select[Any]]] = {
    Kind.LINKS: links.faulty,
    Kind.PICTURES: texts.missing_pictures,
    Kind.VIDEOS: texts.unshown_videos,
    Kind.SNIPPETS: shown_snippets.faulty,
    Kind.OUTSIDE: texts.unanswered,
    Kind.ALT: texts.wordless_pictures,
    Kind.HEADINGS: texts.skipping_headings,
    Kind.TITLES: company.same_titles,
    Kind.ORPHANS: company.unvisited,
}
"""How each kind is found: rows with `key`, `edition_id`, `line`, `what`, and what their sentence needs besides."""


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to. `is_pardoned`: what somebody found right as it is, instead of what is to mend."""

    language: str = ""
    is_pardoned: bool = False
    edition_id: int | None = None
    """One edition alone, with the newest words it has."""


@dataclass(frozen=True)
class Finding:
    """A thing to mend. `line` counts from 1 in the Markdown, 0 means the article as a whole.

    `key` orders the findings of a kind, `what` names this one within its article, and `about` holds what its sentence
    needs. `has_draft`: readers see other words than the editor's page shows.
    """

    kind: Kind
    key: int
    edition_id: int
    article_id: int
    locale: str
    slug: str
    title: str
    has_draft: bool
    line: int
    what: str
    about: Mapping[str, Any]
    pardon: Pardon | None = None

    @property
    def url(self) -> str:
        """Where readers meet it."""
        return address(self.article_id, self.slug, self.locale)


def count(kind: Kind, wanted: Wanted) -> int:
    """How many there are."""
    if kind == Kind.QUOTES:
        return len(_overtaken(wanted))
    statement, _columns = _narrowed(kind, wanted)
    return db.session.scalar(statement.with_only_columns(func.count())) or 0


def some(kind: Kind, wanted: Wanted, size: int | None, after: int = 0) -> list[Finding]:
    """Those with a key greater than `after`, in the order of their keys: at most so many, or all."""
    if kind == Kind.QUOTES:
        found = [one for one in _overtaken(wanted) if one.key > after]
        return found if size is None else found[:size]
    statement, own = _narrowed(kind, wanted)
    rows = db.session.execute(
        statement.with_only_columns(*own, *_EDITION, Pardon).where(own.key > after).order_by(own.key).limit(size)
    )
    return [_finding(kind, row._mapping, row.Pardon) for row in rows]


def every(wanted: Wanted, most: int | None = None) -> list[Finding]:
    """Those of every kind; of each at most so many."""
    return [one for kind in Kind for one in some(kind, wanted, most)]


_EDITION = (
    Edition.article_id,
    Edition.locale,
    Edition.slug,
    Edition.title,
    (Edition.latest_revision_id != Edition.published_revision_id).label("has_draft"),
)
_NAMED = frozenset(
    {"key", "edition_id", "line", "what", "article_id", "locale", "slug", "title", "has_draft", "Pardon"}
)


def _narrowed(kind: Kind, wanted: Wanted) -> tuple[Select[Any], Any]:
    found = STATEMENTS[kind](Scope(wanted.edition_id)).subquery()
    same = Pardon.edition_id == found.c.edition_id, Pardon.what == found.c.what, Pardon.kind == kind.value
    statement = (
        select(found)
        .select_from(found)
        .join(Edition, Edition.id == found.c.edition_id)
        .outerjoin(Pardon, and_(*same))
        .where(Pardon.id.is_not(None) if wanted.is_pardoned else Pardon.id.is_(None))
    )
    return (statement.where(Edition.locale == wanted.language) if wanted.language else statement), found.c


def _finding(kind: Kind, row: Mapping[Any, Any], pardoned: Pardon | None) -> Finding:
    own = {name: row[name] for name in _NAMED - {"Pardon", "has_draft"}}
    about = {name: value for name, value in row.items() if name not in _NAMED}
    return Finding(kind, **own, has_draft=bool(row["has_draft"]), about=about, pardon=pardoned)


def _overtaken(wanted: Wanted) -> list[Finding]:
    """The answers and their like: they come from other packages, so they are narrowed here."""
    article_ids: list[int] | None = None
    if wanted.edition_id is not None:
        article_ids = list(db.session.scalars(select(Edition.article_id).where(Edition.id == wanted.edition_id)))
    found = quotes.overtaken(article_ids)
    editions = _editions(sorted({one.edition_id for one in found}))
    pardons = pardon.of_kind(Kind.QUOTES)
    rows = []
    for place, one in enumerate(found, 1):
        edition, pardoned = editions[one.edition_id], pardons.get((one.edition_id, one.what))
        is_wanted = (pardoned is not None) == wanted.is_pardoned and wanted.language in ("", edition.locale)
        if is_wanted and wanted.edition_id in (None, edition.id):
            rows.append(_quoting(edition, one, place, pardoned))
    return rows


def _editions(ids: Sequence[int]) -> dict[int, Edition]:
    return {row.id: row for row in db.session.scalars(select(Edition).where(Edition.id.in_(ids)))}


def _quoting(edition: Edition, one: quotes.Overtaken, place: int, pardoned: Pardon | None) -> Finding:
    return Finding(
        Kind.QUOTES,
        place,
        edition.id,
        edition.article_id,
        edition.locale,
        edition.slug,
        edition.title,
        edition.latest_revision_id != edition.published_revision_id,
        0,
        one.what,
        {"name": one.quote.name, "url": one.quote.url, "action": one.quote.action, "changed_at": one.changed_at},
        pardoned,
    )
