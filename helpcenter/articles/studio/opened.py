"""An article as the studio opens it: found once, with all that its page shows. Editors see every article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition
from helpcenter.articles.revision import Revision
from helpcenter.core.db import db
from helpcenter.core.refusals import NotFound


@dataclass(frozen=True)
class Opened:
    """`edition` and `latest` are None for a language it was not written in yet. `editions`: the oldest first."""

    article: Article
    language: str
    editions: Sequence[Edition]
    edition: Edition | None
    latest: Revision | None

    @property
    def is_published(self) -> bool:
        """Whether readers see this language of it."""
        return self.edition is not None and self.edition.is_published

    @property
    def was_published(self) -> bool:
        """Whether readers ever saw this language of it, so that its address is known."""
        return self.edition is not None and self.edition.published_revision_id is not None

    @property
    def has_draft(self) -> bool:
        """Whether something newer than what readers see is waiting."""
        return self.edition is not None and self.edition.latest_revision_id != self.edition.published_revision_id

    @property
    def live(self) -> Revision | None:
        """What readers see, or saw before it was archived. One query."""
        live_id = self.edition.published_revision_id if self.edition else None
        return db.session.get(Revision, live_id) if live_id else None

    @property
    def source(self) -> Edition | None:
        """The edition that the others translate, unless this is it: the one written first."""
        first = self.editions[0] if self.editions else None
        return None if first is None or first.locale == self.language else first


def opened(article_id: int, language: str, viewer: Viewer) -> Opened:
    """The article, to be edited in this language. Raises NotFound for one that does not exist."""
    article = db.session.get(Article, article_id) if viewer.may("edit_articles") else None
    if article is None:
        raise NotFound
    rows = select(Edition).where(Edition.article_id == article_id).order_by(Edition.id)
    editions = list(db.session.scalars(rows))
    edition = next((one for one in editions if one.locale == language), None)
    latest_id = edition.latest_revision_id if edition else None
    return Opened(article, language, editions, edition, db.session.get(Revision, latest_id) if latest_id else None)


def first_language(article_id: int) -> str:
    """The language an article was written in first. Raises NotFound."""
    rows = select(Edition.locale).where(Edition.article_id == article_id).order_by(Edition.id).limit(1)
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound
    return found
