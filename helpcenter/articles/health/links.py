"""Links to other articles, judged as those stand now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select
from sqlalchemy.orm import aliased

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.health.reference import ArticleHeading, ArticleReference, Form, Lost
from helpcenter.articles.health.scope import Scope
from helpcenter.articles.rendering import Rendering
from helpcenter.core.db import db, unindexed
from helpcenter.topics.audience import Audience
from helpcenter.topics.tree import tree


class Fault(StrEnum):
    """What is wrong with a link. UNREAD: its article is there for no reader. NARROW: not for all who meet the link."""

    NOWHERE = "nowhere"
    OWN_PART = "own_part"
    UNREAD = "unread"
    NARROW = "narrow"
    PART = "part"


@dataclass(frozen=True)
class Target:
    """An article that links lead to: its last title, and whether it is archived rather than never published."""

    title: str
    is_archived: bool


def faulty(scope: Scope) -> Select[Any]:
    """Links that do not bring their reader where they say; `fault` names why, `target_id` the article, if any."""
    reference, other = ArticleReference, aliased(Edition)
    readable = select(other.article_id).where(other.status == Status.PUBLISHED)
    leads = reference.article_id.is_not(None)
    fault = case(
        (reference.lost == Lost.ALL, Fault.NOWHERE.value),
        (reference.lost == Lost.PART, Fault.OWN_PART.value),
        (
            and_(leads, reference.article_id != Edition.article_id, reference.article_id.not_in(readable)),
            Fault.UNREAD.value,
        ),
        (
            and_(
                leads,
                reference.article_id.in_(_narrow_ids()),
                _narrowness_of(reference.article_id) > _narrowness_of(Edition.article_id),
            ),
            Fault.NARROW.value,
        ),
        (and_(leads, reference.part != "", _lacks_part()), Fault.PART.value),
        else_="",
    )
    columns = (
        reference.id.label("key"),
        Edition.id.label("edition_id"),
        reference.line,
        reference.href.label("what"),
        fault.label("fault"),
        reference.article_id.label("target_id"),
    )
    wanted = scope.in_texts(select(*columns).select_from(reference), reference.revision_id)
    rows = wanted.where(reference.form == Form.LINK, or_(reference.lost != "", leads)).subquery()
    return select(rows).where(rows.c.fault != "")


def targets(article_ids: Collection[int]) -> dict[int, Target]:
    """What is known of these articles; nothing of a number that none has."""
    rows = db.session.execute(
        select(Edition.article_id, Edition.title, Edition.status)
        .where(Edition.article_id.in_(article_ids))
        .order_by(Edition.id.desc())
    ).all()
    archived = {row.article_id for row in rows if row.status == Status.ARCHIVED}
    # The language written first comes last, and names the article.
    return {row.article_id: Target(row.title, row.article_id in archived) for row in rows}


def _narrow_ids() -> Select[Any]:
    """The articles that not everybody may read: few as a rule, so that most links are judged by them alone."""
    return select(Article.id).where(_narrowness(Article) > 0)


def _narrowness_of(article_id: Any) -> Any:
    article = aliased(Article)
    return select(_narrowness(article)).where(article.id == article_id).scalar_subquery()


def _narrowness(article: Any) -> ColumnElement[int]:
    """0 for what everybody may read, 1 for members, 2 for the team: whichever of article and topic is narrower."""
    nodes = tree().nodes.values()
    team, members = ([node.id for node in nodes if node.audience == one] for one in (Audience.TEAM, Audience.MEMBERS))
    return case(
        (or_(article.audience == Audience.TEAM, article.topic_id.in_(team)), 2),
        (or_(article.audience == Audience.MEMBERS, article.topic_id.in_(members)), 1),
        else_=0,
    )


def _lacks_part() -> ColumnElement[bool]:
    """Whether the article, in the language the link names or else in any, has no heading of this name."""
    shown, named, heading = aliased(Edition), aliased(Edition), aliased(ArticleHeading)
    reference = ArticleReference
    in_language = select(named.id).where(
        named.article_id == reference.article_id,
        named.locale == reference.locale,
        unindexed(named.status, "") == Status.PUBLISHED,
    )
    has_part = select(heading.id).where(
        heading.revision_id == shown.published_revision_id, heading.anchor == reference.part
    )
    return (
        select(shown.id)
        .join(Rendering, Rendering.revision_id == shown.published_revision_id)
        .where(
            shown.article_id == reference.article_id,
            unindexed(shown.status, "") == Status.PUBLISHED,
            or_(shown.locale == reference.locale, ~in_language.correlate(reference).exists()),
            # Of a text that was not read yet the headings are not known.
            Rendering.reader_version > 0,
            ~has_part.correlate(reference, shown).exists(),
        )
        .correlate(reference)
        .exists()
    )
