"""Somebody looked at an edition and it says what is true: when, by whom, and when to look again.

How often is a matter of the article, and so is whose it is; each language of it is looked at by itself. A publication
counts as well, unless it corrected typos alone, for which nobody reads the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select

from helpcenter.accounts.permissions import PERMISSIONS
from helpcenter.accounts.user import User, UserRole
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.core import clock, journal
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import db


@dataclass(frozen=True)
class Kept:
    """A published edition that is looked at every so often. `due_at` None: nobody ever looked, so it is overdue."""

    article_id: int
    locale: str
    title: str
    owner_id: int | None
    verified_at: datetime | None
    due_at: datetime | None

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been looked at by now."""
        return self.due_at is None or self.due_at < clock.now()


def due_at(verified_at: datetime | None, every_days: int | None) -> datetime | None:
    """When to look again; None for never, and where nobody looked yet."""
    return verified_at + timedelta(days=every_days) if verified_at and every_days else None


def verify(edition: Edition, *, by: int | None) -> None:
    """It says what is true today. `by` is a user id. To be called after begin_write()."""
    edition.verified_at, edition.verified_by = clock.now(), by
    journal.note("article_verified", by=by, subject=("article", edition.article_id), locale=edition.locale)
    content_changed()


def look_after(article: Article, owner_id: int | None, every_days: int | None, *, by: int | None) -> None:
    """Whose article it is, in every language, and after how many days it wants a look. After begin_write()."""
    if (owner_id, every_days) == (article.owner_id, article.review_every_days):
        return
    article.owner_id, article.review_every_days = owner_id, every_days
    journal.note("article_cared_for", by=by, subject=("article", article.id), owner=owner_id or 0, days=every_days or 0)


def may_own() -> ColumnElement[bool]:
    """Whether a User may have articles to look after: an editor with an account. A part of a query."""
    roles = [role.value for role in PERMISSIONS["edit_articles"]]
    return User.erased_at.is_(None) & exists().where(UserRole.user_id == User.id, UserRole.role.in_(roles))


def has_owner() -> ColumnElement[bool]:
    """Whether anybody looks after an Article, who could. A part of a query."""
    return exists().where(User.id == Article.owner_id, may_own())


def kept_by(owner_ids: Iterable[int]) -> list[Kept]:
    """What these people look after every so often, what has waited longest first."""
    rows = db.session.execute(
        select(
            Article.id, Edition.locale, Edition.title, Article.owner_id, Edition.verified_at, Article.review_every_days
        )
        .join(Edition, Edition.article_id == Article.id)
        .where(
            Article.owner_id.in_(list(owner_ids)),
            Article.review_every_days.is_not(None),
            Edition.status == Status.PUBLISHED,
        )
    )
    found = [Kept(*row[:5], due_at(row.verified_at, row.review_every_days)) for row in rows]
    return sorted(found, key=lambda one: (one.due_at is not None, one.due_at, one.article_id, one.locale))
