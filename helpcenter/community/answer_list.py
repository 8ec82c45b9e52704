"""The answers of a question in their order: the solution, then what helped most, then the oldest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from helpcenter.community.answer import Answer
from helpcenter.community.answer_vote import tally_of_answer
from helpcenter.community.question import Question
from helpcenter.community.ranking import share_in_table
from helpcenter.core.db import db
from helpcenter.feedback.tally import HelpfulTally

PAGE_ANSWERS = 20


@dataclass(frozen=True)
class Ranked:
    """An answer with how many it helped, and how many it did not."""

    answer: Answer
    yes: int
    no: int


def ranked(question: Question, page: int = 1) -> Sequence[Ranked]:
    """One page of the answers; the first is 1."""
    yes, no = func.coalesce(HelpfulTally.yes, 0), func.coalesce(HelpfulTally.no, 0)
    rows = db.session.execute(_ordered(question, Answer, yes, no).limit(PAGE_ANSWERS).offset((page - 1) * PAGE_ANSWERS))
    return [Ranked(*row) for row in rows]


def page_of(question: Question, answer_id: int) -> int:
    """The page on which an answer stands."""
    ids = list(db.session.scalars(_ordered(question, Answer.id)))
    return ids.index(answer_id) // PAGE_ANSWERS + 1


def pages(question: Question) -> int:
    """How many pages the answers fill; 1 without any."""
    return max(1, -(-question.answers // PAGE_ANSWERS))


def _ordered(question: Question, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Answer)
        .outerjoin(HelpfulTally, tally_of_answer())
        .where(Answer.question_id == question.id)
        .order_by(
            (Answer.id == (question.solution_id or 0)).desc(),
            share_in_table().desc(),
            Answer.created_at,
            Answer.id,
        )
    )
