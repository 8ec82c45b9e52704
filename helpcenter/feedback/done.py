"""What an editor has dealt with: a row that exists, with who and when, and is gone when the reader writes again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db, upsert
from helpcenter.feedback.helpful_vote import HelpfulVote


class FeedbackDone(Model):
    __tablename__ = "feedback_done"
    vote_id: Mapped[int] = mapped_column(ForeignKey(HelpfulVote.id, ondelete="CASCADE"), primary_key=True)
    done_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    done_at: Mapped[datetime]


def mark(vote_id: int, by: int) -> None:
    """Mark as done by this user; whoever was first stays. To be called after begin_write()."""
    row = upsert(FeedbackDone).values(vote_id=vote_id, done_by=by, done_at=clock.now())
    db.session.execute(row.on_conflict_do_nothing(index_elements=["vote_id"]))


def reopen(vote_id: int) -> None:
    """Take the mark away; nothing when there is none. To be called after begin_write()."""
    mine = delete(FeedbackDone).where(FeedbackDone.vote_id == vote_id)
    db.session.execute(mine, execution_options={"synchronize_session": False})


def marks_of(vote_ids: Iterable[int]) -> dict[int, FeedbackDone]:
    """Who dealt with these, by vote id."""
    rows = db.session.scalars(select(FeedbackDone).where(FeedbackDone.vote_id.in_(list(vote_ids))))
    return {row.vote_id: row for row in rows}
