"""The answers of a question in their order: the solution, then what helped most, then the oldest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from helpcenter.accounts.viewer import Viewer
from helpcenter.community.answer import Answer
from helpcenter.community.answer_vote import tally_of_answer
from helpcenter.community.question import Question
from helpcenter.community.ranking import share_in_table
from helpcenter.community.visibility import can_open
from helpcenter.core.db import db
from helpcenter.feedback.tally import HelpfulTally

PAGE_ANSWERS = 20


@dataclass(frozen=True)
class Ranked:
    """An answer with how many it helped, and how many it did not."""

    answer: Answer
    yes: int
    no: int


def ranked(question: Question, viewer: Viewer, page: int = 1) -> Sequence[Ranked]:
    """One page of the answers; the first is 1.

    Which ones they are is found by their ids alone, so that nobody sorts the texts of all the others.
    """
    yes, no = func.coalesce(HelpfulTally.yes, 0), func.coalesce(HelpfulTally.no, 0)
    of_page = _ordered(question, viewer, Answer.id).limit(PAGE_ANSWERS).offset((page - 1) * PAGE_ANSWERS).subquery()
    rows = (
        select(Answer, yes, no)
        .join(of_page, of_page.c.id == Answer.id)
        .outerjoin(HelpfulTally, tally_of_answer())
        .order_by(*_order(question))
    )
    return [Ranked(*row) for row in db.session.execute(rows)]


def page_of(question: Question, viewer: Viewer, answer_id: int) -> int:
    """The page on which an answer stands."""
    ids = list(db.session.scalars(_ordered(question, viewer, Answer.id)))
    return ids.index(answer_id) // PAGE_ANSWERS + 1


def pages(question: Question, viewer: Viewer) -> int:
    """How many pages the answers fill; 1 without any. Somebody may see more of them than readers do."""
    count = question.answers
    if viewer.is_signed_in:
        opened = (Answer.question_id == question.id, can_open(Answer, viewer))
        count = db.session.scalar(select(func.count(Answer.id)).where(*opened)) or 0
    return max(1, -(-count // PAGE_ANSWERS))


def _ordered(question: Question, viewer: Viewer, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Answer)
        .outerjoin(HelpfulTally, tally_of_answer())
        .where(Answer.question_id == question.id, can_open(Answer, viewer))
        .order_by(*_order(question))
    )


def _order(question: Question) -> tuple[Any, ...]:
    is_solution = Answer.id == (question.solution_id or 0)
    return (is_solution.desc(), share_in_table().desc(), Answer.created_at, Answer.id)
