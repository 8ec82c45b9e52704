from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from helpcenter.community import acceptance, counting
from helpcenter.community.acceptance import Acceptance
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
    put_question,
    question_of,
)
from tests.journeys.acts import events


def kinds() -> list[str]:
    return [one.kind for one in events()]


def history() -> list[tuple[int, bool]]:
    rows = db.session.scalars(select(Acceptance).order_by(Acceptance.id))
    return [(row.answer_id, row.withdrawn_at is None) for row in rows]


def test_an_accepted_answer_is_the_solution(cast: Cast) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    put_acceptance(cast, answer)
    assert question_of(asked).solution_id == answer
    assert kinds() == ["asked", "answered", "accepted"]
    assert events()[2].detail == {"question": asked}


def test_another_answer_takes_the_place_and_the_first_is_remembered(cast: Cast) -> None:
    asked = put_question(cast)
    first, second = put_answer(cast, asked), put_answer(cast, asked, "sam")
    put_acceptance(cast, first)
    put_acceptance(cast, second)
    put_acceptance(cast, second)
    assert history() == [(first, False), (second, True)]
    assert question_of(asked).solution_id == second
    assert kinds()[3:] == ["accepted", "acceptance_withdrawn", "accepted"]


def test_an_acceptance_can_be_taken_back(cast: Cast) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    put_acceptance(cast, answer)
    begin_write()
    acceptance.withdraw(locked(asked), by=actor_of(cast, "ben"), user_id=cast.id_of("ben"))
    acceptance.withdraw(locked(asked), by=actor_of(cast, "ben"), user_id=cast.id_of("ben"))
    db.session.commit()
    assert question_of(asked).solution_id is None
    assert history() == [(answer, False)]
    assert kinds().count("acceptance_withdrawn") == 1


def test_what_did_not_help_after_all_opens_the_question_again(cast: Cast) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    put_acceptance(cast, answer)
    begin_write()
    row = answer_of(answer)
    acceptance.say_not_solved(locked(asked), row, by=actor_of(cast, "ben"), user_id=cast.id_of("ben"))
    db.session.commit()
    assert question_of(asked).solution_id is None
    assert answer_of(answer).not_yet_at is not None
    assert kinds()[3:] == ["not_solved", "acceptance_withdrawn"]


def test_the_answer_of_another_question_can_not_be_a_solution(cast: Cast) -> None:
    asked, other = put_question(cast), put_question(cast, title="Where is my invoice?")
    answer = put_answer(cast, other)
    begin_write()
    row = {"question_id": asked, "answer_id": answer, "via": "asker", "accepted_by": 1, "accepted_at": clock.now()}
    with pytest.raises(IntegrityError):
        db.session.execute(insert(Acceptance), row | {"accepted_by": cast.id_of("ben")})
    db.session.rollback()


def test_two_solutions_can_not_stand_at_once(cast: Cast) -> None:
    asked = put_question(cast)
    first, second = put_answer(cast, asked), put_answer(cast, asked, "sam")
    put_acceptance(cast, first)
    row = {"question_id": asked, "answer_id": second, "via": "asker", "accepted_at": clock.now()}
    begin_write()
    with pytest.raises(IntegrityError):
        db.session.execute(insert(Acceptance), row | {"accepted_by": cast.id_of("ben")})
    db.session.rollback()


def test_ten_who_accept_at_the_same_moment_leave_one_solution(app: Flask, cast: Cast) -> None:
    asked = put_question(cast)
    answers = [put_answer(cast, asked) for _ in range(2)]
    for name in ("ben", "sam"):
        cast.id_of(name)
    start = Barrier(10)

    def one(number: int) -> None:
        with app.app_context():
            start.wait()
            put_acceptance(cast, answers[number % 2], "ben" if number % 3 else "sam")
            db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(10) as people:
        list(people.map(one, range(10)))
    standing = select(func.count()).select_from(Acceptance).where(Acceptance.withdrawn_at.is_(None))
    assert db.session.scalar(standing) == 1
    assert counting.recount(check=True) == []


def test_an_experience_asks_nothing_and_has_no_solution(cast: Cast) -> None:
    told = put_question(cast, kind=Kind.EXPERIENCE)
    answer = put_answer(cast, told)
    with pytest.raises(ValueError, match="no solution"):
        put_acceptance(cast, answer)
    db.session.rollback()
    assert kinds() == ["answered"]
