from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select, update

from helpcenter.accounts import erasure
from helpcenter.community import counting, me_too, solved_for_me
from helpcenter.community.question import Question
from helpcenter.community.ranking import hot, share
from helpcenter.community.solved_for_me import SolvedForMe
from helpcenter.core import content_version
from helpcenter.core.db import begin_write, db
from helpcenter.feedback.helpful_vote import HelpfulVote
from tests.cast import Cast
from tests.community.posts import (
    actor_of,
    locked,
    put_acceptance,
    put_answer,
    put_me_too,
    put_question,
    put_solved_for_me,
    put_vote,
    question_of,
)
from tests.feedback.votes import someone
from tests.journeys.acts import events

LONG_AGO = datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_a_question_counts_what_is_said_about_it(cast: Cast) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    put_acceptance(cast, answer)
    put_me_too(asked, cast.id_of("cleo"))
    put_me_too(asked, cast.id_of("cleo"))
    put_vote(answer, someone())
    put_vote(answer, someone(), helpful=False)
    put_solved_for_me(asked, someone())
    row = question_of(asked)
    assert (row.answers, row.me_too, row.helpful, row.solved_for) == (1, 1, 1, 1)
    assert row.hot == hot(me_too=1, helpful=1, answers=1, created_at=row.created_at)
    assert counting.recount(check=True) == []


def test_what_moves_ten_times_as_many_stands_beside_what_is_22_hours_younger() -> None:
    quiet = hot(me_too=0, helpful=0, answers=1, created_at=datetime.fromtimestamp(79_200, UTC))
    moving = hot(me_too=4, helpful=2, answers=2, created_at=datetime.fromtimestamp(0, UTC))
    assert quiet == moving


def test_one_vote_decides_little() -> None:
    assert share(0, 0) == 0.5
    assert share(1, 0) < share(9, 1) < share(50, 0)


def test_it_is_said_once_by_one_person_before_and_after_signing_in(cast: Cast) -> None:
    asked, reader = put_question(cast), someone()
    put_solved_for_me(asked, reader)
    put_solved_for_me(asked, reader.signed_in_as(cast.id_of("cleo")))
    assert question_of(asked).solved_for == 1
    assert [one.kind for one in events()] == ["asked", "solved_for_me"]


def test_what_it_solved_can_be_taken_back_and_is_evidence_no_more(cast: Cast) -> None:
    asked, reader = put_question(cast), someone()
    put_solved_for_me(asked, reader)
    begin_write()
    solved_for_me.take_back(locked(asked), by=reader)
    me_too.take_back(locked(asked), cast.id_of("cleo"))
    db.session.commit()
    assert question_of(asked).solved_for == 0
    assert [one.kind for one in events()] == ["asked", "solved_for_me", "not_solved"]


def test_fifty_votes_of_one_person_at_once_are_one(app: Flask, cast: Cast) -> None:
    answer, cleo = put_answer(cast, put_question(cast)), actor_of(cast, "cleo")
    start = Barrier(50)

    def one(number: int) -> None:
        with app.app_context():
            start.wait()
            put_vote(answer, cleo, helpful=number % 3 != 0)
            db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(50) as clicks:
        list(clicks.map(one, range(50)))
    assert db.session.scalar(select(func.count()).select_from(HelpfulVote)) == 1
    assert counting.recount(check=True) == []


def test_a_wrong_count_is_found_and_mended(cast: Cast) -> None:
    asked = put_question(cast)
    begin_write()
    db.session.execute(update(Question).values(answers=7, solution_id=3, hot=1))
    db.session.commit()
    (found,) = counting.recount(check=True)
    assert (found.question_id, found.kept["answers"], found.counted["answers"]) == (asked, 7, 0)
    counting.recount()
    assert question_of(asked).solution_id is None
    assert counting.recount(check=True) == []


def test_pages_show_what_was_said_after_the_job_and_no_sooner(cast: Cast) -> None:
    asked = put_question(cast)
    counting.show_changes()
    before = content_version.current()
    put_me_too(asked, cast.id_of("cleo"))
    assert content_version.current() == before
    assert counting.show_changes()
    assert content_version.current() > before
    assert not counting.show_changes()


def test_an_erased_person_leaves_their_posts_and_takes_their_voice_along(cast: Cast) -> None:
    asked = put_question(cast, "ada")
    answer = put_answer(cast, asked)
    put_me_too(asked, cast.id_of("ben"))
    put_vote(answer, actor_of(cast, "ben"))
    put_solved_for_me(asked, actor_of(cast, "ben"))
    own = put_question(cast, "ben")
    assert {"questions", "me_too", "solved_for_me"} <= erasure.export(cast.id_of("ben"))["question"].keys()
    begin_write()
    erasure.erase(cast.id_of("ben"))
    db.session.commit()
    row = question_of(asked)
    assert (row.me_too, row.helpful, row.solved_for, row.answers) == (0, 0, 0, 1)
    assert db.session.scalar(select(func.count()).select_from(SolvedForMe)) == 0
    assert question_of(own).title
    assert counting.recount(check=True) == []
