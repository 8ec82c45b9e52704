"""What a page costs must not grow with what people wrote: three answers or twelve, it is the same number of statements."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import pytest
from flask.testing import FlaskClient

from helpcenter.community.listing import PAGE_ROWS
from helpcenter.core.db import begin_write, db
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from helpcenter.search import drainer
from helpcenter.support import conversation
from tests.cast import Cast
from tests.community.posts import actor_of, put_answer, put_comment, put_question, put_vote
from tests.shelf import put_article, put_topic
from tests.support.letters_to_us import opened
from tests.web.cold import grow_cold

FEW, MANY = 3, 12
ANSWERERS = ("cleo", "sam", "mia", "ada", "root")
QUESTION = "/en/questions/1-how-do-i-get-my-money-back"
MOST = {
    ("stranger", QUESTION): (13, 17),
    ("ben", QUESTION): (24, 28),
    ("mia", QUESTION): (21, 25),
    ("stranger", "/en/community"): (6, 6),
    ("ben", "/en/community"): (8, 8),
    ("stranger", "/en/search?q=money"): (11, 27),
    ("ben", "/en/search?q=money"): (13, 29),
    ("stranger", "/en/search?q=lockers"): (11, 27),
    ("stranger", "/en/people/1-ben"): (8, 8),
    ("sam", "/inbox"): (10, 10),
    ("sam", "/inbox/1"): (20, 24),
    ("root", "/reports"): (29, 29),
}
"""The most statements that somebody's page may take once a process knows the site: on SQLite, and on PostgreSQL, where
what is searched is asked for by statements too."""


def live(cast: Cast, numbers: range) -> None:
    """So many articles, questions with answers of one, answers to the first question, conversations and messages."""
    cast.id_of("ben")
    names = cycle(ANSWERERS)
    topics = {number: put_topic(f"topic-{number}", f"Topic {number}") for number in numbers}
    for number, topic in topics.items():
        put_article(
            f"Lockers {number}", longer(number, "Where they stand."), topic_id=topic, by=cast.id_of(next(names))
        )
        text = longer(number, "Where is the money?")
        put_answer(cast, put_question(cast, text=text, topic_id=topic, tags=[f"tag-{topic}"]), next(names))
    for _ in numbers:
        answer = put_answer(cast, 1, name := next(names))
        put_comment(cast, 1, name, answer_id=answer)
        put_vote(answer, actor_of(cast, "ben"))
    converse(cast, len(numbers))
    drainer.drain()


def longer(number: int, text: str) -> str:
    """A text that says the same less and less plainly, so that no two of them are found equally well."""
    return f"{text} {'And so on. ' * number}"


def converse(cast: Cast, count: int) -> None:
    """So many conversations, each somebody's, and as many replies within the first."""
    rows = [opened(f"The money is gone: {number}.", email=f"{number}@example.org").id for number in range(count)]
    begin_write()
    for number, row in enumerate(rows):
        conversation.assign(conversation.locked(row), cast.id_of(ANSWERERS[number % 2 * 3 + 1]))
        by = Actor(new_id(), cast.id_of(("sam", "root")[number % 2]))
        conversation.reply(conversation.locked(1), "It is there.", by=by)
        conversation.write(conversation.locked(1), "It is not.", by=Actor(new_id()))
    db.session.commit()


@pytest.mark.parametrize(("who", "path"), MOST)
def test_a_page_takes_no_more_statements_for_more_that_was_written(
    who: str, path: str, cast: Cast, stranger: FlaskClient, statements: Callable[[FlaskClient, str], int]
) -> None:
    counts = []
    for numbers in (range(FEW), range(FEW, MANY)):
        live(cast, numbers)
        browser = stranger if who == "stranger" else cast.browser(who)
        browser.get(path)
        grow_cold()
        counts.append(statements(browser, path))
    on_sqlite, on_postgresql = MOST[who, path]
    most = on_postgresql if db.engine.dialect.name == "postgresql" else on_sqlite
    assert counts[0] == counts[1] <= most


def words(number: int) -> str:
    """A text of 150 words, as much another one for each number as people's texts are."""
    return " ".join(f"word{(number * 37 + place * place) % 2000}" for place in range(150))


def packed(browser: FlaskClient, path: str) -> int:
    """How many bytes of a page are sent."""
    answer = browser.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200 and answer.headers["Content-Encoding"] == "gzip"
    return len(answer.data)


def test_a_question_with_twenty_answers_fits_into_twenty_kilobytes(cast: Cast, stranger: FlaskClient) -> None:
    cast.id_of("ben")
    put_question(cast, text=words(0))
    for number in range(20):
        put_answer(cast, 1, ANSWERERS[number % len(ANSWERERS)], words(number + 1))
    assert packed(stranger, QUESTION) <= 20_000


def test_a_full_page_of_questions_fits_into_six_kilobytes(cast: Cast, stranger: FlaskClient) -> None:
    for number in range(PAGE_ROWS + 1):
        put_question(cast, title=f"How do I {words(number)[:60]}?", text=words(number), tags=[f"tag-{number}"])
    assert packed(stranger, "/en/community") <= 6_000
