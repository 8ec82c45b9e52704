"""What stands around a question that not everybody may read is for those who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from helpcenter.community.visibility import locked
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound
from helpcenter.topics.audience import Audience
from tests.cast import Cast
from tests.community.posts import put_answer, put_comment, put_duplicate, put_question
from tests.community.test_editing import change_answer
from tests.shelf import put_topic


def test_comments_versions_and_forms_of_a_hidden_question_do_not_exist(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast, topic_id=put_topic("inner", "Inner", audience=Audience.TEAM))
    answer, said = put_answer(cast, asked, "sam"), put_comment(cast, asked, "sam")
    with clock.moved(clock.now() + timedelta(hours=1)):
        change_answer(cast, answer, "Hidden words.", "sam")
    question = f"/en/questions/{asked}"
    read = (f"/comments/{said}", f"{question}/history", f"/en/answers/{answer}/history")
    write = (f"{question}/comments", f"/en/answers/{answer}/comments", f"{question}/edit", f"/en/answers/{answer}/edit")
    more = (f"{question}/duplicate", f"{question}/duplicate/contest", f"{question}/duplicate/keep")
    # Ben asked it and may not read it any more, as after a move.
    for browser in (stranger, cast.browser("ben"), cast.browser("cleo")):
        assert [browser.get(path).status_code for path in (*read, f"{question}/articles")] == [404] * 4
        assert {browser.post(path).status_code for path in (*write, *more, f"/en/comments/{said}/deletion")} == {404}
    assert [cast.browser("mia").get(path).status_code for path in read] == [302, 200, 200]


def test_a_banner_names_no_question_that_one_may_not_read(cast: Cast, stranger: FlaskClient) -> None:
    inside = put_topic("inner", "Inner", audience=Audience.MEMBERS)
    original = put_question(cast, title="How is the zorblaxo opened?", topic_id=inside)
    asked = put_question(cast, topic_id=inside)
    put_duplicate(cast, asked, original)
    assert "zorblaxo" in cast.browser("ben").get(f"/en/questions/{asked}", follow_redirects=True).text
    assert "zorblaxo" not in stranger.get(f"/en/questions/{asked}").text


def test_what_moves_out_of_sight_meanwhile_is_not_there_to_be_changed(cast: Cast) -> None:
    asked = put_question(cast, topic_id=put_topic("inner", "Inner", audience=Audience.TEAM))
    begin_write()
    with pytest.raises(NotFound):
        locked(asked, cast.viewer("ben"))
    assert locked(asked, cast.viewer("mia")).id == asked
    db.session.rollback()
