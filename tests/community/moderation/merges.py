"""Merging on behalf of a test, and what there is to see afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from helpcenter.community import acceptance
from helpcenter.community.acceptance import Via
from helpcenter.community.address import question_address
from helpcenter.community.answer import Answer
from helpcenter.community.moderation import merging
from helpcenter.community.question import Question
from helpcenter.core.db import begin_write, db
from helpcenter.journeys.episode import EpisodeRow
from tests.cast import Cast
from tests.community.posts import (
    actor_of,
    locked,
    question_of,
)


def merge(cast: Cast, question_id: int, into_id: int) -> int:
    """Mia merges; the number of the act."""
    by = actor_of(cast, "mia")
    begin_write()
    row = merging.merge(question_id, into_id, by=by, by_id=by.user_id or 0, via=Via.TRUSTED)
    db.session.commit()
    return row.id


def address(question_id: int) -> str:
    return question_address(question_of(question_id), "en")


def said(question_id: int) -> list[str]:
    """The answers that stand under a question."""
    wanted = select(Answer.text).where(Answer.question_id == question_id, Answer.state == "shown").order_by(Answer.id)
    return list(db.session.scalars(wanted))


def heard(row: Question) -> tuple[object, ...]:
    return row.last_word, row.active_at


def state_of(*question_ids: int) -> Sequence[tuple[object, ...]]:
    """All that a merging may change of these questions."""
    rows = [question_of(one) for one in question_ids]
    return [
        (row.answers, row.helpful, row.hot, row.solution_id, row.original_id, *heard(row), said(row.id)) for row in rows
    ]


def accept_for_others(cast: Cast, answer_id: int, name: str) -> None:
    """A trusted member accepts in place of the asker."""
    by = actor_of(cast, name)
    begin_write()
    row = db.session.get_one(Answer, answer_id)
    acceptance.accept(locked(row.question_id), row, by=by, user_id=by.user_id or 0, via=Via.TRUSTED)
    db.session.commit()


def states(user_id: int) -> list[str]:
    """The states of the episodes of somebody."""
    db.session.rollback()
    rows = select(EpisodeRow.state).where(EpisodeRow.user_id == user_id).order_by(EpisodeRow.opened_at)
    return list(db.session.scalars(rows))


def answer_to_text(text: str) -> int:
    return db.session.scalars(select(Answer.id).where(Answer.text == text, Answer.state == "shown")).one()


def answer_to(question_id: int) -> int:
    return db.session.scalars(select(Answer.id).where(Answer.question_id == question_id)).one()
