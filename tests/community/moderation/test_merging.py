"""Two questions become one page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.accounts.notifications import following
from helpcenter.community import acceptance, counting, reminder
from helpcenter.community.acceptance import Acceptance, Via
from helpcenter.community.answer import Answer
from helpcenter.community.duplicate import Loop, NotForAll
from helpcenter.community.moderation.merging import NotAlike
from helpcenter.community.question import Kind
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Conflict
from helpcenter.journeys import settlement
from helpcenter.search import drainer, finding
from helpcenter.topics.audience import Audience
from tests.accounts.notifications.inbox import lines
from tests.cast import Cast
from tests.community.moderation.acts import hide, undo
from tests.community.moderation.merges import (
    address,
    answer_to,
    merge,
    said,
    state_of,
    states,
)
from tests.community.posts import (
    actor_of,
    put_acceptance,
    put_comment,
    put_duplicate,
    put_question,
    put_vote,
    question_of,
)
from tests.feedback.votes import someone
from tests.journeys.acts import events
from tests.shelf import put_topic


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
    assert "The two have been merged" in left and "Pull while you turn." not in left
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


def test_the_banner_leads_to_where_the_answers_are(cast: Cast, stranger: FlaskClient, pair: tuple[int, int]) -> None:
    again, first = pair
    merge(cast, again, first)
    put_duplicate(cast, first, put_question(cast, "cleo", "What is a locker?"))
    page = stranger.get(address(again)).text
    assert f'href="{address(first)}"' in page
    assert "No one has answered yet" not in page
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
