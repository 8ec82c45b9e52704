"""A made-up community, small and large: what its pages cost, and whether a page costs more where more was written.

Who writes is as uneven as it is anywhere: one person gave a hundredth of all answers, and most people gave one or none.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import event, func, insert, select, update

from benchmarks import load, site
from benchmarks.server import Server, serving
from benchmarks.table import Row
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import STRANGER
from helpcenter.community import counting
from helpcenter.community.acceptance import Acceptance
from helpcenter.community.address import person_address, question_address
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

ANSWERS_A_QUESTION = 4
QUESTIONS_A_PERSON = 2.5
TAGS = 200
BEGUN = datetime(2024, 1, 1, tzinfo=UTC)
YEARS = timedelta(days=700)
ROWS_AT_ONCE = 2_000
SMALL = 500
LONG_TALK = 30
"""Answers of the question whose page is measured."""


def rows(questions: int, rounds: int) -> list[Row]:
    """Each page of a community of so many questions beside that of a small one: queries, and processor when cold."""
    with tempfile.TemporaryDirectory() as near, tempfile.TemporaryDirectory() as far:
        small, large = _community(Path(near), SMALL), _community(Path(far), questions)
        with (
            serving("helpcenter.wsgi:app", small.where.environment) as few,
            serving("helpcenter.wsgi:app", large.where.environment) as many,
        ):
            found = []
            for name, address in large.pages.items():
                ratios = [
                    _cold(many, large.where, address) / _cold(few, small.where, small.pages[name])
                    for _ in range(rounds)
                ]
                more = _queries(large.where, address) - _queries(small.where, small.pages[name])
                found += [
                    Row(f"{questions} questions, {name}: processor, cold, to {SMALL}", ratios, at_most=1.5),
                    Row(f"{questions} questions, {name}: more queries", [more], "", at_most=0, is_timed=False),
                ]
    return found


@dataclass(frozen=True)
class Community:
    """A site with its questions; `pages` are the addresses to ask for, by what they show."""

    where: site.Site
    pages: dict[str, str]


def _community(folder: Path, questions: int) -> Community:
    where = site.make(folder, 100)
    with where.app.app_context():
        fill(questions)
        return Community(where, _pages())


def fill(questions: int) -> None:
    """Write so many questions, four times as many answers, and their people, votes, tags and solutions; index them."""
    chance = random.Random(1)
    people = max(10, int(questions / QUESTIONS_A_PERSON))
    first = (db.session.scalar(select(func.max(User.id))) or 0) + 1
    topics = [node.id for node in tree().roots(STRANGER)]
    _write(User, (_person(first + number) for number in range(people)))
    _write(Tag, ({"id": number, "name": f"tag-{number}"} for number in range(1, TAGS + 1)))
    _write(Question, (_question(chance, id, first, people, topics) for id in range(1, questions + 1)))
    _write(
        QuestionTag,
        (
            {"question_id": id, "tag_id": number}
            for id in range(1, questions + 1)
            for number in {_uneven(chance, TAGS) for _ in range(2)}
        ),
    )
    _write(Answer, _answers(chance, questions, first, people))
    _write(HelpfulVote, _votes(chance, questions))
    _write(MeToo, ({"question_id": id, "user_id": first, "said_at": BEGUN} for id in range(1, questions + 1, 3)))
    _tally()
    _count()
    drainer.rebuild()


def _uneven(chance: random.Random, most: int) -> int:
    """A number from 1 to `most`, small ones more often."""
    return 1 + int(most * chance.random() ** 2)


def _words(chance: random.Random, count: int) -> str:
    return " ".join(f"{chance.choice(site.WORDS)}" for _ in range(count))


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


def _text(chance: random.Random, words: int) -> dict[str, Any]:
    text = _words(chance, words)
    return {"text": text, "html": f"<p>{text}.</p>", "plain_text": text, "renderer_version": 1}


def _question(chance: random.Random, id: int, first: int, people: int, topics: list[int]) -> dict[str, Any]:
    asked_at = BEGUN + chance.random() * YEARS
    return {
        "id": id,
        "kind": "question",
        "locale": "en",
        "topic_id": chance.choice(topics),
        "author_id": first + _uneven(chance, people) - 1,
        "title": f"{_words(chance, 6).capitalize()} {id}",
        "reading_seconds": 20,
        "created_at": asked_at,
        "active_at": asked_at + chance.random() * timedelta(days=20),
        "hot": 0.0,
        **_text(chance, 60),
    }


def _answers(chance: random.Random, questions: int, first: int, people: int) -> Iterator[dict[str, Any]]:
    """The first question has many; one in eight has none."""
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
                **_text(chance, 80),
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


def _pages() -> dict[str, str]:
    busiest = db.session.execute(
        select(Answer.author_id).group_by(Answer.author_id).order_by(func.count().desc()).limit(1)
    ).scalar_one()
    last = db.session.scalars(select(Question).order_by(Question.id.desc()).limit(1)).one()
    return {
        "recent": "/en/community",
        "hot": "/en/community?sort=hot",
        "unanswered": "/en/community?show=unanswered",
        "solved, by age": "/en/community?show=solved&sort=new",
        "of a topic": f"/en/community?topic={last.topic_id}",
        "of a tag": "/en/tags/tag-1",
        f"a question with {LONG_TALK} answers": question_address(db.session.get_one(Question, 1), "en"),
        "a question": question_address(last, "en"),
        "the busiest person": person_address(busiest, f"Person {busiest}", "en"),
    }


def _cold(server: Server, where: site.Site, address: str, times: int = 15) -> float:
    """Processor seconds of a first view after a change, at the median."""
    spent = []
    for _ in range(times):
        where.grow_cold()
        before = server.cpu_seconds()
        answer = load.run(server.port, load.request(address), times=1, connections=1)
        if set(answer.statuses) != {200}:
            raise RuntimeError(f"answered with {set(answer.statuses)}: {address}")
        spent.append(server.cpu_seconds() - before)
    return median(spent)


def _queries(where: site.Site, address: str) -> int:
    return _counted(where, lambda browser: browser.get(address))


def _counted(where: site.Site, ask: Callable[[Any], Any]) -> int:
    asked: list[str] = []
    where.grow_cold()
    browser = where.app.test_client(use_cookies=False)
    with where.app.app_context():
        engine = db.engine

        def count(*given: Any) -> None:
            asked.append(given[2])

        event.listen(engine, "before_cursor_execute", count)
        ask(browser)
        event.remove(engine, "before_cursor_execute", count)
    return sum(not statement.startswith("BEGIN") for statement in asked)
