"""What waits for one editor: what they look after, overdue first, and what they began and did not publish.

Each part is a function of the editor, so another kind of work, such as reviews that are asked of them, is one more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select

from helpcenter.accounts.names import names_of
from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.review import Review
from helpcenter.articles.revision import Revision
from helpcenter.articles.verification import due_at, has_owner, kept_by
from helpcenter.core import clock, locale
from helpcenter.core.db import db
from helpcenter.core.locale import LANGUAGES

MOST_ROWS, FEW_ROWS = 100, 20
"""Of one part. What is beyond it comes into sight as the first ones are done."""


@dataclass(frozen=True)
class Row:
    """An edition that somebody is to look at; `about` says why, in words."""

    article_id: int
    language: str
    title: str
    about: str
    is_late: bool = False

    @property
    def language_name(self) -> str:
        """The language by its own name."""
        return LANGUAGES[self.language].endonym


@dataclass(frozen=True)
class Part:
    """A heading, some of the rows below it, and how many there are in all. `none` is said where there are none."""

    key: str
    title: Any
    none: Any
    rows: Sequence[Row]
    count: int


def overdue(viewer: Viewer) -> Part:
    """What this editor should have looked at by now, what has waited longest first."""
    late = [one for one in kept_by([viewer.id or 0]) if one.is_overdue]
    rows = [Row(one.article_id, one.locale, one.title, _waited(one.due_at), is_late=True) for one in late[:MOST_ROWS]]
    return Part("overdue", _l("To verify"), _l("You have nothing overdue."), rows, len(late))


def reviews(viewer: Viewer) -> Part:
    """What colleagues ask this editor to look at, or anybody, what has waited longest first."""
    wanted = (
        select(Edition.article_id, Edition.locale, Revision.title, Review.asked_at, Review.reviewer_id, Review.asked_by)
        .join(Edition, Edition.id == Review.edition_id)
        .join(Revision, Revision.id == Edition.latest_revision_id)
        .where(
            Review.decided_at.is_(None),
            or_(Review.reviewer_id == viewer.id, Review.reviewer_id.is_(None)),
            Review.asked_by != viewer.id,
            Edition.status != Status.ARCHIVED,
        )
        .order_by(Review.id)
    )
    rows, count = _some(wanted)
    names = names_of([row[5] for row in rows])
    shown = [
        Row(row[0], row[1], row[2], _("Asked by %(name)s on %(day)s", name=names[row[5]], day=locale.day(row[3])))
        for row in rows
    ]
    return Part("reviews", _l("To review"), _l("No one is waiting for your review."), shown, count)


def drafts(viewer: Viewer) -> Part:
    """What this editor wrote last and readers do not see yet, the newest first."""
    unseen = or_(Edition.published_revision_id.is_(None), Edition.published_revision_id != Edition.latest_revision_id)
    wanted = (
        select(Edition.article_id, Edition.locale, Revision.title, Revision.created_at)
        .join(Revision, Revision.id == Edition.latest_revision_id)
        .where(Revision.author_id == viewer.id, Edition.status != Status.ARCHIVED, unseen)
        .order_by(Revision.id.desc())
    )
    rows, count = _some(wanted)
    shown = [Row(row[0], row[1], row[2], _("Written on %(day)s", day=locale.day(row[3]))) for row in rows]
    return Part("drafts", _l("My drafts"), _l("You have no drafts waiting."), shown, count)


def owned(viewer: Viewer) -> Part:
    """Everything this editor looks after, by title."""
    return _articles(
        "owned", _l("I look after"), _l("You do not look after any article yet."), Article.owner_id == viewer.id
    )


def ownerless(_viewer: Viewer) -> Part:
    """What nobody looks after who could: no owner, or one who edits no longer."""
    return _articles(
        "ownerless", _l("Without an owner"), _l("Every article has someone who looks after it."), ~has_owner(), FEW_ROWS
    )


PARTS: tuple[Callable[[Viewer], Part], ...] = (reviews, overdue, drafts, owned, ownerless)


def parts_for(viewer: Viewer) -> list[Part]:
    """The whole page, in its order."""
    return [part(viewer) for part in PARTS]


def _articles(key: str, title: Any, none: Any, which: Any, most: int = MOST_ROWS) -> Part:
    wanted = (
        select(Edition.article_id, Edition.locale, Edition.title, Edition.verified_at, Article.review_every_days)
        .join(Article, Article.id == Edition.article_id)
        .where(which, Edition.status == Status.PUBLISHED)
        .order_by(Edition.title, Edition.id)
    )
    rows, count = _some(wanted, most)
    return Part(key, title, none, [Row(row[0], row[1], row[2], *_stand(row[3], row[4])) for row in rows], count)


def _some(wanted: Any, most: int = MOST_ROWS) -> tuple[Sequence[Any], int]:
    rows = db.session.execute(wanted.limit(most)).all()
    whole = select(func.count()).select_from(wanted.order_by(None).subquery())
    return rows, len(rows) if len(rows) < most else db.session.scalar(whole) or 0


def _stand(verified_at: datetime | None, every_days: int | None) -> tuple[str, bool]:
    if every_days is None:
        return (_("Verified on %(day)s", day=locale.day(verified_at)) if verified_at else ""), False
    due = due_at(verified_at, every_days)
    if due is None or due < clock.now():
        return _waited(due), True
    return str(_("To be reviewed again by %(day)s", day=locale.day(due))), False


def _waited(due: datetime | None) -> str:
    """Since when it waits."""
    return str(_("Overdue since %(day)s", day=locale.day(due)) if due else _("No one has verified it yet"))
