"""The gate: which questions and answers a viewer may read. No view asks the database around it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, select

from helpcenter.accounts.viewer import Viewer
from helpcenter.community.answer import Answer
from helpcenter.community.question import Question
from helpcenter.core.db import db, lock_row
from helpcenter.core.refusals import NotFound
from helpcenter.topics.tree import tree

NO_TOPIC = 0


def visible_questions(viewer: Viewer) -> Select[Question]:
    """Every question this viewer may read: those of topics they may see, and those about something else."""
    return select(Question).where(_is_visible(viewer))


def visible_answers(viewer: Viewer) -> Select[Answer]:
    """The answers to these."""
    return select(Answer).join(Question, Question.id == Answer.question_id).where(_is_visible(viewer))


def readable(question_id: int, viewer: Viewer) -> Question:
    """A question. Raises NotFound for one that this viewer may not know of."""
    found = db.session.scalars(visible_questions(viewer).where(Question.id == question_id)).first()
    if found is None:
        raise NotFound
    return found


def locked(question_id: int, viewer: Viewer) -> Question:
    """The same, locked until the commit. To be called after begin_write(). Raises NotFound."""
    found: Question | None = lock_row(visible_questions(viewer).where(Question.id == question_id))
    if found is None:
        raise NotFound
    return found


def readable_answer(answer_id: int, viewer: Viewer, question_id: int | None = None) -> Answer:
    """An answer, of this question where one is named. Raises NotFound."""
    wanted = visible_answers(viewer).where(Answer.id == answer_id)
    found = db.session.scalars(wanted).first()
    if found is None or question_id not in (None, found.question_id):
        raise NotFound
    return found


def _is_visible(viewer: Viewer) -> ColumnElement[bool]:
    # An expression and not the column, so that no database takes its index: almost every question is visible.
    return func.coalesce(Question.topic_id, NO_TOPIC).in_([NO_TOPIC, *tree().visible_ids(viewer)])
