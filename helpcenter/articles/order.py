"""The order of the articles that hang on one topic or section: the one in which readers find them there."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, func, select

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder.front_matter import LAST_PLACE
from helpcenter.core import ordering
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import db
from helpcenter.search import outbox


def shown_on(topic_id: int) -> list[int]:
    """The articles an editor arranges on a topic, in order: all but those archived in every language."""
    is_shown = exists().where(Edition.article_id == Article.id, Edition.status != Status.ARCHIVED)
    in_turn = Article.position, Article.id
    return list(db.session.scalars(select(Article.id).where(Article.topic_id == topic_id, is_shown).order_by(*in_turn)))


def arrange(topic_id: int, wanted: Sequence[int]) -> None:
    """Put the articles of a topic into the order in which their ids are named; one not named keeps its place.

    To be called after begin_write().
    """
    articles = {one.id: one for one in _locked(topic_id)}
    now = sorted(articles, key=lambda one: (articles[one].position, one))
    places = ordering.numbers([one.position for one in articles.values()], LAST_PLACE)
    for article_id, position in zip(ordering.in_order(now, wanted), places, strict=True):
        articles[article_id].position = position
    content_changed()


def shift(topic_id: int, article_id: int, steps: int) -> None:
    """Move an article up (negative) or down among those that are shown. To be called after begin_write()."""
    _locked(topic_id)
    arrange(topic_id, ordering.stepped(shown_on(topic_id), article_id, steps))


def put_at_end(topic_id: int, articles: Sequence[Article]) -> None:
    """Hang articles on a topic, after all that hang there, in the order given. To be called after begin_write()."""
    last = db.session.scalar(select(func.max(Article.position)).where(Article.topic_id == topic_id)) or 0
    for position, article in enumerate(articles, start=max(last, 0) + 1):
        article.topic_id, article.position = topic_id, position
        outbox.note("article", article.id)
    content_changed()


def standing_on(topic_id: int, ids: Sequence[int] | None = None) -> list[Article]:
    """The articles of a topic, or those of them that are named, in order, locked for a change."""
    rows = {one.id: one for one in _locked(topic_id)}
    chosen = [one for one in rows.values() if ids is None or one.id in set(ids)]
    return sorted(chosen, key=lambda one: (one.position, one.id))


def _locked(topic_id: int) -> list[Article]:
    """By id, so that two who arrange one topic do it one after the other and neither waits for the other's rows."""
    rows = select(Article).where(Article.topic_id == topic_id).order_by(Article.id).with_for_update()
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))
