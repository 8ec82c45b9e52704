"""An answer becomes a comment and a comment an answer, and undoing gives back exactly what was there."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.community import counting
from helpcenter.community.answer import Answer
from helpcenter.community.comment import Comment
from helpcenter.community.moderation import turning
from helpcenter.community.moderation.act import Act
from helpcenter.community.moderation.post import locked_post
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import Conflict
from tests.cast import Cast
from tests.community.moderation.acts import hide, put_back, undo
from tests.community.posts import actor_of, put_acceptance, put_answer, put_comment, put_question, put_vote, question_of
from tests.community.views.test_question import address
from tests.feedback.votes import someone
from tests.journeys.acts import events


def turn(cast: Cast, kind: str, post_id: int) -> int:
    """Turn a post; the number of the act."""
    by = actor_of(cast, "mia")
    begin_write()
    row = turning.turn(locked_post(kind, post_id), by=by, by_id=by.user_id or 0)
    db.session.commit()
    return row.id


def shown(model: type[Answer] | type[Comment]) -> list[str]:
    rows = db.session.scalars(select(model).where(model.state == "shown").execution_options(populate_existing=True))
    return [row.text for row in rows]


def test_an_answer_becomes_a_comment_and_is_an_answer_again(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    remark = put_answer(cast, asked, text="Which month?")
    put_vote(remark, someone())
    act = turn(cast, "answer", remark)
    assert (shown(Answer), shown(Comment)) == ([], ["Which month?"])
    assert (question_of(asked).answers, question_of(asked).helpful) == (0, 0)
    assert 'class="comment"' in stranger.get(address(asked)).text
    undo(cast, act)
    assert (shown(Answer), shown(Comment)) == (["Which month?"], [])
    assert (question_of(asked).answers, question_of(asked).helpful) == (1, 1)
    assert counting.recount(check=True) == []


def test_a_comment_becomes_an_answer_that_can_be_accepted_and_goes_with_its_acceptance(cast: Cast) -> None:
    asked = put_question(cast)
    said = put_comment(cast, asked, "cleo", "Open *Billing*.")
    act = turn(cast, "comment", said)
    given = db.session.scalars(select(Answer)).one()
    assert (given.author_id, given.text, given.html) == (cast.id_of("cleo"), "Open *Billing*.", given.html)
    answered = [one for one in events() if one.kind == "answered"]
    assert [(one.user_id, one.detail["staff"]) for one in answered] == [(cast.id_of("cleo"), False)]
    put_acceptance(cast, given.id)
    assert question_of(asked).solution_id == given.id
    undo(cast, act)
    assert (shown(Answer), shown(Comment)) == ([], ["Open *Billing*."])
    assert question_of(asked).solution_id is None
    assert counting.recount(check=True) == []


def test_a_solution_that_becomes_a_comment_is_the_solution_again_afterwards(cast: Cast) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    put_acceptance(cast, answer)
    turn(cast, "answer", answer)
    assert question_of(asked).solution_id is None
    put_back(cast, "answer", answer, Act.RESTORE)
    assert question_of(asked).solution_id == answer
    assert shown(Comment) == []


def test_what_is_not_shown_or_more_than_words_is_not_turned(cast: Cast) -> None:
    asked = put_question(cast)
    hidden, pictured = put_answer(cast, asked), put_answer(cast, asked, "sam")
    hide(cast, "answer", hidden)
    begin_write()
    db.session.get_one(Answer, pictured).html = '<p><img src="/files/key.png" alt="A key"></p>'
    db.session.commit()
    for kind, number in (("answer", hidden), ("question", asked), ("answer", pictured)):
        with pytest.raises(Conflict):
            turn(cast, kind, number)
        db.session.rollback()


def test_the_buttons_are_the_moderator_s(cast: Cast) -> None:
    asked = put_question(cast)
    remark = put_answer(cast, asked, text="Which month?")
    page = cast.browser("mia").get(address(asked)).text
    assert "Make it a comment" in page
    begin_write()
    db.session.get_one(Answer, remark).html = '<p><img src="/files/key.png" alt="A key"></p>'
    content_changed()
    db.session.commit()
    assert "Make it a comment" not in cast.browser("mia").get(address(asked)).text
    begin_write()
    db.session.get_one(Answer, remark).html = "<p>Which month?</p>"
    db.session.commit()
    assert "Make it a comment" not in cast.browser("sam").get(address(asked)).text
    done = cast.browser("mia").post(f"/en/community/moderation/answer/{remark}/turn")
    assert done.status_code == 303
    assert "Make it an answer" in cast.browser("mia").get(address(asked)).text
    assert "turned into a post of the other kind" in cast.browser("ben").get("/en/community/log").text
