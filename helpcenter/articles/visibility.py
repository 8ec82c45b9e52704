"""The gate: which articles a viewer may read. No view asks the database around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import BindParameter, ColumnElement, Select, Table, and_, bindparam, case, exists, or_, select

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.address import address
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.rendering import Rendering
from helpcenter.articles.revision import Revision
from helpcenter.core import site
from helpcenter.core.db import db
from helpcenter.core.refusals import Gone, NotFound
from helpcenter.topics.audience import seen_by
from helpcenter.topics.visibility import is_visible


@dataclass(frozen=True)
class Reading:
    """A published edition as one reads it: one row of one query."""

    article_id: int
    edition_id: int
    revision_id: int
    topic_id: int
    locale: str
    slug: str
    title: str
    summary: str
    html: str
    headings: Sequence[dict[str, Any]]
    reading_seconds: int
    updated_at: datetime
    published_at: datetime
    verified_at: datetime | None
    author_id: int | None
    body: str
    origin_kind: str | None
    origin_id: int | None
    behind: str
    slugs: Mapping[str, str]
    """The slug of each language it can be read in."""


@dataclass(frozen=True)
class Listed:
    """A published edition as lists show it."""

    article_id: int
    edition_id: int
    topic_id: int
    locale: str
    slug: str
    title: str
    summary: str
    reading_seconds: int
    updated_at: datetime
    position: int


_ARTICLE, _EDITION, _REVISION, _RENDERING = (
    cast(Table, model.__table__) for model in (Article, Edition, Revision, Rendering)
)
_AUDIENCES: BindParameter[Any] = bindparam("audiences", expanding=True)


def is_open(audiences: Any) -> ColumnElement[bool]:
    """Whether an article and its topic are for one of these audiences, a collection or a parameter that expands."""
    return and_(_ARTICLE.c.audience.in_(audiences), is_visible(_ARTICLE.c.topic_id, audiences))


def _published(*columns: Any) -> Select[Any]:
    # Statements are made once and run with the viewer's words: making one costs as much as running it thrice.
    return (
        select(*columns)
        .select_from(_EDITION)
        .join(_ARTICLE, _ARTICLE.c.id == _EDITION.c.article_id)
        .join(_REVISION, _REVISION.c.id == _EDITION.c.published_revision_id)
        .join(_RENDERING, _RENDERING.c.revision_id == _EDITION.c.published_revision_id)
        .where(
            _EDITION.c.status == Status.PUBLISHED,
            is_open(_AUDIENCES),
        )
    )


def _words_of(viewer: Viewer) -> dict[str, Any]:
    return {"audiences": list(seen_by(viewer))}


_READABLE = _published(
    _ARTICLE.c.id.label("article_id"),
    _EDITION.c.id.label("edition_id"),
    _REVISION.c.id.label("revision_id"),
    _ARTICLE.c.topic_id,
    _EDITION.c.locale,
    _EDITION.c.slug,
    _EDITION.c.title,
    _EDITION.c.summary,
    _RENDERING.c.html,
    _RENDERING.c.headings,
    _RENDERING.c.reading_seconds,
    _EDITION.c.updated_at,
    _EDITION.c.published_at,
    _EDITION.c.verified_at,
    _REVISION.c.author_id,
    _REVISION.c.body,
    _ARTICLE.c.origin_kind,
    _ARTICLE.c.origin_id,
    _EDITION.c.behind,
).where(_ARTICLE.c.id == bindparam("article"))


@cache
def _list(*, of_topics: bool, of_articles: bool) -> Select[Any]:
    statement = _published(
        _ARTICLE.c.id,
        _EDITION.c.id,
        _ARTICLE.c.topic_id,
        _EDITION.c.locale,
        _EDITION.c.slug,
        _EDITION.c.title,
        _EDITION.c.summary,
        _RENDERING.c.reading_seconds,
        _EDITION.c.updated_at,
        _ARTICLE.c.position,
    ).order_by(_ARTICLE.c.position, _ARTICLE.c.id, _EDITION.c.locale)
    if of_topics:
        statement = statement.where(_ARTICLE.c.topic_id.in_(bindparam("topics", expanding=True)))
    if of_articles:
        statement = statement.where(_ARTICLE.c.id.in_(bindparam("articles", expanding=True)))
    return statement


def readable(article_id: int, locale: str, viewer: Viewer) -> Reading:
    """What the viewer reads at this address: the edition in this language, else the site's, else any.

    Raises Gone when it was published and taken away, NotFound for anything else the viewer may not see.
    """
    rows = db.session.execute(_READABLE, {**_words_of(viewer), "article": article_id}).all()
    slugs = {row.locale: row.slug for row in rows}
    found = {row.locale: Reading(**row._mapping, slugs=slugs) for row in rows}
    if locale not in found:
        _refuse_what_was_replaced(article_id, locale, viewer, is_elsewhere=bool(found))
    for code in (locale, *site.current().locales, *found):
        if code in found:
            return found[code]
    raise NotFound


def _refuse_what_was_replaced(article_id: int, locale: str, viewer: Viewer, *, is_elsewhere: bool) -> None:
    """Raises Gone for what was taken away. Where it can be read in another language, only if something replaces it."""
    statement = (
        select(Edition.title, Article.successor_id)
        .join(Article, Article.id == Edition.article_id)
        .where(
            Article.id == article_id,
            Edition.status == Status.ARCHIVED,
            Edition.published_revision_id.is_not(None),
            is_open(seen_by(viewer)),
        )
        .order_by(Edition.locale != locale)
    )
    if is_elsewhere:
        statement = statement.where(Edition.locale == locale)
    archived = db.session.execute(statement).first()
    if archived is None:
        return
    successor = listed(viewer, locale, article_ids=[archived.successor_id]) if archived.successor_id else []
    if successor or not is_elsewhere:
        raise Gone(archived.title, url(successor[0]) if successor else None)


def listed(
    viewer: Viewer,
    locale: str | None,
    *,
    topic_ids: Iterable[int] | None = None,
    article_ids: Iterable[int] | None = None,
) -> list[Listed]:
    """Published articles the viewer may see, one edition each: in `locale`, else in the site's language, else in any.

    Without `locale`, every edition. In the order of the topic: position, then id.
    """
    statement, given = _list(of_topics=topic_ids is not None, of_articles=article_ids is not None), _words_of(viewer)
    if topic_ids is not None:
        given["topics"] = list(topic_ids)
    if article_ids is not None:
        given["articles"] = list(article_ids)
    rows = [Listed(*row) for row in db.session.execute(statement, given)]
    return rows if locale is None else _one_each(rows, locale)


def newest(viewer: Viewer, locale: str, most: int, *, topic_ids: Iterable[int] | None = None) -> list[Listed]:
    """Of what listed() gives in `locale` so many that were updated last, the newest first."""
    other = _EDITION.alias("other")
    order = {code: place for place, code in enumerate(_preferred(locale))}
    this, that = (case(order, value=table.c.locale, else_=len(order)) for table in (_EDITION, other))
    is_preferred_to = or_(that < this, and_(that == this, other.c.locale < _EDITION.c.locale))
    in_another = exists().where(
        other.c.article_id == _ARTICLE.c.id, other.c.status == Status.PUBLISHED, is_preferred_to
    )
    statement = _list(of_topics=topic_ids is not None, of_articles=False).where(~in_another)
    statement = statement.order_by(None).order_by(_EDITION.c.updated_at.desc(), _ARTICLE.c.id.desc()).limit(most)
    given = _words_of(viewer) if topic_ids is None else {**_words_of(viewer), "topics": list(topic_ids)}
    return [Listed(*row) for row in db.session.execute(statement, given)]


def _one_each(rows: Iterable[Listed], locale: str) -> list[Listed]:
    order = _preferred(locale)

    def preference(row: Listed) -> int:
        return order.index(row.locale) if row.locale in order else len(order)

    best: dict[int, Listed] = {}
    for row in rows:
        held = best.get(row.article_id)
        if held is None or preference(row) < preference(held):
            best[row.article_id] = row
    return list(best.values())


def _preferred(locale: str) -> list[str]:
    return [locale, *(code for code in site.current().locales if code != locale)]


def url(row: Listed | Reading, locale: str | None = None) -> str:
    """The address of an article in a language; its own when none is named."""
    return address(row.article_id, row.slug, locale or row.locale)
