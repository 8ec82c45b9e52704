from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import delete, select, update

from helpcenter.accounts.viewer import STRANGER
from helpcenter.community import counting, listing, profile, subject
from helpcenter.community.moderation import change
from helpcenter.community.moderation.act import Act, ModerationAct
from helpcenter.community.moderation.post import locked_post
from helpcenter.community.visibility import (
    locked,
    own_questions,
    readable,
    readable_answer,
    visible_answers,
    visible_questions,
)
from helpcenter.core.append_only import AppendOnly
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Conflict, Forbidden, NotFound
from helpcenter.search import drainer, finding
from helpcenter.topics import arrangement
from helpcenter.topics.topic import Topic
from tests.cast import Cast
from tests.community.moderation.acts import delete as delete_post
from tests.community.moderation.acts import hide, put_back, undo
from tests.community.posts import (
    actor_of,
    answer_of,
    put_acceptance,
    put_answer,
    put_question,
    put_vote,
    question_of,
)
from tests.feedback.votes import someone
from tests.journeys.acts import events
from tests.shelf import put_topic


def kinds() -> list[str]:
    return [one.kind for one in events()]


def log() -> list[tuple[str, str]]:
    return [(row.kind, row.reason) for row in db.session.scalars(select(ModerationAct).order_by(ModerationAct.id))]


def test_a_hidden_question_is_in_no_list_and_its_author_may_still_open_it(cast: Cast) -> None:
    asked = put_question(cast, text="A walrus.")
    put_answer(cast, asked)
    hide(cast, "question", asked)
    assert db.session.scalars(visible_questions(cast.viewer("mia"))).all() == []
    assert db.session.scalars(visible_answers(STRANGER)).all() == []
    assert subject.visible([asked], cast.viewer("mia"), "en") == set()
    assert list(subject.public_pages()) == []
    for name in ("ben", "mia", "root"):
        assert readable(asked, cast.viewer(name)).id == asked
    for viewer in (STRANGER, cast.viewer("cleo"), cast.viewer("ada")):
        with pytest.raises(NotFound):
            readable(asked, viewer)
    drainer.drain()
    assert finding.find("walrus", "en", STRANGER).hits == ()
    mine = listing.of_person(own_questions(cast.viewer("ben")), cast.id_of("ben"), is_own=True)
    assert [row.id for row in db.session.scalars(mine)] == [asked]


def test_a_deleted_answer_is_gone_for_everybody_but_moderators(cast: Cast) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked, text="A walrus.")
    put_vote(answer, someone())
    delete_post(cast, "answer", answer)
    for viewer in (STRANGER, cast.viewer("cleo"), cast.viewer("ben")):
        with pytest.raises(NotFound):
            readable_answer(answer, viewer)
    assert readable_answer(answer, cast.viewer("mia")).text == "A walrus."
    row = question_of(asked)
    assert (row.answers, row.helpful) == (0, 0)
    assert counting.recount(check=True) == []
    with pytest.raises(NotFound):
        profile.profile_of(cast.id_of("cleo"), STRANGER)
    drainer.drain()
    assert finding.find("walrus", "en", STRANGER).hits == ()
    put_back(cast, "answer", answer, Act.RESTORE)
    row = question_of(asked)
    assert (row.answers, row.helpful) == (1, 1)
    drainer.drain()
    assert [hit.id for hit in finding.find("walrus", "en", STRANGER).hits] == [asked]


def test_a_hidden_solution_is_one_no_more_and_comes_back_as_one(cast: Cast) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    put_acceptance(cast, answer)
    act = hide(cast, "answer", answer)
    assert question_of(asked).solution_id is None
    assert kinds() == ["asked", "answered", "accepted", "acceptance_withdrawn"]
    assert events()[-1].user_id == cast.id_of("mia")
    undo(cast, act)
    assert question_of(asked).solution_id == answer
    assert kinds()[-1] == "accepted"
    assert counting.recount(check=True) == []


