"""Articles that a text can link to, by words of their titles. Editors see every one, also what is not published yet."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.revision import Revision
from helpcenter.articles.title_words import holds_all
from helpcenter.core.db import db

MOST_SHOWN = 10
MOST_READ = 200
"""Of editions with these words, the last changed first: one article may have as many as there are languages."""


@dataclass(frozen=True)
class LinkChoice:
    """`address` names the article by its number alone, in the form that a text keeps."""

    title: str
    locale: str
    address: str
    topic_id: int


def link_choices(text: str, language: str) -> list[LinkChoice]:
    """Ten at most, each article once, with its title in this language where it has one that fits. One statement."""
    rows = db.session.execute(
        select(Edition.article_id, Edition.locale, Revision.title, Article.topic_id)
        .join(Article, Article.id == Edition.article_id)
        .join(Revision, Revision.id == Edition.latest_revision_id)
        .where(Edition.status != Status.ARCHIVED, holds_all(Revision.title, text.split()))
        .order_by(Edition.latest_revision_id.desc())
        .limit(MOST_READ)
    ).all()
    best: dict[int, LinkChoice] = {}
    for row in rows:
        if row.article_id not in best or row.locale == language:
            best[row.article_id] = LinkChoice(row.title, row.locale, f"/articles/{row.article_id}", row.topic_id)
    return list(best.values())[:MOST_SHOWN]
