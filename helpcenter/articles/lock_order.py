"""The order in which whoever changes many articles at once locks what they share: of two that meet, one waits.

Articles first, then all their editions, each by its number; then the renderings by theirs, and the pages of other
sites by the alphabet. Whoever changes one article keeps to it too. On SQLite a writer has the database to itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition
from helpcenter.articles.health import reference
from helpcenter.articles.rendering import RenderedArticle, Rendering
from helpcenter.core.db import db


def lock_articles(edition_ids: Iterable[int]) -> None:
    """Lock the articles of some editions, in every language. To be called after begin_write(), before all else."""
    named = select(Edition.article_id).where(Edition.id.in_(list(edition_ids)))
    articles = select(Article.id).where(Article.id.in_(named)).order_by(Article.id).with_for_update()
    ids = db.session.scalars(articles).all()
    editions = select(Edition).where(Edition.article_id.in_(ids)).order_by(Edition.id).with_for_update()
    db.session.execute(editions.execution_options(populate_existing=True))


def lock_renderings(revision_ids: Iterable[int]) -> None:
    """Lock what was rendered of some revisions; after their articles, where these are locked."""
    wanted = Rendering.revision_id.in_(list(revision_ids))
    db.session.execute(select(Rendering.revision_id).where(wanted).order_by(Rendering.revision_id).with_for_update())


def before_keeping(results: Mapping[int, RenderedArticle]) -> None:
    """To be called after `lock_articles`, before the first of several renderings is kept; by the revision's number."""
    lock_renderings(results)
    reference.know_pages((one.found, one.targets) for one in results.values())
