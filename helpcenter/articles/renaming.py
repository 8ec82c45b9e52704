"""The address of an edition changes, and the old one leads to the new one in one hop, for the id decides.

What others say of it is HTML that was made before: it holds the old address. So the article is put on a list, and a job
has whatever links to it made anew.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.articles.edition import Edition
from helpcenter.core import clock
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import Model, db, upsert


class RenamedArticle(Model):
    """An article one of whose addresses changed, until what links to it was made anew."""

    __tablename__ = "renamed_article"
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
    renamed_at: Mapped[datetime]


def rename(edition: Edition, slug: str) -> None:
    """Give an edition another address, for readers at once if they see it. To be called after begin_write()."""
    if slug == edition.slug:
        return
    edition.slug = slug
    values = {"renamed_at": clock.now()}
    row = upsert(RenamedArticle).values(article_id=edition.article_id, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=["article_id"], set_=values))
    content_changed()
