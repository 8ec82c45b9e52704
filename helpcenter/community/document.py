"""What search knows of questions: a solved one answers with its solution, and is found by what was asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from sqlalchemy import select

from helpcenter.community import duplicate, tag
from helpcenter.community.answer import Answer
from helpcenter.community.moderation.state import State
from helpcenter.community.question import SUBJECT, Question
from helpcenter.core.db import db
from helpcenter.search.document import LONGEST_KEYWORD, Document
from helpcenter.topics.audience import Audience
from helpcenter.topics.tree import tree

MOST_ASKED = 10
"""Pieces of a solved question by which it is found; what is behind them was asked at too great a length."""
MOST_ANSWERS = 30
MOST_AGAIN = 100


def documents(question_ids: Sequence[int]) -> list[Document]:
    """One document for each question that readers see, in its own language.

    A duplicate has none: its words lead to its original.
    """
    shown = (Question.id.in_(list(question_ids)), Question.state == State.SHOWN.value, Question.original_id.is_(None))
    rows = db.session.scalars(select(Question).where(*shown)).all()
    others = duplicate.others_of([row.id for row in rows])
    tags, answers = tag.of_questions(row.id for row in rows), _answers([row.id for row in rows])
    return [_document(row, tags.get(row.id, []), answers.get(row.id, {}), others.get(row.id, [])) for row in rows]


def document_ids() -> list[int]:
    """Every question that readers see."""
    shown = select(Question.id).where(Question.state == State.SHOWN.value)
    return list(db.session.scalars(shown.order_by(Question.id)))


def _document(row: Question, tags: list[str], answers: Mapping[int, str], others: Sequence[Question]) -> Document:
    node = tree().nodes.get(row.topic_id or 0)
    # An article that was given without a word beside it says nothing here: it is found by itself.
    solution = answers.get(row.solution_id or 0) or None
    return Document(
        kind=SUBJECT,
        id=row.id,
        locale=row.locale,
        title=row.title,
        # The passage is taken from the body: of what is solved one wants to read how.
        body=solution if solution is not None else "\n".join([row.plain_text, *answers.values()]),
        keywords=(*tags, *(_asked(row) if solution is not None else ()), *_asked_again(row, others)),
        topic_id=row.topic_id,
        audience=node.audience if node else "everyone",
        updated_at=row.active_at,
        solved=row.is_solved,
        tags=tuple(tags),
    )


def _asked(row: Question) -> Iterator[str]:
    yield from wrap(row.plain_text, LONGEST_KEYWORD)[:MOST_ASKED]


def _asked_again(row: Question, others: Sequence[Question]) -> Iterator[str]:
    """The titles of its duplicates, of those that are read by the same people: no word may tell of what is hidden."""
    for one in others[:MOST_AGAIN]:
        if duplicate.audience_of(one) in (duplicate.audience_of(row), Audience.EVERYONE):
            yield one.title


def _answers(question_ids: Sequence[int]) -> dict[int, dict[int, str]]:
    """The text of the first answers and of the solution of each question, by question and answer."""
    rows = db.session.execute(
        select(Answer.question_id, Answer.id, Answer.plain_text, Question.solution_id)
        .join(Question, Question.id == Answer.question_id)
        .where(Answer.question_id.in_(list(question_ids)), Answer.state == State.SHOWN.value)
        .order_by(Answer.id)
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for question_id, answer_id, text, solution_id in rows:
        if len(found[question_id]) < MOST_ANSWERS or answer_id == solution_id:
            found[question_id][answer_id] = text
    return found
