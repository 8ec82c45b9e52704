"""Whom a review and a remark concern, and the words in which they are told."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from helpcenter.accounts.notifications import kind
from helpcenter.accounts.notifications.kind import Kind
from helpcenter.accounts.notifications.notification import tell
from helpcenter.articles import review_subject
from helpcenter.articles.edition import Edition
from helpcenter.articles.remark import Remark
from helpcenter.articles.review import Review
from helpcenter.articles.revision import Revision
from helpcenter.core import subjects
from helpcenter.core.db import db


def _sentence_of_asking(*, count: int, title: str, what: str, name: str) -> str:  # noqa: ARG001
    return str(_("%(name)s asks you to review “%(title)s”", name=name, title=title))


def _sentence_of_decision(*, count: int, title: str, what: str, name: str) -> str:  # noqa: ARG001
    return str(_("%(name)s has reviewed “%(title)s”", name=name, title=title))


def _sentence_of_remark(*, count: int, title: str, what: str, name: str) -> str:  # noqa: ARG001
    if count == 1:
        return str(_("%(name)s made a remark on “%(title)s”", name=name, title=title))
    return str(ngettext("%(num)d remark on “%(title)s”", "%(num)d remarks on “%(title)s”", count, title=title))


ASKED = Kind("review_asked", _l("Someone asks me to review an article"), _sentence_of_asking, verb="edit_articles")
DECIDED = Kind("review_decided", _l("Someone has reviewed my article"), _sentence_of_decision, verb="edit_articles")
REMARKED = Kind("remark", _l("Remarks on articles I write"), _sentence_of_remark, verb="edit_articles")


def asked(review: Review) -> None:
    """Somebody is asked to look. To be called after begin_write()."""
    if review.reviewer_id is not None:
        ref = (review_subject.REVIEW, review.id)
        tell(ASKED, [review.reviewer_id], about=ref, subject=ref, actor_id=review.asked_by)


def decided(review: Review, edition: Edition) -> None:
    """It was looked at: told to whoever asked and whoever wrote it. To be called after begin_write().

    Who was asked to look may have written the latest words meanwhile, and somebody else decided.
    """
    ref, people = (review_subject.REVIEW, review.id), _writers(edition) | {review.asked_by}
    tell(DECIDED, people, about=ref, subject=ref, actor_id=review.decided_by, happens_later=True)


def remarked(remark: Remark, edition: Edition, review: Review | None) -> None:
    """A line has a remark: told to whoever wrote the words, and whoever said something on that line before."""
    on_line = select(Remark.author_id).where(
        Remark.edition_id == edition.id, Remark.line == remark.line, Remark.revision_id == remark.revision_id
    )
    people = _writers(edition) | set(db.session.scalars(on_line)) | ({review.asked_by} if review else set())
    about = (review_subject.REVIEW, review.id) if review else (review_subject.REMARK, remark.id)
    tell(REMARKED, people, about=about, subject=(review_subject.REMARK, remark.id), actor_id=remark.author_id)


def _writers(edition: Edition) -> set[int]:
    """Whoever wrote the latest words."""
    author = db.session.scalar(select(Revision.author_id).where(Revision.id == edition.latest_revision_id))
    return {author} if author is not None else set()


def register(app: Flask) -> None:
    """Make the kinds known, and what they lead to."""
    subjects.register(app, review_subject.REVIEW, review_subject.REVIEWS)
    subjects.register(app, review_subject.REMARK, review_subject.REMARKS)
    for one in (ASKED, DECIDED, REMARKED):
        kind.register(app, one)
