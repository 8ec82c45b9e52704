"""Two questions that were one come apart: each has exactly what it had."""

from __future__ import annotations

import pytest

from helpcenter.community import counting, duplicate
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.community.moderation.acts import clean_up, delete, hide, undo
from tests.community.moderation.merges import (
    accept_for_others,
    address,
    answer_to,
    answer_to_text,
    merge,
    said,
)
from tests.community.moderation.test_turning import turn
from tests.community.posts import (
    locked,
    put_acceptance,
    put_answer,
    put_comment,
    put_duplicate,
    put_question,
    question_of,
)


def test_a_solution_that_was_hidden_or_accepted_by_a_spammer_does_not_come_back(
    cast: Cast, pair: tuple[int, int]
) -> None:
    again, first = pair
    moving = answer_to(again)
    put_acceptance(cast, moving)
    act = merge(cast, again, first)
    hide(cast, "answer", moving)
    undo(cast, act)
    assert (question_of(again).solution_id, question_of(first).solution_id) == (None, None)
    assert counting.recount(check=True) == []


def test_what_a_spammer_accepted_is_given_back_where_its_answer_stands(cast: Cast) -> None:
    again, first = (put_question(cast, "cleo", f"Is locker {number} shut?") for number in (1, 2))
    moving = put_answer(cast, again, "ada", "Knock.")
    accept_for_others(cast, moving, "ben")
    cleaned = clean_up(cast, "ben")
    act = merge(cast, again, first)
    undo(cast, cleaned)
    assert question_of(first).solution_id == moving
    undo(cast, act)
    assert counting.recount(check=True) == []


def test_who_was_cleaned_up_meanwhile_accepts_nothing_any_more(cast: Cast) -> None:
    again, first = (put_question(cast, "cleo", f"Is locker {number} shut?") for number in (1, 2))
    accept_for_others(cast, put_answer(cast, again, "ada", "Knock."), "ben")
    act = merge(cast, again, first)
    clean_up(cast, "ben")
    undo(cast, act)
    assert question_of(again).solution_id is None


def test_an_answer_made_of_a_comment_goes_where_it_stands_when_that_is_undone(
    cast: Cast, pair: tuple[int, int]
) -> None:
    again, first = pair
    turned = turn(cast, "comment", put_comment(cast, again, "cleo", "Use the other key."))
    merge(cast, again, first)
    put_acceptance(cast, answer_to_text("Use the other key."), "ada")
    undo(cast, turned)
    assert question_of(first).solution_id is None
    assert said(first) == ["Turn the key.", "Pull while you turn."]
    assert counting.recount(check=True) == []


def test_a_contested_mark_is_contested_again(cast: Cast, pair: tuple[int, int]) -> None:
    again, first = pair
    put_duplicate(cast, again, first)
    begin_write()
    duplicate.contest(locked(again), "Mine is made of wood.")
    db.session.commit()
    mark = duplicate.standing(again)
    act = merge(cast, again, put_question(cast, "cleo", "What is a locker?"))
    undo(cast, act)
    stood = duplicate.standing(again)
    assert mark is not None and stood is not None
    assert (stood.id, stood.contest, stood.waits, stood.original_id) == (mark.id, "Mine is made of wood.", True, first)


def test_what_was_said_since_stays_where_it_was_said(cast: Cast, pair: tuple[int, int]) -> None:
    again, first = pair
    put_comment(cast, first, "ada", "It does not help.")
    act = merge(cast, again, first)
    put_answer(cast, first, "sam", "It opens now.")
    undo(cast, act)
    assert (said(again), said(first)) == (["Pull while you turn."], ["Turn the key.", "It opens now."])
    assert question_of(first).last_word == "answer"


def test_what_is_hidden_or_deleted_goes_along_and_back(cast: Cast, pair: tuple[int, int]) -> None:
    again, first = pair
    hidden, gone = put_answer(cast, again, "sam", "Spam."), put_answer(cast, again, "sam", "More.")
    hide(cast, "answer", hidden)
    deleted = delete(cast, "answer", gone)
    act = merge(cast, again, first)
    undo(cast, deleted)
    assert said(first) == ["Turn the key.", "Pull while you turn.", "More."]
    undo(cast, act)
    assert said(again) == ["Pull while you turn.", "More."]
    assert counting.recount(check=True) == []


@pytest.mark.parametrize("first_undone", [0, 1])
def test_three_that_became_one_come_apart_in_any_order(cast: Cast, pair: tuple[int, int], first_undone: int) -> None:
    again, first = pair
    third = put_question(cast, "cleo", "What is a locker?")
    put_answer(cast, third, "sam", "A box.")
    acts = [merge(cast, again, first), merge(cast, first, third)]
    assert said(third) == ["Turn the key.", "Pull while you turn.", "A box."]
    undo(cast, acts.pop(first_undone))
    undo(cast, acts.pop())
    assert (said(again), said(first), said(third)) == (["Pull while you turn."], ["Turn the key."], ["A box."])
    assert [question_of(one).original_id for one in (again, first, third)] == [None, None, None]
    assert counting.recount(check=True) == []


def test_what_pointed_to_the_first_points_there_again(cast: Cast, pair: tuple[int, int]) -> None:
    again, first = pair
    third = put_question(cast, "cleo", "Locker shut?")
    put_duplicate(cast, third, again)
    act = merge(cast, again, first)
    assert question_of(third).original_id == first
    undo(cast, act)
    assert (question_of(third).original_id, question_of(again).original_id) == (again, None)


def test_a_duplicate_that_was_merged_is_a_duplicate_afterwards(cast: Cast, pair: tuple[int, int]) -> None:
    again, first = pair
    put_duplicate(cast, again, first)
    act = merge(cast, again, first)
    undo(cast, act)
    assert question_of(again).original_id == first
    assert said(again) == ["Pull while you turn."]


def test_a_spammer_s_answer_that_moved_is_cleaned_up_and_given_back(cast: Cast, pair: tuple[int, int]) -> None:
    again, first = pair
    act = merge(cast, again, first)
    cleaned = clean_up(cast, "cleo")
    assert said(first) == ["Turn the key."]
    undo(cast, act)
    undo(cast, cleaned)
    assert (said(again), said(first)) == (["Pull while you turn."], ["Turn the key."])


def test_who_moderates_takes_it_apart_from_the_banner_and_the_team_alone_does_not(
    cast: Cast, pair: tuple[int, int]
) -> None:
    again, first = pair
    merge(cast, again, first)
    button = "It is a question of its own"
    assert button not in cast.browser("sam").get(address(again)).text
    assert cast.browser("sam").post(f"/en/questions/{again}/duplicate/end").status_code == 403
    assert button in cast.browser("mia").get(address(again)).text
    assert cast.browser("mia").post(f"/en/questions/{again}/duplicate/end").status_code == 303
    assert said(again) == ["Pull while you turn."]
    assert duplicate.standing(again) is None
    assert locked(again).takes_answers
