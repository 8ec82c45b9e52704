"""Whoever wrote something can be thanked once it is done: who, how, and how often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from helpcenter.articles.article import Article
from helpcenter.core import clock, jobs, mail
from helpcenter.core.db import begin_write, db
from helpcenter.feedback.one_letter import KEPT_DAYS
from helpcenter.feedback.vote_address import VoteAddress
from helpcenter.topics.audience import Audience
from tests.accounts.letterbox import letters_to, link_in
from tests.articles.test_votes import vote
from tests.cast import Cast
from tests.feedback.votes import only_vote
from tests.shelf import put_article

LIST = "/studio/feedback"
DIA = "dia@example.org"
THANKS = "Done, and thank the reader"


@pytest.fixture
def article(app: Flask) -> int:
    return put_article("Refunds")


@pytest.fixture
def ada(cast: Cast) -> FlaskClient:
    return cast.browser("ada")


def say(ada: FlaskClient, state: str) -> str:
    """Press a button beside the only vote; the page that follows."""
    return ada.post(f"{LIST}/{only_vote().id}/state", data={"state": state}, follow_redirects=True).text


def addresses() -> int:
    """How many are kept."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(VoteAddress)) or 0


def test_a_stranger_who_left_an_address_gets_one_letter_and_is_forgotten(
    ada: FlaskClient, stranger: FlaskClient, article: int
) -> None:
    page = vote(stranger, article, comment="Buy at evil.example.", email=DIA)
    assert "Your address is kept for one email" in page.text
    assert THANKS in ada.get(LIST).text
    assert "The reader was thanked." in say(ada, "thanked")
    (letter,) = letters_to(DIA)
    assert letter.subject == "What you wrote about “Refunds” has been fixed"
    assert "evil" not in letter.text
    assert link_in(letter) == f"/en/articles/{article}-refunds"
    assert addresses() == 0
    assert THANKS not in say(ada, "planned")
    say(ada, "thanked")
    assert len(letters_to(DIA)) == 1


@pytest.mark.parametrize("state", ["done", "declined"])
def test_without_thanks_no_letter_goes_and_the_address_is_forgotten_all_the_same(
    ada: FlaskClient, stranger: FlaskClient, article: int, state: str
) -> None:
    vote(stranger, article, comment="Which?", email=DIA)
    say(ada, "planned")
    assert addresses() == 1
    say(ada, state)
    assert (addresses(), letters_to(DIA)) == (0, [])


def test_a_member_is_told_here_and_asked_for_no_address(ada: FlaskClient, cast: Cast, article: int) -> None:
    ben = cast.browser("ben")
    page = vote(ben, article, comment="Which?", email=DIA)
    assert 'name="email"' not in page.text
    assert addresses() == 0
    say(ada, "thanked")
    told = ben.get("/en/account/notifications").text
    assert "Ada</bdi> fixed what you wrote about “<bdi>Refunds</bdi>”" in told


def test_a_member_can_be_thanked_for_what_was_done_before(ada: FlaskClient, cast: Cast, article: int) -> None:
    vote(cast.browser("ben"), article, comment="Which?")
    assert "The reader was thanked." not in say(ada, "done")
    assert "The reader was thanked." in say(ada, "thanked")
    assert "The reader was thanked." in say(ada, "done")


def test_who_left_nothing_can_not_be_thanked(ada: FlaskClient, stranger: FlaskClient, article: int) -> None:
    vote(stranger, article, comment="Which?")
    assert THANKS not in ada.get(LIST).text
    assert "no email could be sent" in say(ada, "thanked")


def test_an_address_that_is_none_comes_back_with_every_word(stranger: FlaskClient, article: int) -> None:
    page = vote(stranger, article, comment="Which button?", email="nobody")
    assert page.status_code == 422
    assert "Which button?" in page.text and 'value="nobody"' in page.text
    assert "Enter an email address" in page.text


def test_a_yes_leaves_no_address(stranger: FlaskClient, article: int) -> None:
    vote(stranger, article, "yes", email=DIA)
    assert addresses() == 0


def test_no_letter_tells_of_what_strangers_may_not_see_any_more(
    ada: FlaskClient, stranger: FlaskClient, article: int
) -> None:
    vote(stranger, article, comment="Which?", email=DIA)
    begin_write()
    db.session.execute(update(Article).values(audience=Audience.TEAM))
    db.session.commit()
    say(ada, "thanked")
    assert letters_to(DIA) == []


def test_an_address_is_forgotten_after_three_months_and_wherever_it_is_forgotten(
    app: Flask, stranger: FlaskClient, article: int
) -> None:
    vote(stranger, article, comment="Which?", email=DIA)
    with clock.moved(clock.now() + timedelta(days=KEPT_DAYS - 1)):
        jobs.run_due(app)
    assert addresses() == 1
    with clock.moved(clock.now() + timedelta(days=KEPT_DAYS + 1)):
        jobs.run_due(app)
    assert addresses() == 0
    vote(stranger, article, comment="Which?", email=DIA.upper())
    begin_write()
    mail.forget(DIA)
    db.session.commit()
    assert addresses() == 0