def test_what_another_answer_solved_meanwhile_stays_solved_by_it(cast: Cast) -> None:
    asked = put_question(cast)
    first, second = put_answer(cast, asked), put_answer(cast, asked, "sam")
    put_acceptance(cast, first)
    act = hide(cast, "answer", first)
    put_acceptance(cast, second)
    undo(cast, act)
    assert question_of(asked).solution_id == second
    assert answer_of(first).is_shown


def test_a_locked_question_does_not_change_and_a_closed_one_takes_no_answers(cast: Cast) -> None:
    asked = put_question(cast)
    by = actor_of(cast, "mia")
    begin_write()
    change.close(locked_post("question", asked), by=by, by_id=cast.id_of("mia"), why="too_broad")
    change.lock(locked_post("question", asked), by=by, by_id=cast.id_of("mia"))
    db.session.commit()
    assert not question_of(asked).takes_answers
    begin_write()
    with pytest.raises(Forbidden):
        locked(asked, cast.viewer("root"))
    db.session.rollback()
    put_back(cast, "question", asked, Act.UNLOCK)
    put_back(cast, "question", asked, Act.REOPEN)
    assert question_of(asked).takes_answers
    assert log() == [("close", "too_broad"), ("lock", ""), ("unlock", ""), ("reopen", "")]


def test_a_question_moves_to_another_topic_and_back(cast: Cast) -> None:
    billing, other = put_topic("billing", "Billing"), put_topic("other", "Other")
    asked = put_question(cast, topic_id=billing)
    begin_write()
    post = locked_post("question", asked)
    act = change.move(post, by=actor_of(cast, "mia"), by_id=cast.id_of("mia"), topic_id=other)
    db.session.commit()
    assert question_of(asked).topic_id == other
    undo(cast, act.id)
    assert question_of(asked).topic_id == billing


def test_a_question_stays_where_it_is_when_the_topic_it_came_from_is_gone(cast: Cast) -> None:
    billing, other = put_topic("billing", "Billing"), put_topic("other", "Other")
    asked = put_question(cast, topic_id=billing)
    begin_write()
    act = change.move(locked_post("question", asked), by=actor_of(cast, "mia"), by_id=cast.id_of("mia"), topic_id=other)
    arrangement.delete(db.session.get_one(Topic, billing), other)
    db.session.commit()
    with pytest.raises(Conflict):
        undo(cast, act.id)
    db.session.rollback()
    assert question_of(asked).topic_id == other


def test_what_makes_no_sense_any_more_is_refused(cast: Cast) -> None:
    asked = put_question(cast)
    act = hide(cast, "question", asked)
    for again in (
        lambda: hide(cast, "question", asked),
        lambda: put_back(cast, "question", asked, Act.RESTORE),
        lambda: hide(cast, "answer", put_answer(cast, asked), why="because"),
    ):
        with pytest.raises(Conflict):
            again()
        db.session.rollback()
    delete_post(cast, "question", asked)
    # Only the last state can be put back: deleting stands on hiding.
    with pytest.raises(Conflict):
        undo(cast, act)
    db.session.rollback()
    put_back(cast, "question", asked, Act.RESTORE)
    assert question_of(asked).state == "hidden"
    undo(cast, act)
    with pytest.raises(Conflict):
        undo(cast, act)
    db.session.rollback()
    assert question_of(asked).is_shown


def test_the_log_is_appended_to_and_never_changed(cast: Cast) -> None:
    act = hide(cast, "question", put_question(cast))
    begin_write()
    with pytest.raises(AppendOnly):
        db.session.execute(update(ModerationAct).where(ModerationAct.id == act).values(reason="rude"))
    with pytest.raises(AppendOnly):
        db.session.execute(delete(ModerationAct).where(ModerationAct.id == act))
    db.session.get_one(ModerationAct, act).reason = "rude"
    with pytest.raises(AppendOnly):
        db.session.flush()
    db.session.rollback()
    assert log() == [("hide", "spam")]


def test_a_moderator_sees_no_more_topics_than_before(cast: Cast) -> None:
    asked = put_question(cast)
    hide(cast, "question", asked)
    outsider = replace(cast.viewer("mia"), roles=cast.viewer("ben").roles)
    with pytest.raises(NotFound):
        readable(asked, outsider)
