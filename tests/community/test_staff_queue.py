"""Whose turn it is, in the words that stand above each queue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from helpcenter.community import acceptance, staff_queue
from helpcenter.community.likely import QUIET
from helpcenter.community.question import Kind
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.community.posts import (
    actor_of,
    answer_of,
    locked,
    put_acceptance,
    put_answer,
    put_comment,
    put_duplicate,
    put_question,
    put_vote,
)
from tests.feedback.votes import someone


def queues_of(cast: Cast, question_id: int) -> set[str]:
    """The names of the queues in which a question stands."""
    sam = cast.viewer("sam")
    return {name for name in staff_queue.QUEUES if question_id in [row.id for row in staff_queue.page(name, sam).rows]}


def say_not_yet(cast: Cast, answer_id: int) -> None:
    begin_write()
    row = answer_of(answer_id)
    acceptance.say_not_solved(locked(row.question_id), row, by=actor_of(cast, "ben"), user_id=cast.id_of("ben"))
    db.session.commit()


def test_a_new_question_needs_attention_and_is_unanswered(cast: Cast) -> None:
    assert queues_of(cast, put_question(cast)) == {"needs_attention", "unanswered"}


def test_an_answer_takes_it_out_and_the_asker_s_own_word_brings_it_back(cast: Cast) -> None:
    asked = put_question(cast)
    put_answer(cast, asked, "cleo")
    assert queues_of(cast, asked) == {"responded"}
    put_comment(cast, asked, "ben")
    assert queues_of(cast, asked) == {"needs_attention"}


def test_who_asks_back_waits_for_the_asker(cast: Cast) -> None:
    asked = put_question(cast)
    put_comment(cast, asked, "sam")
    assert queues_of(cast, asked) == {"needs_info", "unanswered"}
    put_comment(cast, asked, "ben")
    assert queues_of(cast, asked) == {"needs_attention", "unanswered"}


def test_not_yet_says_that_it_did_not_help_until_somebody_answers_again(cast: Cast) -> None:
    asked = put_question(cast)
    start = clock.now()
    say_not_yet(cast, put_answer(cast, asked, "cleo"))
    assert queues_of(cast, asked) == {"not_helped"}
    with clock.moved(start + timedelta(minutes=5)):
        put_answer(cast, asked, "sam")
        assert queues_of(cast, asked) == {"responded"}


def test_what_the_asker_adds_after_a_no_is_no_answer_to_it(cast: Cast) -> None:
    put_question(cast, "cleo")
    asked = put_question(cast)
    start = clock.now()
    say_not_yet(cast, put_answer(cast, asked, "cleo"))
    with clock.moved(start + timedelta(minutes=5)):
        put_answer(cast, asked, "ben", "It says no every time.")
        assert "not_helped" in queues_of(cast, asked)


def test_solved_asked_before_and_likely_answered_are_done(cast: Cast) -> None:
    first, second, third = (put_question(cast, title=f"How do I do {what}?") for what in ("this", "that", "the other"))
    put_acceptance(cast, put_answer(cast, first))
    put_duplicate(cast, second, first)
    put_vote(put_answer(cast, third), someone())
    assert queues_of(cast, third) == {"responded"}
    with clock.moved(clock.now() + QUIET):
        for one in (first, second, third):
            assert queues_of(cast, one) == {"done"}


def test_an_experience_asks_nothing(cast: Cast) -> None:
    assert queues_of(cast, put_question(cast, kind=Kind.EXPERIENCE)) == set()


def test_every_open_question_is_somebody_s_turn_and_no_done_one_is(cast: Cast) -> None:
    open_one, done = put_question(cast), put_question(cast, title="What is done?")
    put_acceptance(cast, put_answer(cast, done))
    turns = {"needs_attention", "not_helped", "needs_info", "responded"}
    assert len(queues_of(cast, open_one) & turns) == 1
    assert not queues_of(cast, done) & turns


@pytest.mark.parametrize("name", staff_queue.QUEUES)
def test_the_pages_of_a_queue_hold_each_question_once(cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(staff_queue, "PAGE_ROWS", 2)
    for number in range(5):
        put_question(cast, title=f"What about number {number}?")
    seen: list[int] = []
    after = None
    while True:
        page = staff_queue.page(name, cast.viewer("sam"), after)
        seen += [row.id for row in page.rows]
        after = page.next_after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == (5 if name in ("needs_attention", "unanswered") else 0)


def test_the_page_tells_the_definition_and_lists_the_longest_waiting_first(cast: Cast) -> None:
    put_question(cast, title="Which was first?")
    with clock.moved(clock.now() + timedelta(minutes=1)):
        put_question(cast, title="Which came later?")
    page = cast.browser("sam").get("/en/community/queues").text
    assert "or where the asker spoke last" in page
    assert page.index("Which was first?") < page.index("Which came later?")
    assert "Nothing is in this queue" in cast.browser("ada").get("/en/community/queues?queue=responded").text
    assert cast.browser("sam").get("/en/community/queues?queue=nonsense&after=x").status_code == 200


def test_the_queues_are_the_team_s(cast: Cast, stranger: FlaskClient) -> None:
    assert cast.browser("ben").get("/en/community/queues").status_code == 403
    assert stranger.get("/en/community/queues").status_code == 303
