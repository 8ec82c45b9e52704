"""How far what readers have in one language is behind what they have in the language it was written in first."""

from __future__ import annotations

from sqlalchemy import select

from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.revision import Revision, Significance
from helpcenter.core.db import db


def mark(article_id: int) -> None:
    """Note on every edition of an article how far it is behind. To be called after begin_write() and a publication."""
    editions = db.session.scalars(select(Edition).where(Edition.article_id == article_id).order_by(Edition.id)).all()
    if not editions:
        return
    source, *others = editions
    source.behind = ""
    for edition in others:
        behind = _behind(edition, source)
        if edition.behind != behind:
            edition.behind = behind


def _behind(edition: Edition, source: Edition) -> str:
    """The most that readers of the source were given since: medium or major; '' for nothing but typos."""
    if edition.published_revision_id is None or source.published_revision_id is None:
        return ""
    matched = db.session.scalar(select(Revision.source_revision_id).where(Revision.id == edition.published_revision_id))
    if matched is None or source.status == Status.ARCHIVED:
        return ""
    since = select(Revision.significance).where(
        Revision.edition_id == source.id, Revision.id > matched, Revision.id <= source.published_revision_id
    )
    changes = set(db.session.scalars(since))
    worst = (one for one in (Significance.MAJOR, Significance.MEDIUM) if one in changes)
    return next(worst, "")


def original_of(article_id: int) -> str | None:
    """The language an article was written in first, where readers have it."""
    first = select(Edition.locale, Edition.status).where(Edition.article_id == article_id).order_by(Edition.id).limit(1)
    row = db.session.execute(first).first()
    return row.locale if row is not None and row.status == Status.PUBLISHED else None
