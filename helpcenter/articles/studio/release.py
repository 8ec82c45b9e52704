"""What becomes of saved words: they wait as a draft, are published now or later, or a colleague looks first."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from flask import Request

from helpcenter.articles import planned_act, publication, review
from helpcenter.articles.edition import Edition
from helpcenter.articles.planned_act import Act
from helpcenter.articles.rendering import RenderedArticle
from helpcenter.articles.revision import Revision
from helpcenter.core import journal


class Wish(StrEnum):
    """What the button said, by its name in the form."""

    SAVE = "save"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    REVIEW = "review"


class Outcome(StrEnum):
    """What became of it. `WAITS`: it is saved, and a second person has to approve it first."""

    SAVED = "saved"
    UNCHANGED = "unchanged"
    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    WAITS = "waits"


def wish_of(request: Request) -> Wish:
    """Which button was pressed."""
    return next((one for one in Wish if one.value in request.form), Wish.SAVE)


def release(
    edition: Edition, revision: Revision, result: RenderedArticle, wish: Wish, at: datetime | None, *, by: int
) -> Outcome:
    """Do with saved words what was wished. To be called after begin_write()."""
    if wish not in (Wish.PUBLISH, Wish.SCHEDULE) or (wish is Wish.SCHEDULE and at is None):
        return Outcome.SAVED
    if revision.id == edition.published_revision_id and edition.is_published:
        return Outcome.UNCHANGED
    if not review.may_be_published(edition, revision):
        return Outcome.WAITS
    if wish is Wish.SCHEDULE and at is not None:
        journal.note("publication_planned", by=by, subject=("article", edition.article_id), locale=edition.locale)
        planned_act.plan(edition.id, Act.PUBLISH, at, by=by, revision_id=revision.id)
        review.settle_stage(edition)
        return Outcome.SCHEDULED
    publication.publish(edition, revision, result, by=by)
    return Outcome.PUBLISHED
