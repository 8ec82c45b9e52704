"""What search knows of questions: a solved one answers with its solution, and is found by what was asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from sqlalchemy import select

from helpcenter.community import tag
from helpcenter.community.answer import Answer
from helpcenter.community.moderation.state import State
from helpcenter.community.question import SUBJECT, Question
from helpcenter.core.db import db
from helpcenter.search.document import LONGEST_KEYWORD, Document
from helpcenter.topics.tree import tree

MOST_ASKED = 10
"""Pieces of a solved question by which it is found; what is behind them was asked at too great a length."""
MOST_ANSWERS = 30


def documents(question_ids: Sequence[int]) -> list[Document]:
    """One document for each question that readers see, in its own language."""
    shown = (Question.id.in_(list(question_ids)), Question.state == State.SHOWN.value)
    rows = db.session.scalars(select(Question).where(*shown)).all()
    tags, answers = tag.of_questions(row.id for row in rows), _answers([row.id for row in rows])
    return [_document(row, tags.get(row.id, []), answers.get(row.id, {})) for row in rows]


def document_ids() -> list[int]:
    """Every question that readers see."""
    shown = select(Question.id).where(Question.state == State.SHOWN.value)
    return list(db.session.scalars(shown.order_by(Question.id)))


def _document(row: Question, tags: list[str], answers: Mapping[int, str]) -> Document:
    node = tree().nodes.get(row.topic_id or 0)
    solution = answers.get(row.solution_id or 0)
    return Document(
        kind=SUBJECT,
        id=row.id,
        locale=row.locale,
        title=row.title,
        # The passage is taken from the body: of what is solved one wants to read how.
        body=solution if solution is not None else "\n".join([row.plain_text, *answers.values()]),
        keywords=(*tags, *(_asked(row) if solution is not None else ())),
        topic_id=row.topic_id,
        audience=node.audience if node else "everyone",
        updated_at=row.active_at,
        solved=row.is_solved,
        tags=tuple(tags),
    )


def _asked(row: Question) -> Iterator[str]:
    yield from wrap(row.plain_text, LONGEST_KEYWORD)[:MOST_ASKED]


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
