"""A made-up community, small and large: what its pages cost, and whether a page costs more where more was written."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

from sqlalchemy import event, func, select

from benchmarks import crowd, load, site
from benchmarks.comparison import spent, warm
from benchmarks.corpus import Writer
from benchmarks.server import Server, serving
from benchmarks.table import Row
from helpcenter.community.address import person_address, question_address
from helpcenter.community.answer import Answer
from helpcenter.community.question import Question
from helpcenter.core.db import db

SMALL = 500
"""With fewer, the lists of the small one would not be full."""
ARTICLES = 100
SEARCHES = 40
LARGE = 10_000
"""From so many texts on the goal of a search page does not hold."""
LONG = f"a question with {crowd.LONG_TALK} answers"


def rows(bare: Server, questions: int, rounds: int, times: int) -> list[Row]:
    """Each page of a community of so many questions beside that of a small one: queries, and processor when cold.

    And of the large one a question with many answers, warm, and pages of search results, beside the bare page.
    """
    with tempfile.TemporaryDirectory() as near, tempfile.TemporaryDirectory() as far:
        small, large = _community(Path(near), SMALL), _community(Path(far), questions)
        with (
            serving("helpcenter.wsgi:app", small.where.environment) as few,
            serving("helpcenter.wsgi:app", large.where.environment) as many,
        ):
            talk = load.request(large.pages[LONG])
            found = warm(f"{LONG}, warm", bare, many, talk, rounds=rounds, times=times, goals=(1.0, 1.0))
            words = Writer(seed=2)
            name = f"search page of {questions + ARTICLES:,} texts, new words: processor a query"
            costs = [_searched(many, words) for _ in range(rounds)]
            found.append(Row(name, costs, "ms", at_most=25 if questions < LARGE else None))
            for name, address in large.pages.items():
                ratios = [
                    _cold(many, large.where, address) / _cold(few, small.where, small.pages[name])
                    for _ in range(rounds)
                ]
                more = _queries(large.where, address) - _queries(small.where, small.pages[name])
                found += [
                    Row(f"{questions:,} questions, {name}: processor, cold, to {SMALL}", ratios, at_most=1.5),
                    Row(f"{questions:,} questions, {name}: more queries", [more], "", at_most=0, is_timed=False),
                ]
    return found


def _searched(product: Server, words: Writer) -> float:
    """Milliseconds of processor a page of results costs at the median, each for words nobody asked for before."""
    costs = []
    for _ in range(SEARCHES):
        asked = load.request(f"/en/search?q={quote(' '.join(words.words(3)))}")
        costs.append(spent(product, asked, 1, connections=1)[1] * 1000)
    return median(costs)


@dataclass(frozen=True)
class Community:
    """A site with its questions; `pages` are the addresses to ask for, by what they show."""

    where: site.Site
    pages: dict[str, str]


def _community(folder: Path, questions: int) -> Community:
    where = site.make(folder, ARTICLES)
    with where.app.app_context():
        crowd.fill(questions)
        return Community(where, _pages())


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
        LONG: question_address(db.session.get_one(Question, 1), "en"),
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
    return sum(not statement.startswith(("BEGIN", "PRAGMA")) for statement in asked)
