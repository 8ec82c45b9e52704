"""What an article is among the others: called like another one, or met by nobody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, select
from sqlalchemy.orm import aliased

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.health.reference import ArticleReference
from helpcenter.articles.health.scope import Scope
from helpcenter.articles.help_key import HelpKey
from helpcenter.articles.revision import Revision
from helpcenter.core import clock
from helpcenter.core.db import db, unindexed
from helpcenter.journeys.event import Event

UNREAD_FOR = timedelta(days=90)
_READING = ("viewed", "read")


def same_titles(scope: Scope) -> Select[Any]:
    """Editions whose title another article has in the same language."""
    columns: tuple[Any, ...] = (
        Edition.id.label("key"),
        Edition.id.label("edition_id"),
        literal(0).label("line"),
        Edition.title.label("what"),
    )
    other = aliased(Edition)
    is_twin = exists().where(
        other.locale == Edition.locale,
        func.lower(other.title) == func.lower(Edition.title),
        other.id != Edition.id,
        unindexed(other.status, "") == Status.PUBLISHED,
    )
    return select(*columns).where(scope.published, is_twin)


def twins(edition_ids: Collection[int]) -> dict[int, int]:
    """For each of these editions another article with its title."""
    other = aliased(Edition)
    rows = db.session.execute(
        select(Edition.id, func.min(other.article_id))
        .join(other, (other.locale == Edition.locale) & (func.lower(other.title) == func.lower(Edition.title)))
        .where(Edition.id.in_(edition_ids), other.id != Edition.id, other.status == Status.PUBLISHED)
        .group_by(Edition.id)
    )
    return dict(rows.all())


def unvisited(scope: Scope) -> Select[Any]:
    """Articles published 90 days ago or earlier that no other article and no place in the product leads to, and that
    nobody read since. Each once: in the language published first."""
    first = aliased(Edition)
    earliest = select(func.min(first.id)).where(
        first.article_id == Edition.article_id, unindexed(first.status, "") == Status.PUBLISHED
    )
    columns: tuple[Any, ...] = (
        Edition.id.label("key"),
        Edition.id.label("edition_id"),
        literal(0).label("line"),
        literal("").label("what"),
    )
    since = clock.now() - UNREAD_FOR
    was_read = select(Event.id).where(
        Event.subject_kind == "article",
        Event.subject_id == Edition.article_id,
        Event.kind.in_(_READING),
        Event.occurred_at > since,
    )
    in_product = select(HelpKey.key).where(HelpKey.article_id == Edition.article_id)
    successors = select(Article.successor_id).where(Article.successor_id.is_not(None))
    return select(*columns).where(
        scope.published,
        Edition.published_at < since,
        Edition.id == earliest.correlate(Edition).scalar_subquery(),
        Edition.article_id.not_in(successors),
        ~_is_linked(),
        *(~way.correlate(Edition).exists() for way in (in_product, was_read)),
    )


def _is_linked() -> ColumnElement[bool]:
    """Whether another published article links to it."""
    source = aliased(Edition)
    return (
        select(ArticleReference.id)
        .join(Revision, Revision.id == ArticleReference.revision_id)
        .join(source, source.id == Revision.edition_id)
        .where(
            ArticleReference.article_id == Edition.article_id,
            source.article_id != Edition.article_id,
            source.published_revision_id == Revision.id,
            source.status == Status.PUBLISHED,
        )
        .correlate(Edition)
        .exists()
    )
