"""Ways into the community from where reading did not help, and what is asked where it did."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.core.db import db
from helpcenter.feedback import ballot
from helpcenter.feedback.survey import ContactSurvey
from tests.cast import Cast
from tests.community.posts import put_answer, put_question
from tests.community.views.test_question import HUMAN, address, vote
from tests.shelf import edition_of, put_article, put_topic

QUESTION = "Would you have written to us otherwise?"


def test_an_article_that_did_not_help_leads_to_a_question_about_it(stranger: FlaskClient) -> None:
    topic = put_topic("billing", "Billing")
    article = put_article("Refunds of last year", topic_id=topic)
    signed = ballot.make(("article", article), edition_of(article).published_revision_id or 0)
    page = stranger.post(f"/en/articles/{article}/vote", data={"answer": "no", "revision_id": signed}, headers=HUMAN)
    door = re.search(r'href="([^"]+)">Ask the community<', page.text)
    assert door
    form = stranger.get(door[1].replace("&amp;", "&")).text
    assert 'value="Refunds of last year"' in form and f'<option selected value="{topic}">Billing' in form


def test_a_topic_leads_to_a_question_about_it(stranger: FlaskClient) -> None:
    topic = put_topic("billing", "Billing")
    put_article("Refunds", topic_id=topic)
    page = stranger.get(f"/en/topics/{topic}-billing").text
    assert f'href="/en/questions/new?topic={topic}">Ask the community<' in page
    assert stranger.get("/en/questions/new?topic=nonsense").status_code == 200


def test_whom_an_answer_helped_is_asked_once_whether_they_would_have_written(app: Flask, cast: Cast) -> None:
    asked = put_question(cast)
    first, second = put_answer(cast, asked), put_answer(cast, asked, "ben")
    mia, path = cast.browser("mia"), f"/en/questions/{asked}/answers/{first}/vote"
    for answer in (first, second):
        vote(mia, asked, answer, "yes")
    assert mia.get(address(asked)).text.count(QUESTION) == 1
    said = {"answer": "yes", "ballot": ballot.make(("answer", first), 1)}
    assert mia.post(f"{path}/survey", data=said, headers=HUMAN).status_code == 303
    rows = db.session.execute(select(ContactSurvey.channel, ContactSurvey.would_have_written)).all()
    assert [tuple(row) for row in rows] == [("community", True)]
    assert "Your answer is kept." in mia.get(address(asked)).text
    stranger = app.test_client()
    assert stranger.post(path, data=said, headers=HUMAN).text.count(QUESTION) == 1
    assert stranger.post(f"{path}/survey", data={"answer": "yes"}).status_code == 400
    assert stranger.post(f"{path}/survey", data={**said, "answer": "perhaps"}, headers=HUMAN).status_code == 400
    kept = db.session.scalars(select(ContactSurvey.would_have_written).order_by(ContactSurvey.id)).all()
    assert kept == [True, None], "who was asked and said neither yes nor no"


def test_neither_yes_nor_no_is_no_vote(cast: Cast) -> None:
    asked = put_question(cast)
    answer = put_answer(cast, asked)
    assert vote(cast.browser("mia"), asked, answer, "perhaps") == 400
    assert vote(cast.browser("mia"), asked, answer, "yes") == 303
