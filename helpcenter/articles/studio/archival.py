"""Taking an edition away from readers, and bringing it back."""

from __future__ import annotations

import re

from sqlalchemy import select

from helpcenter.articles import pictures, planned_act, publication, review, translation_state
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.planned_act import Act
from helpcenter.articles.rendering import Rendering
from helpcenter.core import journal
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import db
from helpcenter.search import outbox

_IN_ADDRESS = re.compile(r"/articles/(\d+)")


class NoSuccessor(ValueError):
    """What was given leads to no other article."""


def successor_in(text: str, article_id: int) -> int | None:
    """The article that somebody named by its address or number; None for nothing. Raises NoSuccessor."""
    if not text:
        return None
    found = _IN_ADDRESS.search(text) or re.fullmatch(r"#?(\d{1,9})", text)
    wanted = int(found[1]) if found and len(found[1]) < 10 else 0
    if wanted == article_id or db.session.scalar(select(Article.id).where(Article.id == wanted)) is None:
        raise NoSuccessor(text)
    return wanted


def archive(article: Article, edition: Edition, successor_id: int | None, *, by: int | None) -> None:
    """Take the edition away; its address leads to the successor, if any. To be called after begin_write()."""
    article.successor_id = successor_id
    # Whoever takes it away now does not want it back by itself.
    planned_act.drop(edition.id, Act.PUBLISH)
    review.settle_stage(edition)
    publication.archive(edition, by=by)


def bring_back(edition: Edition, *, by: int | None) -> None:
    """Undo it: readers see what they saw before, a draft is a draft again. To be called after begin_write()."""
    if edition.status != Status.ARCHIVED:
        return
    edition.status = Status.PUBLISHED if edition.published_revision_id else Status.DRAFT
    journal.note("article_returned", by=by, subject=("article", edition.article_id), locale=edition.locale)
    db.session.flush()
    translation_state.mark(edition.article_id)
    shown = db.session.get(Rendering, edition.published_revision_id) if edition.published_revision_id else None
    pictures.show(edition, shown.html if shown else "")
    outbox.note("article", edition.article_id)
    content_changed()
