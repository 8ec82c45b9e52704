from __future__ import annotations

from sqlalchemy import update

from helpcenter.community import rerendering
from helpcenter.community.answer import Answer
from helpcenter.community.comment import Comment
from helpcenter.community.question import Question
from helpcenter.core import content_version
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import RENDERER_VERSION
from tests.cast import Cast
from tests.community.posts import answer_of, put_answer, put_comment, put_question, question_of


def age(kind: type[Question | Answer | Comment]) -> None:
    begin_write()
    old = update(kind).values(html="old", plain_text="old", renderer_version=RENDERER_VERSION - 1)
    db.session.execute(old, execution_options={"synchronize_session": False})
    db.session.commit()


def test_what_an_older_renderer_made_is_made_anew(cast: Cast) -> None:
    asked = put_question(cast)
    answer, comment = put_answer(cast, asked), put_comment(cast, asked)
    assert rerendering.render_all().count == 0
    for kind in (Question, Answer, Comment):
        age(kind)
    before = content_version.current()
    result = rerendering.render_all()
    assert (result.count, result.refusals) == (3, {})
    db.session.rollback()
    assert "<strong>twice</strong>" in question_of(asked).html and "<em>Billing</em>" in answer_of(answer).html
    assert db.session.get_one(Comment, comment, populate_existing=True).plain_text == "Which month?"
    assert question_of(asked).edited_at is None
    assert content_version.current() > before
    assert rerendering.render_all(only_old=False).count == 3


def test_what_can_not_be_rendered_keeps_what_it_has(cast: Cast) -> None:
    asked = put_question(cast)
    age(Question)
    begin_write()
    question_of(asked).text = "[" * 70_000
    db.session.commit()
    result = rerendering.render_all()
    assert (result.count, list(result.refusals)) == (0, [f"question {asked}"])
    assert question_of(asked).html == "old"


def test_an_answer_without_a_word_is_rendered_too(cast: Cast) -> None:
    put_answer(cast, put_question(cast), text="")
    age(Answer)
    assert rerendering.render_all().count == 1


def test_the_job_renders_what_is_old_once_and_leaves_what_it_can_not_render(cast: Cast) -> None:
    good, bad = put_question(cast), put_question(cast)
    age(Question)
    begin_write()
    question_of(bad).text = "[" * 70_000
    db.session.commit()
    assert rerendering.render_old() == 1
    db.session.rollback()
    assert "<strong>twice" in question_of(good).html and question_of(bad).html == "old"
    assert (rerendering.render_old(), list(rerendering.render_all().refusals)) == (0, [f"question {bad}"])


def test_what_a_newer_renderer_made_is_left_to_the_host_that_has_it(cast: Cast) -> None:
    asked = put_question(cast)
    begin_write()
    db.session.execute(update(Question).values(html="newer", renderer_version=RENDERER_VERSION + 1))
    db.session.commit()
    assert rerendering.render_old() == 0
    assert question_of(asked).html == "newer"
