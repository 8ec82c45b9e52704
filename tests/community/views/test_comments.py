from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import event, select

from helpcenter.accounts import erasure
from helpcenter.community.comment import Comment
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.community.posts import put_answer, put_comment, put_question, question_of
from tests.community.views.test_question import address

LATER = timedelta(hours=2)


def texts() -> list[str]:
    return list(db.session.scalars(select(Comment.text).order_by(Comment.id)))


def test_a_comment_stands_under_what_it_is_about_and_has_a_lasting_address(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    with clock.moved(clock.now() + LATER):
        sent = cast.browser("ben").post(f"/en/answers/{answer}/comments", data={"text": "That *was* it."})
        assert question_of(asked).active_at == clock.now()
    cast.browser("sam").post(f"/en/questions/{asked}/comments", data={"text": "Which month?"})
    page = stranger.get(address(asked)).text
    assert page.index("Which month?") < page.index('id="answer-') < page.index("That <em>was</em> it.")
    lasting = sent.headers["Location"]
    assert stranger.get(lasting).headers["Location"] == f"{address(asked)}#comment-{lasting.split('/')[-1]}"


def test_what_is_said_after_five_is_folded(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    for number in range(7):
        put_comment(cast, asked, text=f"Remark {number}.")
    page = stranger.get(address(asked)).text
    assert page.index("Remark 4.") < page.index("2 more comments") < page.index("Remark 5.")


def test_a_comment_is_short_and_comes_back_with_every_letter(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    ben, path = cast.browser("ben"), f"/en/questions/{asked}/comments"
    long = ben.post(path, data={"text": "word " * 121})
    assert long.status_code == 422 and "word word" in long.text and "Write an answer instead." in long.text
    assert ben.post(path, data={"text": " "}).status_code == 422
    assert stranger.post(path, data={"text": "Hello."}).status_code == 401
    assert texts() == []


def test_one_changes_and_deletes_their_own_comment_and_the_team_those_of_others(cast: Cast) -> None:
    asked = put_question(cast)
    said, ben, cleo = put_comment(cast, asked), cast.browser("ben"), cast.browser("cleo")
    path = f"/en/comments/{said}"
    assert "Edit this comment" in ben.get(address(asked)).text
    assert "Edit this comment" not in cleo.get(address(asked)).text
    assert cleo.post(f"{path}/deletion").status_code == cleo.post(f"{path}/edit").status_code == 403
    ben.post(f"{path}/edit", data={"text": "Which year?"})
    assert (texts(), db.session.scalar(select(Comment.edited_at))) == (["Which year?"], None)
    with clock.moved(clock.now() + LATER):
        ben.post(f"{path}/edit", data={"text": "Which day?"})
        assert db.session.scalar(select(Comment.edited_at)) == clock.now()
    with clock.moved(clock.now() + timedelta(days=2)):
        ben = cast.browser("ben")
        assert ben.post(f"{path}/edit", data={"text": "Late."}).status_code == 403
        assert "You can still delete it." in ben.get(f"{path}/edit").text
        assert ben.post(f"{path}/deletion").status_code == 303
    assert texts() == []
    other = put_comment(cast, asked, "cleo")
    assert cast.browser("mia").post(f"/en/comments/{other}/deletion").status_code == 303


def test_many_comments_are_read_with_as_few_queries_as_one(cast: Cast, stranger: FlaskClient) -> None:
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", count := lambda *told: asked.append(told[2]))
    question, counts = put_question(cast), []
    for names in (("ben",), ("ben", "cleo", "sam", "mia", "ada", "root")):
        for name in names:
            put_comment(cast, question, name, answer_id=put_answer(cast, question, name))
            put_comment(cast, question, name)
        asked.clear()
        assert stranger.get(address(question)).status_code == 200
        counts.append(len(asked))
    event.remove(db.engine, "before_cursor_execute", count)
    assert counts[0] == counts[1]


def test_what_an_erased_person_said_stays_under_former_member(cast: Cast, stranger: FlaskClient) -> None:
    asked = put_question(cast)
    put_comment(cast, asked, "cleo")
    begin_write()
    erasure.erase(cast.id_of("cleo"))
    db.session.commit()
    page = stranger.get(address(asked)).text
    assert "Which month?" in page and "former member" in page
