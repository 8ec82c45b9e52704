"""Made-up people with their questions, answers, votes, tags and solutions, put into a site by plain statements.

Who writes is as uneven as it is anywhere: one person gave a hundredth of all answers, and most people gave one or none.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import func, insert, select, update

from benchmarks.corpus import Writer
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import STRANGER
from helpcenter.community import counting
from helpcenter.community.acceptance import Acceptance
from helpcenter.community.answer import SUBJECT as ANSWER
from helpcenter.community.answer import Answer
from helpcenter.community.me_too import MeToo
from helpcenter.community.question import Question
from helpcenter.community.tag import QuestionTag, Tag
from helpcenter.core.db import begin_write, db
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.feedback.tally import HelpfulTally
from helpcenter.search import drainer
from helpcenter.topics.tree import tree

QUESTIONS_A_PERSON = 2.5
TAGS = 200
BEGUN = datetime(2024, 1, 1, tzinfo=UTC)
YEARS = timedelta(days=700)
ROWS_AT_ONCE = 2_000
LONG_TALK = 30
"""Answers of the first question."""


def fill(questions: int) -> None:
    """Write so many questions, four times as many answers, and their people, votes, tags and solutions; index them."""
    writer = Writer()
    chance = writer.chance
    people = max(10, int(questions / QUESTIONS_A_PERSON))
    first = (db.session.scalar(select(func.max(User.id))) or 0) + 1
    topics = [node.id for node in tree().roots(STRANGER)]
    _write(User, (_person(first + number) for number in range(people)))
    _write(Tag, ({"id": number, "name": f"tag-{number}"} for number in range(1, TAGS + 1)))
    _write(Question, (_question(writer, id, first, people, topics) for id in range(1, questions + 1)))
    _write(
        QuestionTag,
        (
            {"question_id": id, "tag_id": number}
            for id in range(1, questions + 1)
            for number in {_uneven(chance, TAGS) for _ in range(2)}
        ),
    )
    _write(Answer, _answers(writer, questions, first, people))
    _write(HelpfulVote, _votes(chance, questions))
    _write(MeToo, ({"question_id": id, "user_id": first, "said_at": BEGUN} for id in range(1, questions + 1, 3)))
    _tally()
    _count()
    drainer.rebuild()


def _uneven(chance: random.Random, most: int) -> int:
    """A number from 1 to `most`, small ones more often."""
    return 1 + int(most * chance.random() ** 2)


def _person(id: int) -> dict[str, Any]:
    return {
        "id": id,
        "name": f"Person {id}",
        "email": f"person-{id}@example.org",
        "email_key": f"person-{id}@example.org",
        "password_hash": "x",
        "created_at": BEGUN,
        "confirmed_at": BEGUN,
    }


def _text(writer: Writer, words: int) -> dict[str, Any]:
    text = " ".join(writer.words(words))
    return {"text": text, "html": f"<p>{text}.</p>", "plain_text": text, "renderer_version": 1}


def _question(writer: Writer, id: int, first: int, people: int, topics: list[int]) -> dict[str, Any]:
    chance = writer.chance
    asked_at = BEGUN + chance.random() * YEARS
    return {
        "id": id,
        "kind": "question",
        "locale": "en",
        "topic_id": chance.choice(topics),
        "author_id": first + _uneven(chance, people) - 1,
        "title": f"{' '.join(writer.words(6)).capitalize()} {id}",
        "reading_seconds": 20,
        "created_at": asked_at,
        "active_at": asked_at + chance.random() * timedelta(days=20),
        "hot": 0.0,
        **_text(writer, 60),
    }


def _answers(writer: Writer, questions: int, first: int, people: int) -> Iterator[dict[str, Any]]:
    """The first question has many; one in eight has none."""
    chance = writer.chance
    for question_id in range(1, questions + 1):
        count = LONG_TALK if question_id == 1 else chance.choice((0, 1, 2, 3, 4, 5, 7, 10))
        for number in range(count):
            yield {
                "id": question_id * 100 + number,
                "question_id": question_id,
                "author_id": first + _uneven(chance, people) - 1,
                "was_staff": chance.random() < 0.1,
                "revision": 1,
                "created_at": BEGUN + YEARS + timedelta(minutes=number),
                **_text(writer, 80),
            }


def _votes(chance: random.Random, questions: int) -> Iterator[dict[str, Any]]:
    for answer_id in db.session.scalars(select(Answer.id)).all():
        for number in range(chance.choice((0, 0, 1, 1, 2))):
            yield {
                "subject_kind": ANSWER,
                "subject_id": answer_id,
                "revision_id": 1,
                "voter": f"visitor:{chance.randint(1, questions * 4)}-{number}",
                "helpful": chance.random() < 0.8,
                "created_at": BEGUN + YEARS,
                "updated_at": BEGUN + YEARS,
            }


def _count() -> None:
    """Let each question say what its rows add up to, many in a transaction."""
    differences = iter(counting.recount(check=True))
    while some := list(islice(differences, ROWS_AT_ONCE)):
        begin_write(survives_power_cut=False)
        db.session.execute(update(Question), [{"id": one.question_id, **one.counted} for one in some])
        db.session.commit()


def _tally() -> None:
    """The tallies of the votes, and the first answer of every other question as its solution."""
    begin_write(survives_power_cut=False)
    counted = select(
        HelpfulVote.subject_kind,
        HelpfulVote.subject_id,
        HelpfulVote.revision_id,
        func.sum(func.iif(HelpfulVote.helpful, 1, 0)),
        func.sum(func.iif(HelpfulVote.helpful, 0, 1)),
    ).group_by(HelpfulVote.subject_kind, HelpfulVote.subject_id, HelpfulVote.revision_id)
    columns = ["subject_kind", "subject_id", "revision_id", "yes", "no"]
    db.session.execute(insert(HelpfulTally).from_select(columns, counted, include_defaults=True))
    solved = select(Answer.question_id, func.min(Answer.id), Question.author_id).join(
        Question, Question.id == Answer.question_id
    )
    rows = db.session.execute(solved.where(Question.id % 2 == 0).group_by(Answer.question_id, Question.author_id)).all()
    db.session.commit()
    _write(
        Acceptance,
        (
            {"question_id": one, "answer_id": two, "accepted_by": by, "via": "asker", "accepted_at": BEGUN + YEARS}
            for one, two, by in rows
        ),
    )


def _write(table: type, rows: Iterable[dict[str, Any]]) -> None:
    waiting = iter(rows)
    while some := list(islice(waiting, ROWS_AT_ONCE)):
        begin_write(survives_power_cut=False)
        db.session.execute(insert(table), some)
        db.session.commit()
