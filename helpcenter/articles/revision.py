"""A revision: an immutable snapshot of what an edition says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.articles.edition import Edition
from helpcenter.core import clock
from helpcenter.core.db import Model, db

# Of tags and of keywords alike. Complaints to our own manual are answered better with 130 keywords than with 30.
LONGEST_WORD = 80
MOST_WORDS = 200


class Significance(StrEnum):
    """How much a revision changes for its readers, and for who translates it."""

    TYPO = "typo"
    MEDIUM = "medium"
    MAJOR = "major"


@dataclass(frozen=True)
class Content:
    """What an author writes. `body` is Markdown; `keywords` are words readers use that the text does not."""

    title: str
    body: str
    summary: str = ""
    tags: tuple[str, ...] = field(default=())
    keywords: tuple[str, ...] = field(default=())


class Revision(Model):
    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(400))
    body: Mapped[str] = mapped_column(Text)
    tags: Mapped[list[str]] = mapped_column(JSON)
    keywords: Mapped[list[str]] = mapped_column(JSON)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(String(400), default="")
    significance: Mapped[str] = mapped_column(String(8), default=Significance.MEDIUM)
    source_revision_id: Mapped[int | None]
    created_at: Mapped[datetime]

    @property
    def content(self) -> Content:
        """What it says, as a value."""
        return Content(self.title, self.body, self.summary, tuple(self.tags), tuple(self.keywords))


def revise(
    edition: Edition,
    content: Content,
    *,
    by: int | None,
    note: str = "",
    significance: Significance = Significance.MEDIUM,
    source_revision_id: int | None = None,
) -> Revision:
    """Add a revision to an edition, unless its latest says the same already: then that one. `by` is a user id.

    Whoever calls it settles the stage of the edition: nobody has looked at these words yet.
    """
    latest = db.session.get(Revision, edition.latest_revision_id) if edition.latest_revision_id else None
    if latest is not None and latest.content == content:
        return latest
    last = db.session.scalar(select(func.max(Revision.number)).where(Revision.edition_id == edition.id))
    revision = Revision(
        edition_id=edition.id,
        number=(last or 0) + 1,
        title=content.title,
        summary=content.summary,
        body=content.body,
        tags=list(content.tags),
        keywords=list(content.keywords),
        author_id=by,
        note=note,
        significance=significance,
        source_revision_id=source_revision_id,
        created_at=clock.now(),
    )
    db.session.add(revision)
    db.session.flush()
    edition.latest_revision_id = revision.id
    return revision
