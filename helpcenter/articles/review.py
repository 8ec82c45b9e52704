"""A review: somebody asks a colleague to look at the latest words of an edition, who approves or asks for changes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, Text, select, update
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.articles import planned_act
from helpcenter.articles.edition import Edition, Stage
from helpcenter.articles.planned_act import Act
from helpcenter.articles.revision import Revision
from helpcenter.core import clock, site
from helpcenter.core.db import Model, db, lock_row, only
from helpcenter.core.refusals import Conflict, Forbidden, Refusal

LONGEST_WORDS = 1_000
_OPEN = "decided_at IS NULL"


class Decision(StrEnum):
    """How a review ended. `PUBLISHED`: the words were published before anybody decided."""

    APPROVED = "approved"
    CHANGES = "changes"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"


class NeedsSecondPerson(Refusal):
    """The site wants another person's approval before these words are published."""


class Review(Model):
    """`reviewer_id` None: whoever has the time. `revision_id` is the revision that was decided about."""

    __tablename__ = "review"
    __table_args__ = (Index("ix_review_open", "edition_id", unique=True, **only(_OPEN)),)
    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id", ondelete="CASCADE"), index=True)
    asked_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text, default="")
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    decision: Mapped[str] = mapped_column(String(10), default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"), index=True)
    answer: Mapped[str] = mapped_column(Text, default="")


def open_of(edition_id: int) -> Review | None:
    """The review that waits for a decision, if any."""
    return db.session.scalar(select(Review).where(Review.edition_id == edition_id, Review.decided_at.is_(None)))


def last_of(edition_id: int) -> Review | None:
    """The review that was asked for last, decided or not."""
    return db.session.scalar(select(Review).where(Review.edition_id == edition_id).order_by(Review.id.desc()).limit(1))


def ask(edition: Edition, *, by: int, reviewer_id: int | None, words: str) -> Review:
    """Ask for a look at the latest words; asking again while one waits changes whom and with what words.

    To be called after begin_write().
    """
    lock_row(select(Edition).where(Edition.id == edition.id))
    review = open_of(edition.id)
    if review is None:
        review = Review(edition_id=edition.id, asked_by=by, asked_at=clock.now())
        db.session.add(review)
    review.asked_by, review.reviewer_id, review.words = by, reviewer_id, words or review.words or ""
    settle_stage(edition)
    return review


def decide(edition: Edition, decision: Decision, *, by: int, seen_revision_id: int | None, answer: str) -> Review:
    """End the review that waits. To be called after begin_write().

    Raises Conflict when none waits, or when the latest words are not those that were seen; Forbidden for taking back
    what somebody else asked.
    """
    lock_row(select(Edition).where(Edition.id == edition.id))
    review = open_of(edition.id)
    if review is not None and decision is Decision.WITHDRAWN and review.asked_by != by:
        raise Forbidden(review.id)
    if review is None or seen_revision_id != edition.latest_revision_id:
        raise Conflict(edition.id)
    _end(review, decision, by)
    review.revision_id, review.answer = edition.latest_revision_id, answer
    if decision is Decision.CHANGES:
        planned_act.drop(edition.id, Act.PUBLISH, revision_id=review.revision_id)
    settle_stage(edition)
    return review


def settle_stage(edition: Edition) -> None:
    """Write down where the latest words stand: planned, or what colleagues say to them. After begin_write().

    `edition.stage` only keeps for lists what follows from reviews, plans and publications. Whatever changes one of
    these calls this, and nothing else writes it.
    """
    db.session.flush()
    planned = planned_act.of(edition.id).get(Act.PUBLISH)
    is_planned = planned is not None and planned.revision_id == edition.latest_revision_id
    edition.stage = Stage.SCHEDULED if is_planned else stage_of(edition)


def stage_of(edition: Edition) -> Stage:
    """What colleagues say to the latest words: an open question first, then the last decision that still counts.

    A question that was taken back leaves what stood before it. An approval counts for the words it was given to, a
    wish for changes until words are approved or published.
    """
    if open_of(edition.id) is not None:
        return Stage.IN_REVIEW
    decided = select(Review.decision, Review.revision_id).where(
        Review.edition_id == edition.id,
        Review.decision.in_((Decision.APPROVED, Decision.CHANGES)),
        Review.revision_id > (edition.published_revision_id or 0),
    )
    last = db.session.execute(decided.order_by(Review.id.desc()).limit(1)).first()
    if last is None or (last.decision == Decision.APPROVED and last.revision_id != edition.latest_revision_id):
        return Stage.NONE
    return Stage.APPROVED if last.decision == Decision.APPROVED else Stage.CHANGES


def close_published(edition: Edition, by: int | None) -> None:
    """The latest words are published: nobody has to look at them any more. To be called after begin_write()."""
    review = open_of(edition.id)
    if review is not None:
        _end(review, Decision.PUBLISHED, by)
        review.revision_id = edition.latest_revision_id


def is_approved(edition: Edition, revision: Revision) -> bool:
    """Whether somebody approved these words who wrote none of what readers do not see yet."""
    writers = _writers(edition, revision.id)
    decided = select(Review.decision, Review.decided_by.in_(writers)).where(
        Review.edition_id == edition.id,
        Review.revision_id == revision.id,
        Review.decision.in_((Decision.APPROVED, Decision.CHANGES)),
    )
    # Who wrote it themselves approves nothing; of the others the last word counts.
    words = [decision for decision, is_own in db.session.execute(decided.order_by(Review.id)) if not is_own]
    return bool(words) and words[-1] == Decision.APPROVED


def is_own(edition: Edition, user_id: int | None) -> bool:
    """Whether somebody wrote any of what readers do not see yet."""
    return user_id in set(db.session.scalars(_writers(edition, edition.latest_revision_id or 0)))


def _writers(edition: Edition, until_id: int) -> Select[Any]:
    """The user ids of whoever wrote what readers do not see yet, up to a revision."""
    return select(Revision.author_id).where(
        Revision.edition_id == edition.id,
        Revision.id > (edition.published_revision_id or 0),
        Revision.id <= until_id,
        Revision.author_id.is_not(None),
    )


def may_be_published(edition: Edition, revision: Revision) -> bool:
    """Whether the site lets these words be published: always, or once a second person approved them."""
    return not site.current().second_person or is_approved(edition, revision)


def forget(user_id: int) -> None:
    """Nobody waits for somebody who leaves. To be called after begin_write()."""
    theirs = update(Review).where(Review.reviewer_id == user_id, Review.decided_at.is_(None))
    db.session.execute(theirs.values(reviewer_id=None), execution_options={"synchronize_session": False})


def _end(review: Review, decision: Decision, by: int | None) -> None:
    review.decision, review.decided_by, review.decided_at = decision, by, clock.now()
