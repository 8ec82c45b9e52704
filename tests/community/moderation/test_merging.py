"""Two questions become one page, and undoing gives back exactly what was there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.accounts.notifications import following
from helpcenter.community import acceptance, counting, duplicate, reminder
from helpcenter.community.acceptance import Acceptance, Via
from helpcenter.community.address import question_address
from helpcenter.community.answer import Answer
from helpcenter.community.duplicate import Loop, NotForAll
from helpcenter.community.moderation import merging
from helpcenter.community.moderation.merging import NotAlike
from helpcenter.community.question import Kind, Question
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Conflict
from helpcenter.journeys import settlement
from helpcenter.journeys.episode import EpisodeRow
from helpcenter.search import drainer, finding
from helpcenter.topics.audience import Audience
from tests.accounts.notifications.inbox import lines
from tests.cast import Cast
from tests.community.moderation.acts import clean_up, delete, hide, undo
from tests.community.moderation.test_turning import turn
from tests.community.posts import (
    actor_of,
    locked,
    put_acceptance,
    put_answer,
    put_comment,
    put_duplicate,
    put_question,
    put_vote,
    question_of,
)
from tests.feedback.votes import someone
from tests.journeys.acts import events
from tests.shelf import put_topic


def merge(cast: Cast, question_id: int, into_id: int) -> int:
    """Mia merges; the number of the act."""
    by = actor_of(cast, "mia")
    begin_write()
    row = merging.merge(question_id, into_id, by=by, by_id=by.user_id or 0, via=Via.TRUSTED)
    db.session.commit()
    return row.id


def address(question_id: int) -> str:
    return question_address(question_of(question_id), "en")


def said(question_id: int) -> list[str]:
    """The answers that stand under a question."""
    wanted = select(Answer.text).where(Answer.question_id == question_id, Answer.state == "shown").order_by(Answer.id)
    return list(db.session.scalars(wanted))


def heard(row: Question) -> tuple[object, ...]:
    return row.last_word, row.active_at


def state_of(*question_ids: int) -> Sequence[tuple[object, ...]]:
    """All that a merging may change of these questions."""
    rows = [question_of(one) for one in question_ids]
    return [
        (row.answers, row.helpful, row.hot, row.solution_id, row.original_id, *heard(row), said(row.id)) for row in rows
    ]


@pytest.fixture
def pair(cast: Cast) -> tuple[int, int]:
    """Ben asked what Ada had asked before; both were answered."""
    first = put_question(cast, "ada", "How do I open the locker?")
    again = put_question(cast, "ben", "Why is my locker shut?")
    put_answer(cast, first, "sam", "Turn the key.")
    put_answer(cast, again, "cleo", "Pull while you turn.")
    return again, first


def accept_for_others(cast: Cast, answer_id: int, name: str) -> None:
    """A trusted member accepts in place of the asker."""
    by = actor_of(cast, name)
    begin_write()
    row = db.session.get_one(Answer, answer_id)
    acceptance.accept(locked(row.question_id), row, by=by, user_id=by.user_id or 0, via=Via.TRUSTED)
    db.session.commit()


def states(user_id: int) -> list[str]:
    """The states of the episodes of somebody."""
    db.session.rollback()
    rows = select(EpisodeRow.state).where(EpisodeRow.user_id == user_id).order_by(EpisodeRow.opened_at)
    return list(db.session.scalars(rows))


def answer_to_text(text: str) -> int:
    return db.session.scalars(select(Answer.id).where(Answer.text == text, Answer.state == "shown")).one()


def answer_to(question_id: int) -> int:
    return db.session.scalars(select(Answer.id).where(Answer.question_id == question_id)).one()


def test_the_answers_move_with_their_votes_and_comments_and_go_back(
    cast: Cast, stranger: FlaskClient, pair: tuple[int, int]
) -> None:
    again, first = pair
    moving = answer_to(again)
    put_vote(moving, someone())
    put_comment(cast, again, "ada", "Harder?", answer_id=moving)
    before = state_of(again, first)
    act = merge(cast, again, first)
    assert (said(again), said(first)) == ([], ["Turn the key.", "Pull while you turn."])
    assert (question_of(again).answers, question_of(first).answers, question_of(first).helpful) == (0, 2, 1)
    assert question_of(again).original_id == first
    page = stranger.get(address(first)).text
    assert "Pull while you turn." in page and "Harder?" in page
    assert stranger.get(f"/answers/{moving}").location.startswith(address(first))
    left = stranger.get(address(again)).text
    assert "Both were merged" in left and "Pull while you turn." not in left
    assert counting.recount(check=True) == []
    undo(cast, act)
    assert state_of(again, first) == before
    assert "Harder?" in stranger.get(address(again)).text
    assert counting.recount(check=True) == []


def test_where_only_the_first_was_solved_its_solution_is_that_of_both_until_it_is_undone(
    cast: Cast, pair: tuple[int, int]
) -> None:
    again, first = pair
    moving = answer_to(again)
    put_acceptance(cast, moving)
    before = state_of(again, first)
    act = merge(cast, again, first)
    assert (question_of(again).solution_id, question_of(first).solution_id) == (None, moving)
    stood = acceptance.standing(first)
    assert stood is not None and (stood.accepted_by, stood.via) == (cast.id_of("mia"), Via.TRUSTED)
    given = db.session.get_one(Answer, moving).created_at
    assert question_of(first).active_at == given, "a merging is nothing that anybody said"
    undo(cast, act)
    assert state_of(again, first) == before
    stood = acceptance.standing(again)
    assert stood is not None and (stood.accepted_by, stood.via) == (cast.id_of("ben"), Via.ASKER)


def test_where_both_were_solved_each_has_its_own_solution_again(cast: Cast, pair: tuple[int, int]) -> None:
    again, first = pair
    put_acceptance(cast, answer_to(again))
    put_acceptance(cast, answer_to(first), "ada")
    before = state_of(again, first)
    act = merge(cast, again, first)
    assert question_of(first).solution_id == before[1][3]
    assert counting.recount(check=True) == []
    undo(cast, act)
    assert state_of(again, first) == before


def test_who_found_it_solved_is_never_said_to_have_taken_it_back(cast: Cast, pair: tuple[int, int]) -> None:
    again, first = pair
    moving = answer_to(again)
    put_acceptance(cast, moving)
    put_acceptance(cast, answer_to(first), "ada")
    recorded = len(events())
    act = merge(cast, again, first)
    put_acceptance(cast, moving, "ada")
    undo(cast, act)
    kinds = [(one.kind, one.user_id) for one in events()[recorded:]]
    assert kinds == [("acceptance_withdrawn", cast.id_of("ada")), ("accepted", cast.id_of("ada"))]
    assert question_of(again).solution_id == moving
    assert question_of(first).solution_id is None


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


def test_the_banner_leads_to_where_the_answers_are(cast: Cast, stranger: FlaskClient, pair: tuple[int, int]) -> None:
    again, first = pair
    merge(cast, again, first)
    put_duplicate(cast, first, put_question(cast, "cleo", "What is a locker?"))
    page = stranger.get(address(again)).text
    assert f'href="{address(first)}"' in page
    assert "Nobody has answered yet" not in page
    assert cast.browser("mia").get(f"/en/questions/{again}/duplicate").status_code == 404


def test_a_staff_answer_that_became_the_solution_is_a_contact_of_its_new_asker_too(
    cast: Cast, pair: tuple[int, int]
) -> None:
    again, first = pair
    asked = put_question(cast, "ben", "Does my locker turn?")
    put_vote(answer_to(again), actor_of(cast, "ben"))
    put_acceptance(cast, answer_to(first), "ada")
    merge(cast, first, asked)
    with clock.moved(clock.now() + timedelta(days=20)):
        settlement.settle()
        settled = states(cast.id_of("ben"))
        settlement.rebuild()
        assert states(cast.id_of("ben")) == settled == ["contacted"]


def test_an_older_answer_that_moved_is_no_answer_its_new_asker_waited_for(cast: Cast, pair: tuple[int, int]) -> None:
    again, _first = pair
    with clock.moved(clock.now() + timedelta(days=2)):
        later = put_question(cast, "ada", "Locker shut?")
        merge(cast, again, later)
        with clock.moved(clock.now() + timedelta(days=1)):
            assert [one.question_id for one in reminder.due() if one.question_id == later] == []


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


def test_who_followed_the_first_follows_the_other_until_it_is_undone(cast: Cast, pair: tuple[int, int]) -> None:
    again, first = pair
    ben, about = cast.id_of("ben"), ("question", first)
    begin_write()
    following.say(cast.id_of("cleo"), about, wanted=False)
    db.session.commit()
    act = merge(cast, again, first)
    assert following.said(ben, about) is True
    assert following.said(cast.id_of("cleo"), about) is False
    undo(cast, act)
    assert following.said(ben, about) is None
    assert following.said(cast.id_of("ada"), about) is True


def test_the_asker_is_told_where_the_answers_are(cast: Cast, pair: tuple[int, int]) -> None:
    merge(cast, *pair)
    told = "*Mia found that “Why is my locker shut?” was asked before: “How do I open the locker?”"
    assert told in lines(cast.browser("ben"))


def test_search_finds_one_page_with_the_words_of_both(cast: Cast, pair: tuple[int, int]) -> None:
    again, first = pair
    act = merge(cast, again, first)
    drainer.drain()
    assert [hit.id for hit in finding.find("shut", "en", cast.viewer("ben")).hits] == [first]
    undo(cast, act)
    drainer.drain()
    assert [hit.id for hit in finding.find("shut", "en", cast.viewer("ben")).hits] == [again]


def test_only_questions_of_one_language_that_the_same_people_read_become_one(cast: Cast) -> None:
    asked = put_question(cast)
    inside = put_topic("inner", "Inner", audience=Audience.MEMBERS)
    for other, problem in (
        (put_question(cast, locale="es"), NotAlike),
        (put_question(cast, kind=Kind.EXPERIENCE), NotAlike),
        (asked, Loop),
    ):
        with pytest.raises(problem):
            merge(cast, asked, other)
        db.session.rollback()
    with pytest.raises(NotForAll):
        merge(cast, put_question(cast, topic_id=inside), asked)
    db.session.rollback()
    assert question_of(asked).original_id is None


def test_what_nobody_may_change_is_not_merged_and_nothing_is_merged_twice(cast: Cast, pair: tuple[int, int]) -> None:
    again, first = pair
    hide(cast, "question", first)
    with pytest.raises(Conflict):
        merge(cast, again, first)
    db.session.rollback()
    third = put_question(cast, "cleo", "What is a locker?")
    act = merge(cast, again, third)
    with pytest.raises(Conflict):
        merge(cast, again, third)
    db.session.rollback()
    undo(cast, act)
    with pytest.raises(Conflict):
        undo(cast, act)


def test_a_spammer_s_answer_that_moved_is_cleaned_up_and_given_back(cast: Cast, pair: tuple[int, int]) -> None:
    again, first = pair
    act = merge(cast, again, first)
    cleaned = clean_up(cast, "cleo")
    assert said(first) == ["Turn the key."]
    undo(cast, act)
    undo(cast, cleaned)
    assert (said(again), said(first)) == (["Pull while you turn."], ["Turn the key."])


def test_no_acceptance_is_ever_of_another_question(cast: Cast, pair: tuple[int, int]) -> None:
    again, first = pair
    put_acceptance(cast, answer_to(again))
    merge(cast, again, first)
    rows = db.session.execute(
        select(Acceptance.question_id, Answer.question_id).join(Answer, Answer.id == Acceptance.answer_id)
    )
    assert {one == other for one, other in rows} == {True}


def test_the_page_offers_what_is_similar_and_takes_an_address(cast: Cast, pair: tuple[int, int]) -> None:
    again, first = pair
    drainer.drain()
    mia = cast.browser("mia")
    assert f"/en/questions/{again}/merge" in mia.get(address(again)).text
    assert f'value="{first}"' in mia.get(f"/en/questions/{again}/merge").text
    refused = mia.post(f"/en/questions/{again}/merge", data={"original": "the other one"})
    assert refused.status_code == 422
    assert "There is no such question." in refused.text and "the other one" in refused.text
    done = mia.post(f"/en/questions/{again}/merge", data={"original": address(first)})
    assert done.location == address(first)
    assert mia.get(f"/en/questions/{again}/merge").status_code == 404
    assert "merged into another question" in cast.browser("ben").get("/en/community/log").text


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
