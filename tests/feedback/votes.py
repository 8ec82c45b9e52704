"""What the tests of this package do again and again: vote as somebody, count what is there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from helpcenter.core.db import begin_write, db
from helpcenter.feedback import vote
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.feedback.tally import Tally
from helpcenter.journeys import visitor
from helpcenter.journeys.actor import Actor

ARTICLE = ("article", 12)


def someone(user_id: int | None = None) -> Actor:
    """A visitor never seen before."""
    return Actor(visitor.new_id(), user_id)


def cast(helpful: bool, by: Actor, revision_id: int = 40, subject: tuple[str, int] = ARTICLE, **more: Any) -> Tally:
    """Vote and commit."""
    begin_write()
    counted = vote.cast_vote(subject=subject, revision_id=revision_id, helpful=helpful, by=by, **more)
    db.session.commit()
    return counted


def withdraw(by: Actor, revision_id: int = 40, subject: tuple[str, int] = ARTICLE) -> Tally:
    """Take back and commit."""
    begin_write()
    counted = vote.withdraw(subject=subject, revision_id=revision_id, by=by)
    db.session.commit()
    return counted


def carry(from_revision: int, to_revision: int) -> Tally:
    """Carry over and commit."""
    begin_write()
    counted = vote.carry_over(ARTICLE, from_revision, to_revision)
    db.session.commit()
    return counted


def rows() -> int:
    """How many votes there are."""
    return db.session.scalar(select(func.count()).select_from(HelpfulVote)) or 0


def only_vote() -> HelpfulVote:
    """The one vote there is."""
    db.session.rollback()
    return db.session.scalars(select(HelpfulVote), execution_options={"populate_existing": True}).one()
