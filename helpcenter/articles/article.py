"""An article: one identity across languages. What it says stands in its editions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Model
from helpcenter.topics.audience import Audience


class Article(Model):
    """`origin_kind` and `origin_id` name what its first words were taken from, such as an answer of the community."""

    __tablename__ = "article"
    __table_args__ = (Index("ix_article_origin", "origin_kind", "origin_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), index=True)
    audience: Mapped[str] = mapped_column(String(10), default=Audience.EVERYONE)
    position: Mapped[int] = mapped_column(default=0)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    review_every_days: Mapped[int | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"))
    created_at: Mapped[datetime]
    origin_kind: Mapped[str | None] = mapped_column(String(20))
    origin_id: Mapped[int | None]


class OldAddress(Model):
    """A path that once led to an article, from `redirect_from`: it keeps working as a redirect."""

    __tablename__ = "article_old_address"
    path: Mapped[str] = mapped_column(String(500), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), index=True)
