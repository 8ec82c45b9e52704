"""Publishing: a revision becomes what readers see. Each time is a row; nothing of the past is overwritten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.articles import pictures, planned_act, rendering, review, translation_state
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.planned_act import Act
from helpcenter.articles.rendering import RenderedArticle
from helpcenter.articles.revision import Revision, Significance
from helpcenter.core import clock, journal
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import Model, db
from helpcenter.core.text import slug_of
from helpcenter.feedback import vote
from helpcenter.search import outbox


class Publication(Model):
    __tablename__ = "publication"
    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    published_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    published_at: Mapped[datetime]


def publish(edition: Edition, revision: Revision, result: RenderedArticle, *, by: int | None) -> Publication:
    """Show a revision to readers. `result` is what `rendering.rendered` gave for its body; `by` is a user id.

    A typo edit keeps the votes of the revision before it and does not count as an update; anything else starts anew.
    """
    before = edition.published_revision_id
    is_typo = revision.significance == Significance.TYPO
    now = clock.now()
    rendering.keep(revision.id, result)
    pictures.show(edition, result.html)
    edition.title, edition.summary = revision.title, revision.summary
    edition.status, edition.published_revision_id = Status.PUBLISHED, revision.id
    planned_act.drop(edition.id, Act.PUBLISH)
    if revision.id == edition.latest_revision_id:
        review.close_published(edition, by)
    if edition.stage:
        review.settle_stage(edition)
    if before is None:
        edition.slug = edition.slug or slug_of(revision.title)
        edition.published_at = edition.updated_at = now
    elif not is_typo:
        edition.updated_at = now
    elif before != revision.id:
        vote.carry_over(("article", edition.article_id), before, revision.id)
    if before is None or not is_typo:
        edition.verified_at, edition.verified_by = now, by
    publication = Publication(edition_id=edition.id, revision_id=revision.id, published_by=by, published_at=now)
    db.session.add(publication)
    db.session.flush()
    translation_state.mark(edition.article_id)
    outbox.note("article", edition.article_id)
    article = ("article", edition.article_id)
    journal.note("article_published", by=by, subject=article, locale=edition.locale, number=revision.number)
    content_changed()
    return publication


def archive(edition: Edition, *, by: int | None) -> None:
    """Take an edition away from readers and keep everything; its address answers 410 from now on. `by` is a user id."""
    edition.status = Status.ARCHIVED
    planned_act.drop(edition.id, Act.ARCHIVE)
    db.session.flush()
    translation_state.mark(edition.article_id)
    journal.note("article_archived", by=by, subject=("article", edition.article_id), locale=edition.locale)
    pictures.show(edition, "")
    outbox.note("article", edition.article_id)
    content_changed()


def history(edition_id: int) -> list[Publication]:
    """Every publication of an edition, the newest first."""
    newest_first = Publication.published_at.desc(), Publication.id.desc()
    return list(
        db.session.scalars(select(Publication).where(Publication.edition_id == edition_id).order_by(*newest_first))
    )
