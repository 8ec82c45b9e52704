"""A reader's vote, by plain form: who may cast it, what it shows, and what changes nothing."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from helpcenter.articles.revision import Significance
from helpcenter.feedback import tally
from helpcenter.feedback.recount import recount
from helpcenter.feedback.tally import Tally
from tests.articles.test_authors import token_on
from tests.cast import Cast
from tests.feedback.votes import only_vote, rows
from tests.journeys.acts import BROWSER, events
from tests.shelf import change_article, edition_of, put_article


def ballot_on(page: str) -> str:
    return re.findall(r'name="revision_id" value="([^"]+)"', page)[0]


def vote(browser: FlaskClient, article: int, answer: str = "no", **fields: str) -> TestResponse:
    """Read the page, then press the button."""
    headers = {"User-Agent": BROWSER}
    if "revision_id" not in fields:
        fields["revision_id"] = ballot_on(browser.get(f"/en/articles/{article}", follow_redirects=True).text)
    return browser.post(f"/en/articles/{article}/vote", data={"answer": answer, **fields}, headers=headers)


def counted(article: int) -> Tally:
    return tally.of(("article", article), edition_of(article).published_revision_id or 0)


def test_a_stranger_votes_without_scripts_and_changes_their_mind(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    first = vote(stranger, article)
    assert first.status_code == 200
    assert "no-store" in first.headers["Cache-Control"]
    assert "What went wrong?" in first.text
    again = vote(stranger, article, reason="confusing", comment="Which button?", revision_id=ballot_on(first.text))
    assert "Which button?" in again.text
    assert (only_vote().reason, only_vote().comment) == ("confusing", "Which button?")
    vote(stranger, article, "yes")
    assert (counted(article), rows()) == (Tally(1, 0), 1)
    assert [(event.kind, event.detail) for event in events()] == [
        ("voted", {"helpful": False}),
        ("voted", {"helpful": False}),
        ("voted", {"helpful": True}),
    ]


def test_a_vote_by_get_leads_to_the_article_and_changes_nothing(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    answer = stranger.get(f"/en/articles/{article}/vote?answer=yes")
    assert (answer.status_code, answer.location) == (303, f"/en/articles/{article}-refunds#vote")
    assert (rows(), list(events())) == (0, [])


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}])
def test_a_vote_from_another_site_changes_nothing(app: Flask, stranger: FlaskClient, headers: dict[str, str]) -> None:
    article = put_article("Refunds")
    page = stranger.get(f"/en/articles/{article}-refunds").text
    data = {"answer": "yes", "revision_id": ballot_on(page)}
    assert stranger.post(f"/en/articles/{article}/vote", data=data, headers=headers).status_code == 403
    assert (rows(), list(events())) == (0, [])


def test_a_vote_with_what_belongs_to_another_page_changes_nothing(app: Flask, stranger: FlaskClient) -> None:
    refunds, invoices = put_article("Refunds"), put_article("Invoices")
    other = stranger.get(f"/en/articles/{invoices}-invoices").text
    assert vote(stranger, refunds, revision_id=ballot_on(other)).status_code == 422
    assert vote(stranger, refunds, token=token_on(other)).status_code == 422
    assert vote(stranger, refunds, revision_id="1").status_code == 422
    assert (rows(), list(events())) == (0, [])


def test_a_vote_is_for_the_revision_that_was_seen(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    seen = ballot_on(stranger.get(f"/en/articles/{article}-refunds").text)
    change_article(article, body="Quite other words.")
    vote(stranger, article, "yes", revision_id=seen)
    assert (rows(), counted(article)) == (1, Tally())
    vote(stranger, article, "yes")
    assert (rows(), counted(article)) == (2, Tally(1, 0))


def test_a_typo_edit_keeps_the_votes_and_takes_those_that_come_late(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    seen = ballot_on(stranger.get(f"/en/articles/{article}-refunds").text)
    vote(stranger, article, "yes")
    change_article(article, body="Some word.", significance=Significance.TYPO)
    assert counted(article) == Tally(1, 0)
    vote(stranger, article, "no", revision_id=seen)
    assert (counted(article), rows()) == (Tally(0, 1), 1)


def test_too_many_words_come_back_with_every_one_of_them(app: Flask, stranger: FlaskClient) -> None:
    article, words = put_article("Refunds"), "word " * 121
    answer = vote(stranger, article, comment=words)
    assert answer.status_code == 422
    assert words.strip() in answer.text
    assert rows() == 0


def test_counts_show_from_five_votes_on(app: Flask) -> None:
    article = put_article("Refunds")
    for number in range(5):
        page = vote(app.test_client(), article, "yes" if number else "no").text
        assert ("people found this helpful" in page) == (number == 4)
    assert "4 of 5 people found this helpful" in page


def test_a_public_page_never_knows_who_voted(app: Flask, stranger: FlaskClient, cast: Cast) -> None:
    article = put_article("Refunds")
    before = stranger.get(f"/en/articles/{article}-refunds")
    vote(stranger, article, comment="my own words")
    after = stranger.get(f"/en/articles/{article}-refunds")
    assert after.data == before.data == app.test_client().get(f"/en/articles/{article}-refunds").data
    ben = cast.browser("ben")
    vote(ben, article)
    assert 'name="answer" value="no" aria-pressed="true"' in ben.get(f"/en/articles/{article}-refunds").text


def test_nobody_votes_on_what_they_may_not_read(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds", published=False)
    data = {"answer": "yes"}
    assert stranger.post(f"/en/articles/{article}/vote", data=data).status_code == 404


def test_fifty_readers_at_once_are_fifty_votes(app: Flask, stranger: FlaskClient) -> None:
    article, start = put_article("Refunds"), Barrier(50)
    seen = ballot_on(stranger.get(f"/en/articles/{article}-refunds").text)

    def one(number: int) -> int:
        browser = app.test_client()
        with app.app_context():
            start.wait()
            return vote(browser, article, "no" if number % 5 else "yes", revision_id=seen).status_code

    with ThreadPoolExecutor(50) as readers:
        assert set(readers.map(one, range(50))) == {200}
    assert (counted(article), rows()) == (Tally(10, 40), 50)
    assert recount(check=True) == []


def answer_survey(browser: FlaskClient, article: int, page: str, said: str) -> TestResponse:
    fields = {"answer": said, "revision_id": ballot_on(page)}
    return browser.post(f"/en/articles/{article}/vote/survey", data=fields, headers={"User-Agent": BROWSER})


def test_after_a_yes_one_question_is_asked_once(stranger: FlaskClient) -> None:
    article, other = put_article("Refunds"), put_article("Invoices")
    page = vote(stranger, article, "yes").text
    assert "Would you have written to us otherwise?" in page
    thanks = answer_survey(stranger, article, page, "yes").text
    assert "Your answer is kept." in thanks
    assert "Would you have written" not in thanks
    assert "Would you have written" not in vote(stranger, other, "yes").text


def test_after_a_no_nothing_is_asked(stranger: FlaskClient) -> None:
    assert "Would you have written" not in vote(stranger, put_article("Refunds"), "no").text


def test_the_answer_changes_no_vote(stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    page = vote(stranger, article, "yes").text
    assert answer_survey(stranger, article, page, "no").status_code == 200
    assert counted(article) == Tally(1, 0)


def test_an_answer_that_is_none_is_refused_and_the_question_stands(stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    page = vote(stranger, article, "yes").text
    answer = answer_survey(stranger, article, page, "perhaps")
    assert answer.status_code == 422
    assert "Would you have written to us otherwise?" in answer.text
