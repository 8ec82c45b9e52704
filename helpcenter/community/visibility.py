"""The gate: which questions and answers a viewer may read. No view asks the database around it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from helpcenter.accounts.viewer import Viewer
from helpcenter.community.answer import Answer
from helpcenter.community.moderation import sanction
from helpcenter.community.moderation.state import OPEN_TO_AUTHOR, State
from helpcenter.community.question import Question
from helpcenter.core.db import db, lock_row, unindexed
from helpcenter.core.refusals import Forbidden, NotFound
from helpcenter.topics.audience import seen_by
from helpcenter.topics.tree import tree
from helpcenter.topics.visibility import is_visible

NO_TOPIC = 0


def visible_questions(viewer: Viewer) -> Select[Question]:
    """Every question of a list for this viewer: those of topics they may see, and those about something else.

    What is hidden, deleted or waits stands in no list; its address opens it for those who may see it.
    """
    return select(Question).where(_is_in_sight(viewer), Question.state == State.SHOWN.value)


def visible_answers(viewer: Viewer) -> Select[Answer]:
    """The answers to these."""
    shown = (Question.state == State.SHOWN.value, Answer.state == State.SHOWN.value)
    return select(Answer).join(Question, Question.id == Answer.question_id).where(_is_in_sight(viewer), *shown)


def own_questions(viewer: Viewer) -> Select[Question]:
    """The same for the list of one person's own: also what of theirs is hidden or waits for a look."""
    theirs = and_(Question.author_id == viewer.id, Question.state.in_(OPEN_TO_AUTHOR))
    return select(Question).where(_is_in_sight(viewer), or_(Question.state == State.SHOWN.value, theirs))


def can_open(row: Any, viewer: Viewer) -> ColumnElement[bool]:
    """Which posts of a class this viewer may open: those shown, their own hidden ones; a moderator opens every one."""
    if viewer.may("moderate"):
        return true()
    theirs = and_(row.author_id == viewer.id, row.state.in_(OPEN_TO_AUTHOR))
    return or_(row.state == State.SHOWN.value, theirs) if viewer.is_signed_in else row.state == State.SHOWN.value


def readable(question_id: int, viewer: Viewer) -> Question:
    """A question. Raises NotFound for one that this viewer may not know of."""
    found = db.session.scalars(_openable(viewer).where(Question.id == question_id)).first()
    if found is None:
        raise NotFound
    return found


def locked(question_id: int, viewer: Viewer) -> Question:
    """The same for a change, its row locked until the commit. To be called after begin_write().

    Raises NotFound, and Forbidden for one about which nothing changes now, and for whoever may change nothing.
    """
    found: Question | None = lock_row(_openable(viewer).where(Question.id == question_id))
    if found is None:
        raise NotFound
    if not found.can_change or sanction.is_blocked(viewer.id):
        raise Forbidden
    return found


def readable_answer(answer_id: int, viewer: Viewer, question_id: int | None = None) -> Answer:
    """An answer, of this question where one is named. Raises NotFound."""
    opened = (*_opened(viewer), can_open(Answer, viewer), Answer.id == answer_id)
    found = db.session.scalars(select(Answer).join(Question, Question.id == Answer.question_id).where(*opened)).first()
    if found is None or question_id not in (None, found.question_id):
        raise NotFound
    return found


def shown_answer(answer_id: int, viewer: Viewer, question_id: int) -> Answer:
    """An answer of this question that everybody sees, so that it can be voted on or accepted. Raises NotFound."""
    found = readable_answer(answer_id, viewer, question_id)
    if not found.is_shown:
        raise NotFound
    return found


def _openable(viewer: Viewer) -> Select[Question]:
    return select(Question).where(*_opened(viewer))


def _opened(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    # One question is looked up by itself; a list goes through many, for which the topics are known already.
    in_sight = or_(Question.topic_id.is_(None), is_visible(Question.topic_id, seen_by(viewer)))
    return in_sight, can_open(Question, viewer)


def _is_in_sight(viewer: Viewer) -> ColumnElement[bool]:
    return unindexed(Question.topic_id, NO_TOPIC).in_([NO_TOPIC, *tree().visible_ids(viewer)])
