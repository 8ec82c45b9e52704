"""An edition: an article in one language, with its status and the revision readers see."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Model


class Status(StrEnum):
    """Where an edition stands for its readers: not there yet, there, or taken away."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Stage(StrEnum):
    """Where words stand that readers do not see yet; also those of a published edition."""

    NONE = ""
    IN_REVIEW = "in_review"
    CHANGES = "changes"
    APPROVED = "approved"
    SCHEDULED = "scheduled"


class Edition(Model):
    """`slug`, `title`, `summary`: those of the published revision, or of the draft before the first publication.

    `behind` is the most that the original changed since this published translation matched it: medium, major or ''.
    """

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("article_id", "locale"), Index("ix_edition_locale_status", "locale", "status"))
    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    locale: Mapped[str] = mapped_column(String(5))
    slug: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(400), default="")
    status: Mapped[str] = mapped_column(String(12), default=Status.DRAFT)
    stage: Mapped[str] = mapped_column(String(10), default=Stage.NONE, index=True)
    behind: Mapped[str] = mapped_column(String(8), default="")
    # No foreign key: the two tables would need each other before either has a row.
    published_revision_id: Mapped[int | None]
    latest_revision_id: Mapped[int | None]
    published_at: Mapped[datetime | None]
    updated_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    @property
    def is_published(self) -> bool:
        """Whether readers see it."""
        return self.status == Status.PUBLISHED


Index("ix_edition_title", Edition.locale, func.lower(Edition.title))
