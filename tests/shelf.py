"""Puts topics and articles on the shelves of a test, through the same verbs that the product uses."""

from __future__ import annotations

from sqlalchemy import select

from helpcenter.articles import rendering
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.publication import Publication, publish
from helpcenter.articles.revision import Content, Revision, Significance, revise
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.text import slug_of
from helpcenter.journeys import page_token
from helpcenter.topics.audience import Audience
from helpcenter.topics.topic import Topic, describe, find_or_make


def put_topic(
    key: str, title: str, *, below: int | None = None, audience: str = Audience.EVERYONE, **texts: str
) -> int:
    """A topic with an English title, and further titles as es=…, ru=…, ar=…; its id."""
    begin_write()
    topic = find_or_make(key, below)
    topic.audience = audience
    for locale, words in {"en": title, **texts}.items():
        describe(topic, locale, words)
    db.session.commit()
    return topic.id


def put_article(
    title: str,
    body: str = "Some words.",
    *,
    topic_id: int | None = None,
    locale: str = "en",
    summary: str = "",
    by: int | None = None,
    audience: str = Audience.EVERYONE,
    of: int | None = None,
    position: int = 0,
    published: bool = True,
) -> int:
    """An article, published unless told otherwise; `of` adds a language to one that stands. Its id."""
    topic_id = topic_id or put_topic("general", "General")
    result = rendering.rendered(body, locale)
    begin_write()
    article = db.session.get(Article, of) if of else None
    if article is None:
        article = Article(topic_id=topic_id, audience=audience, position=position, owner_id=by, created_at=clock.now())
        db.session.add(article)
        db.session.flush()
    edition = Edition(article_id=article.id, locale=locale, slug=slug_of(title), title=title, status=Status.DRAFT)
    db.session.add(edition)
    db.session.flush()
    revision = revise(edition, Content(title, body, summary), by=by)
    if published:
        publish(edition, revision, result, by=by)
    db.session.commit()
    return article.id


def edition_of(article_id: int, locale: str = "en") -> Edition:
    """The row of an edition."""
    return db.session.query(Edition).filter_by(article_id=article_id, locale=locale).one()


def edition_named(title: str) -> int:
    """The number of the article whose title this is, in any language."""
    return db.session.scalars(select(Edition.article_id).where(Edition.title == title)).one()


def latest_of(article_id: int, locale: str = "en") -> Revision:
    """The newest revision of an edition, published or not."""
    return db.session.get_one(Revision, edition_of(article_id, locale).latest_revision_id)


def change_article(
    article_id: int,
    *,
    title: str | None = None,
    body: str | None = None,
    significance: str = Significance.MEDIUM,
    by: int | None = None,
) -> Publication:
    """Publish a new revision of the English edition."""
    edition = edition_of(article_id)
    old = db.session.get_one(Revision, edition.latest_revision_id)
    content = Content(title or old.title, body or old.body, old.summary)
    result = rendering.rendered(content.body, "en")
    begin_write()
    edition = edition_of(article_id)
    revision = revise(edition, content, by=by, significance=Significance(significance))
    publication = publish(edition, revision, result, by=by)
    db.session.commit()
    return publication


def topic(topic_id: int) -> Topic:
    """The row of a topic."""
    return db.session.get_one(Topic, topic_id)


def token_of(article_id: int) -> str:
    """The token that the page of the English edition carries."""
    revision_id = edition_of(article_id).published_revision_id
    return page_token.make("article", article_id, revision_id, "en", None, ("viewed", "read"))
