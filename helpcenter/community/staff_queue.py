"""The queues of the team: questions by whose turn it is. Each is a named set, and its definition is told above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import aliased

from helpcenter.accounts.viewer import Viewer
from helpcenter.community.answer import Answer
from helpcenter.community.last_word import LastWord
from helpcenter.community.likely import QUIET
from helpcenter.community.moderation.state import State
from helpcenter.community.question import Kind, Question
from helpcenter.community.visibility import visible_questions
from helpcenter.core import clock
from helpcenter.core.db import db

PAGE_ROWS = 30
FIRST = "needs_attention"


@dataclass(frozen=True)
class Queue:
    """A name, what it holds in words, and whether the longest waiting comes first (else the newest)."""

    title: Any
    definition: Any
    oldest_first: bool = True


QUEUES: Mapping[str, Queue] = {
    "needs_attention": Queue(
        _l("Needs attention"), _l("Open questions no one has replied to, or where the asker spoke last.")
    ),
    "unanswered": Queue(_l("Unanswered"), _l("Open questions without an answer, whatever was commented.")),
    "not_helped": Queue(
        _l("Answers did not help"),
        _l("Open questions whose asker said that an answer did not solve it, with no answer since."),
    ),
    "needs_info": Queue(
        _l("Asked back"), _l("Open questions where someone commented last, and the asker has not replied yet.")
    ),
    "responded": Queue(
        _l("Responded"),
        _l("Open questions where someone else answered last, and the asker has not said that it did not help."),
    ),
    "done": Queue(
        _l("Done"),
        _l("Questions that are solved, closed, asked before, or likely answered."),
        oldest_first=False,
    ),
}


@dataclass(frozen=True)
class Page:
    """Some questions, and the number after which the next page begins; None on the last one."""

    rows: Sequence[Question]
    next_after: int | None


def page(name: str, viewer: Viewer, after: int | None = None) -> Page:
    """One page of a queue, in every language, after the question of this number. Raises KeyError for an unknown one."""
    queue = QUEUES[name]
    wanted = visible_questions(viewer).where(Question.kind == Kind.QUESTION, _members(name))
    last = db.session.get(Question, after) if after else None
    at, number = Question.active_at, Question.id
    if last is not None:
        is_past = (at > last.active_at) if queue.oldest_first else (at < last.active_at)
        is_next = (number > last.id) if queue.oldest_first else (number < last.id)
        wanted = wanted.where(or_(is_past, and_(at == last.active_at, is_next)))
    order = (at, number) if queue.oldest_first else (at.desc(), number.desc())
    rows = list(db.session.scalars(wanted.order_by(*order).limit(PAGE_ROWS + 1)))
    return Page(rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].id if len(rows) > PAGE_ROWS else None)


def _members(name: str) -> ColumnElement[bool]:
    if name == "done":
        return not_(_is_open())
    rule = {
        "needs_attention": or_(Question.last_word.is_(None), Question.last_word == LastWord.ASKER),
        "unanswered": Question.answers == 0,
        "not_helped": _has_not_helped(),
        "needs_info": Question.last_word == LastWord.COMMENT,
        "responded": and_(Question.last_word == LastWord.ANSWER, not_(_has_not_helped())),
    }[name]
    return and_(_is_open(), rule)


def _is_open() -> ColumnElement[bool]:
    is_quiet = and_(Question.helpful > 0, Question.active_at <= clock.now() - QUIET)
    # The conditions of an index of their own, ix_question_open, as it names them.
    return and_(
        Question.solution_id.is_(None), Question.original_id.is_(None), Question.closed_as.is_(None), not_(is_quiet)
    )


def _has_not_helped() -> ColumnElement[bool]:
    refused, later, asked = aliased(Answer), aliased(Answer), aliased(Question)
    is_later = select(later.id).where(
        later.question_id == refused.question_id,
        later.author_id != asked.author_id,
        later.state == State.SHOWN.value,
        later.created_at > refused.not_yet_at,
    )
    # From the few answers that somebody said no to, not from the many questions.
    said_no = select(refused.question_id).join(asked, asked.id == refused.question_id)
    return Question.id.in_(said_no.where(refused.not_yet_at.is_not(None), ~is_later.correlate(refused, asked).exists()))
