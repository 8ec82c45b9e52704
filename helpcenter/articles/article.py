"""An article: one identity across languages. What it says stands in its editions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Model
from helpcenter.topics.audience import Audience


class Article(Model):
    __tablename__ = "article"
    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), index=True)
    audience: Mapped[str] = mapped_column(String(10), default=Audience.EVERYONE)
    position: Mapped[int] = mapped_column(default=0)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    review_every_days: Mapped[int | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"))
    created_at: Mapped[datetime]


class OldAddress(Model):
    """A path that once led to an article, from `redirect_from`: it keeps working as a redirect."""

    __tablename__ = "article_old_address"
    path: Mapped[str] = mapped_column(String(500), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), index=True)
