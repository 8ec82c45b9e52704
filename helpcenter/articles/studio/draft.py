"""Saving what an editor wrote: always as a revision, never over somebody else's."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from helpcenter.articles import rendering, review, translation_state
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.rendering import RenderedArticle
from helpcenter.articles.revision import Content, Revision, Significance, revise
from helpcenter.core import clock
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import db, lock_row
from helpcenter.core.refusals import Conflict
from helpcenter.core.text import slug_of


class Overtaken(Conflict):
    """Somebody saved while this was being written; `revision` is theirs."""

    def __init__(self, revision: Revision) -> None:
        super().__init__(revision.id)
        self.revision = revision


@dataclass(frozen=True)
class Change:
    """What an editor hands in. `latest_seen` is the id of the revision the page was opened with, if any.

    `source_revision_id`: the revision in another language that this one says the same as, if it translates any.
    """

    content: Content
    latest_seen: int | None
    note: str = ""
    significance: Significance = Significance.MEDIUM
    slug: str = ""
    source_revision_id: int | None = None


def new_article(topic_id: int, audience: str, *, by: int, origin: tuple[str, int] | None = None) -> Article:
    """An article without words, at the end of its topic; to be called after begin_write().

    `origin` is the kind and id of what its first words will be taken from.
    """
    last = db.session.scalar(select(func.max(Article.position)).where(Article.topic_id == topic_id))
    article = Article(
        topic_id=topic_id,
        audience=audience,
        position=(last or 0) + 1,
        owner_id=by,
        created_at=clock.now(),
        origin_kind=origin[0] if origin else None,
        origin_id=origin[1] if origin else None,
    )
    db.session.add(article)
    db.session.flush()
    return article


def save(
    article_id: int, language: str, change: Change, result: RenderedArticle, *, by: int
) -> tuple[Edition, Revision]:
    """Add a revision to the edition in this language, which is made when it is missing.

    Readers see nothing of it until it is published. `result` is what `rendering.rendered` gave for the body.
    To be called after begin_write(). Raises Overtaken when the latest revision is not the one that was seen.
    """
    edition = _locked(article_id, language)
    _check_seen(edition, change.latest_seen)
    revision = revise(
        edition,
        change.content,
        by=by,
        note=change.note,
        significance=change.significance,
        source_revision_id=change.source_revision_id,
    )
    review.settle_stage(edition)
    is_matched_anew = revision.source_revision_id != change.source_revision_id
    revision.source_revision_id = change.source_revision_id
    if is_matched_anew and revision.id == edition.published_revision_id:
        # Not a word changed: the translation says what the original says now.
        db.session.flush()
        translation_state.mark(article_id)
        content_changed()
    if revision.id != edition.published_revision_id:
        # What the text says never changes; what is said about it may, until readers have it.
        revision.note, revision.significance = change.note or revision.note, change.significance
        rendering.keep(revision.id, result)
    if edition.published_revision_id is None:
        edition.title, edition.summary = change.content.title, change.content.summary
        edition.slug = slug_of(change.slug) if change.slug else ""
    return edition, revision


def _locked(article_id: int, language: str) -> Edition:
    # The article's row is locked first, so that two who begin the same translation do not both make its edition.
    lock_row(select(Article).where(Article.id == article_id))
    found = lock_row(select(Edition).where(Edition.article_id == article_id, Edition.locale == language))
    if found is not None:
        return found  # type: ignore[no-any-return]
    edition = Edition(article_id=article_id, locale=language, slug="", title="", status=Status.DRAFT)
    db.session.add(edition)
    db.session.flush()
    return edition


def _check_seen(edition: Edition, latest_seen: int | None) -> None:
    latest = edition.latest_revision_id
    if latest is not None and latest != latest_seen:
        raise Overtaken(db.session.get_one(Revision, latest))
