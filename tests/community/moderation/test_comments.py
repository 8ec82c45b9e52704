"""Comments are posts: they wait, are flagged, hidden, deleted and taken back as questions and answers are."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from helpcenter.community.comment import Comment
from helpcenter.community.moderation.act import Act
from helpcenter.core import site
from helpcenter.core.db import begin_write, db
from tests.accounts.notifications.inbox import lines
from tests.cast import Cast
from tests.community.moderation.acts import clean_up, delete, entry_of, hide, put_back, put_flag, settle, undo
from tests.community.posts import answer_of, put_answer, put_comment, put_question
from tests.community.views.test_question import address

LINK = "Look at https://example.org/walrus please."


def say(cast: Cast, question_id: int, text: str, name: str = "ben") -> int:
    """Send a comment as a browser does; its number."""
    sent = cast.browser(name).post(f"/en/questions/{question_id}/comments", data={"text": text})
    assert sent.status_code == 303, sent.text
    return int(sent.headers["Location"].rsplit("/", 1)[1])


def reads(browser: FlaskClient, question_id: int, text: str) -> bool:
    return text in browser.get(address(question_id)).text


def test_the_first_link_of_a_newcomer_waits_for_a_look(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast, "cleo")
    said = say(cast, asked, LINK)
    assert not reads(stranger, asked, "walrus")
    assert reads(cast.browser("ben"), asked, "waiting for a moderator")
    assert stranger.get(f"/comments/{said}").status_code == 404
    assert lines(cast.browser("cleo")) == []
    settle(cast, "comment", said, "approve")
    assert reads(stranger, asked, "walrus")
    assert len(lines(cast.browser("cleo"))) == 1


def test_a_hidden_comment_is_there_for_its_writer_and_comes_back(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    said = put_comment(cast, asked, "cleo", "Buy a walrus.")
    hide(cast, "comment", said)
    assert not reads(stranger, asked, "walrus")
    assert not reads(cast.browser("sam"), asked, "walrus")
    assert reads(cast.browser("cleo"), asked, "walrus")
    put_back(cast, "comment", said, Act.SHOW)
    assert reads(stranger, asked, "walrus")


def test_a_deleted_comment_is_gone_for_everybody_but_moderators(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    said = put_comment(cast, asked, "cleo", "Buy a walrus.")
    act = delete(cast, "comment", said)
    for browser in (stranger, cast.browser("cleo"), cast.browser("ben")):
        assert not reads(browser, asked, "walrus")
    assert reads(cast.browser("mia"), asked, "walrus")
    undo(cast, act)
    assert reads(stranger, asked, "walrus")


def test_a_moderator_hides_it_from_the_page_and_the_log_tells(cast: Cast) -> None:
    asked = put_question(cast)
    said = put_comment(cast, asked, "cleo", "Buy a walrus.")
    mia = cast.browser("mia")
    done = mia.post(f"/en/community/moderation/comment/{said}/hide", data={"reason": "spam"})
    assert done.headers["Location"] == f"/comments/{said}"
    assert db.session.get_one(Comment, said, populate_existing=True).state == "hidden"
    assert "walrus" not in cast.browser("sam").get("/en/community/log").text
    assert f"/comments/{said}" in mia.get("/en/community/log").text


def test_a_flag_puts_it_into_the_queue_with_its_words(cast: Cast) -> None:
    asked = put_question(cast)
    said = put_comment(cast, asked, "cleo", "Buy a walrus.")
    page = cast.browser("ben").get(address(asked)).text
    assert f"/en/community/flags/comment/{said}" in page
    assert f"/en/community/flags/comment/{said}" not in cast.browser("cleo").get(address(asked)).text
    put_flag(cast, "comment", said, "ben")
    assert entry_of("comment", said)
    assert "Buy a walrus." in cast.browser("mia").get("/en/community/review").text


def test_what_a_spammer_said_goes_and_comes_back_with_the_rest(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast, "cleo")
    put_comment(cast, asked, "ben", "Buy a walrus.")
    act = clean_up(cast, "ben")
    assert not reads(stranger, asked, "walrus")
    assert cast.browser("ben").post(f"/en/questions/{asked}/comments", data={"text": "More."}).status_code == 403
    undo(cast, act)
    assert reads(stranger, asked, "walrus")


def test_nothing_is_said_under_what_is_locked(cast: Cast) -> None:
    asked = put_question(cast)
    cast.browser("mia").post(f"/en/community/moderation/question/{asked}/lock")
    sent = cast.browser("cleo").post(f"/en/questions/{asked}/comments", data={"text": "Still?"})
    assert sent.status_code in (403, 409)


@pytest.mark.parametrize("added", [LINK, "This is a walrus."])
def test_a_change_brings_in_nothing_that_a_moderator_has_to_see_first(cast: Cast, added: str) -> None:
    begin_write()
    site.change(stop_words=["walrus"])
    db.session.commit()
    answer = put_answer(cast, put_question(cast), "cleo")
    cleo, path = cast.browser("cleo"), f"/en/answers/{answer}/edit"
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', cleo.get(path).text)
    assert seen
    sent = cleo.post(path, data={"seen": seen[1], "text": added})
    assert sent.status_code == 422
    assert "Post it again instead" in sent.text and added in sent.text
    assert "walrus" not in answer_of(answer).text


def test_who_is_named_in_a_change_is_told_once(cast: Cast) -> None:
    asked = put_question(cast, "ben")
    answer = put_answer(cast, asked, "cleo")
    put_answer(cast, asked, "sam")
    cleo, path = cast.browser("cleo"), f"/en/answers/{answer}/edit"
    for text in ("Ask @Sam.", "Ask @Sam again."):
        seen = re.search(r'name="seen"[^>]*value="([^"]+)"', cleo.get(path).text)
        assert seen
        assert cleo.post(path, data={"seen": seen[1], "text": text}).status_code == 303
    assert 'class="mention"' in answer_of(answer).html
    assert len([line for line in lines(cast.browser("sam")) if "mentioned you" in line]) == 1
