"""The studio's list: one row an edition, the one changed last first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from helpcenter.accounts.names import names_of
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Stage, Status
from helpcenter.articles.importers import imported_article
from helpcenter.articles.importers.imported_article import VotesBefore
from helpcenter.articles.revision import Revision
from helpcenter.articles.title_words import holds_all
from helpcenter.core.db import db
from helpcenter.core.paging import Page, page_of
from helpcenter.feedback import tally
from helpcenter.feedback.tally import Tally
from helpcenter.topics.tree import tree

PAGE_ROWS = 50
CHANGED = "changed"
STAGES = tuple(stage.value for stage in Stage if stage)
STATUSES = (Status.DRAFT.value, CHANGED, Status.PUBLISHED.value, Status.ARCHIVED.value)


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; empty values narrow nothing, except that archived editions must be asked for."""

    status: str = ""
    topic_id: int | None = None
    language: str = ""
    text: str = ""


@dataclass(frozen=True)
class Listed:
    """An edition in the studio's list; `title` is that of its latest revision, `votes` those on the published one."""

    article_id: int
    language: str
    title: str
    status: str
    stage: str
    has_draft: bool
    topic_id: int
    audience: str
    changed_at: datetime
    changed_by: str
    votes: Tally
    before: VotesBefore | None
    """What readers of another help center had voted; beside the language that was written first, for it is of all."""


def listing(wanted: Filter, after: int | None) -> Page[Listed]:
    """A page of the list; `after` is the key that the page before ended with."""
    page = page_of(_narrowed(wanted), Edition.latest_revision_id, after, PAGE_ROWS)
    ids = [edition.latest_revision_id for edition in page.rows]
    latest = {one.id: one for one in db.session.scalars(select(Revision).where(Revision.id.in_(ids)))}
    places = {edition.article_id for edition in page.rows}
    articles = {one.id: one for one in db.session.scalars(select(Article).where(Article.id.in_(places)))}
    names = names_of(one.author_id for one in latest.values() if one.author_id)
    votes = tally.of_many("article", [(edition.article_id, _published(edition)) for edition in page.rows])
    before = imported_article.votes_before_of(places)
    originals = _originals(before)
    rows = [
        _row(
            edition,
            articles[edition.article_id],
            latest[edition.latest_revision_id],
            names,
            votes[edition.article_id, _published(edition)],
            before.get(edition.article_id) if edition.id in originals else None,
        )
        for edition in page.rows
    ]
    return Page(rows, page.next_after)


def _originals(article_ids: Iterable[int]) -> set[int]:
    """The editions in the languages that some articles were written in first."""
    ids = list(article_ids)
    first = select(func.min(Edition.id)).where(Edition.article_id.in_(ids)).group_by(Edition.article_id)
    return set(db.session.scalars(first)) if ids else set()


def _published(edition: Edition) -> int:
    """The revision that readers see or saw last; 0, on which nobody voted, for a draft."""
    return edition.published_revision_id or 0


def _row(
    edition: Edition,
    article: Article,
    latest: Revision,
    names: Mapping[int, str],
    votes: Tally,
    before: VotesBefore | None,
) -> Listed:
    return Listed(
        article.id,
        edition.locale,
        latest.title,
        edition.status,
        edition.stage,
        edition.is_published and edition.latest_revision_id != edition.published_revision_id,
        article.topic_id,
        article.audience,
        latest.created_at,
        names.get(latest.author_id or 0, ""),
        votes,
        before,
    )


def _narrowed(wanted: Filter) -> Select[Any]:
    latest = Revision.id == Edition.latest_revision_id
    statement = select(Edition).join(Article, Article.id == Edition.article_id).join(Revision, latest)
    if wanted.status == CHANGED:
        statement = statement.where(
            Edition.status == Status.PUBLISHED, Edition.latest_revision_id != Edition.published_revision_id
        )
    elif wanted.status in STAGES:
        statement = statement.where(Edition.stage == wanted.status, Edition.status != Status.ARCHIVED)
    elif wanted.status in STATUSES:
        statement = statement.where(Edition.status == wanted.status)
    else:
        statement = statement.where(Edition.status != Status.ARCHIVED)
    if wanted.topic_id is not None:
        ids = [node.id for node in tree().nodes.values() if wanted.topic_id in (node.id, node.parent_id)]
        statement = statement.where(Article.topic_id.in_(ids))
    if wanted.language:
        statement = statement.where(Edition.locale == wanted.language)
    return statement.where(holds_all(Revision.title, wanted.text.split()))
