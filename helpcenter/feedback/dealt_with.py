"""What editors made of a vote's words: a row with the state, who and when, gone when the reader writes again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db, upsert
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.feedback.state import State

_KEPT = tuple(one for one in State if one is not State.NEW)


class FeedbackState(Model):
    """A vote without a row is new. `is_thanked`: the reader was told that it is done."""

    __tablename__ = "feedback_state"
    __table_args__ = (CheckConstraint(f"state IN ({', '.join(repr(one.value) for one in _KEPT)})", name="state"),)
    vote_id: Mapped[int] = mapped_column(ForeignKey(HelpfulVote.id, ondelete="CASCADE"), primary_key=True)
    state: Mapped[str] = mapped_column(String(8))
    set_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    set_at: Mapped[datetime]
    is_thanked: Mapped[bool] = mapped_column(default=False)


def put(vote_id: int, state: State, by: int, *, is_thanked: bool = False) -> None:
    """Say what becomes of it; the same again changes nothing but a thank-you. To be called after begin_write()."""
    if state is State.NEW:
        reopen(vote_id)
        return
    values = {"state": state.value, "set_by": by, "set_at": clock.now(), "is_thanked": is_thanked}
    row = upsert(FeedbackState).values(vote_id=vote_id, **values)
    is_news = (FeedbackState.state != row.excluded.state) | (row.excluded.is_thanked & ~FeedbackState.is_thanked)
    db.session.execute(row.on_conflict_do_update(index_elements=["vote_id"], set_=values, where=is_news))


def reopen(vote_id: int) -> None:
    """It is new again; nothing when it is. To be called after begin_write()."""
    mine = delete(FeedbackState).where(FeedbackState.vote_id == vote_id)
    db.session.execute(mine, execution_options={"synchronize_session": False})


def states_of(vote_ids: Iterable[int]) -> dict[int, FeedbackState]:
    """What became of these, by vote id; the new ones are missing."""
    rows = db.session.scalars(select(FeedbackState).where(FeedbackState.vote_id.in_(list(vote_ids))))
    return {row.vote_id: row for row in rows}
