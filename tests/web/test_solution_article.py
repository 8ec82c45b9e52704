from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from helpcenter.accounts import erasure
from helpcenter.articles.article import Article
from helpcenter.articles.subject import made_from
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import MarkdownRefused, Reason
from helpcenter.core.refusals import Conflict
from helpcenter.web.handovers import solution_article
from tests.cast import Cast
from tests.community.posts import (
    ANSWER,
    TEXT,
    TITLE,
    answer_of,
    locked,
    put_acceptance,
    put_answer,
    put_question,
    question_of,
)
from tests.shelf import edition_of, latest_of, put_topic


def solved(cast: Cast, **more: object) -> int:
    """A question that Ben asked, solved by what Cleo answered; its number."""
    topic_id = put_topic("billing", "Billing")
    asked = put_question(cast, topic_id=topic_id, **more)  # type: ignore[arg-type]
    put_acceptance(cast, put_answer(cast, asked))
    return asked


def make(cast: Cast, question_id: int, name: str = "ada") -> int:
    """Press the button; the number of the article whose page opens."""
    answer = cast.browser(name).post(f"/en/questions/{question_id}/article")
    assert answer.status_code == 303
    return int(answer.headers["Location"].rsplit("/", 1)[1])


def page(browser: FlaskClient, question_id: int) -> str:
    return browser.get(f"/en/questions/{question_id}", follow_redirects=True).text


def test_an_editor_makes_the_draft_of_an_article_of_a_solved_question(cast: Cast) -> None:
    asked = solved(cast, tags=["refund"])
    assert "Turn it into an article" in page(cast.browser("ada"), asked)
    article_id = make(cast, asked)
    edition, revision = edition_of(article_id), latest_of(article_id)
    assert (edition.status, edition.locale, edition.title) == ("draft", "en", TITLE)
    assert revision.body == f"{TEXT}\n\n## Solution\n\n{ANSWER}\n"
    assert revision.tags == ["refund"]
    opened = cast.browser("ada").get(f"/studio/articles/{article_id}/en").text
    assert "take out names, numbers, addresses" in opened
    assert f"/answers/{question_of(asked).solution_id}" in opened


def test_two_presses_make_one_article(cast: Cast) -> None:
    asked = solved(cast)
    assert make(cast, asked) == make(cast, asked, "root")
    assert len(made_from("answer", question_of(asked).solution_id or 0)) == 1


def test_what_can_not_be_prepared_as_an_article_is_told_where_the_button_is(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, ada = solved(cast), cast.browser("ada")

    def refuses(*_given: object) -> None:
        raise MarkdownRefused(Reason.TOO_TANGLED)

    monkeypatch.setattr(solution_article, "rendered", refuses)
    answer = ada.post(f"/en/questions/{asked}/article")
    assert answer.status_code == 303 and f"/questions/{asked}" in answer.location
    assert "This text is nested too deeply" in ada.get(answer.location).text
    assert made_from("answer", question_of(asked).solution_id or 0) == []


def test_the_draft_is_shown_to_those_who_write_and_to_nobody_else(cast: Cast, stranger: FlaskClient) -> None:
    asked = solved(cast)
    article_id = make(cast, asked)
    mine = page(cast.browser("ada"), asked)
    assert "Turn it into an article" not in mine
    assert f"/studio/articles/{article_id}" in mine
    for browser in (stranger, cast.browser("ben"), cast.browser("sam")):
        assert "The article on this" not in page(browser, asked)


def test_both_stay_and_lead_to_each_other_once_it_is_published(cast: Cast, stranger: FlaskClient) -> None:
    asked = solved(cast)
    article_id = publish(cast, make(cast, asked))
    read = stranger.get(f"/en/articles/{article_id}", follow_redirects=True).text
    assert "Made from an answer that <bdi>Cleo</bdi> gave" in read
    assert f"/answers/{question_of(asked).solution_id}" in read
    assert f"/en/articles/{article_id}" in page(stranger, asked)


def test_the_thanks_forget_whoever_is_forgotten(cast: Cast, stranger: FlaskClient) -> None:
    asked = solved(cast)
    article_id = publish(cast, make(cast, asked))
    begin_write()
    erasure.erase(cast.id_of("cleo"))
    db.session.commit()
    read = stranger.get(f"/en/articles/{article_id}", follow_redirects=True).text
    assert "Cleo" not in read
    assert "former member" in read


def test_an_article_does_not_tell_of_a_question_its_reader_may_not_see(cast: Cast, stranger: FlaskClient) -> None:
    staff = put_topic("internal", "Internal", audience="team")
    asked = put_question(cast, "sam", title="The secret discount", topic_id=staff)
    put_acceptance(cast, put_answer(cast, asked, "ada"), "sam")
    article_id = publish(cast, make(cast, asked), topic_id=put_topic("open", "Open"))
    read = stranger.get(f"/en/articles/{article_id}", follow_redirects=True)
    assert read.status_code == 200
    assert "gave in the community" not in read.text


def test_the_heading_is_in_the_language_of_the_question(cast: Cast) -> None:
    asked = solved(cast, locale="es", title="¿Cómo recupero mi dinero?")
    article_id = make(cast, asked)
    assert "\n## Solución\n" in latest_of(article_id, "es").body


def test_a_solution_that_was_exchanged_meanwhile_is_not_mixed_up_with_the_words_of_the_old_one(cast: Cast) -> None:
    asked = solved(cast)
    old = question_of(asked).solution_id or 0
    content = solution_article.words_of(question_of(asked), answer_of(old))
    result = solution_article.rendered(question_of(asked), content)
    put_acceptance(cast, put_answer(cast, asked, "sam", "Ask the bank."))
    begin_write()
    with pytest.raises(Conflict):
        solution_article.make_article(locked(asked), old, content, result, cast.viewer("ada"))


def test_without_a_solution_there_is_nothing_to_make_and_it_says_so(cast: Cast) -> None:
    put_topic("billing", "Billing")
    asked = put_question(cast)
    browser = cast.browser("ada")
    assert "Turn it into an article" not in page(browser, asked)
    answer = browser.post(f"/en/questions/{asked}/article", follow_redirects=True)
    assert "this one has no solution now" in answer.text
    assert cast.browser("ben").post(f"/en/questions/{asked}/article").status_code == 403


def publish(cast: Cast, article_id: int, **more: int) -> int:
    """Publish the draft as its editor does; its number."""
    revision = latest_of(article_id)
    data = {"title": revision.title, "body": revision.body, "audience": "everyone", "significance": "medium"}
    topic_id = more.get("topic_id") or put_topic("billing", "Billing")
    opened = db.session.get_one(Article, article_id).topic_id
    data |= {"topic": str(topic_id), "topic_opened": str(opened), "latest": str(revision.id), "publish": "1"}
    answer = cast.browser("ada").post(f"/studio/articles/{article_id}/en", data=data)
    assert answer.status_code == 303, answer.text
    return article_id
