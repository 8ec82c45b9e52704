from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.articles.stuck import StuckStep, stuck_steps
from helpcenter.core.db import db
from helpcenter.journeys.event import Event
from tests.cast import Cast
from tests.shelf import change_article, edition_of, put_article, token_of

STEPS = "1. Open **Billing**.\n2. Press **Refund**."


def stuck_now(article_id: int) -> list[StuckStep]:
    db.session.rollback()
    return stuck_steps(article_id, edition_of(article_id).published_revision_id or 0)


def test_the_link_of_a_step_leads_to_a_page_that_records_nothing(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds", STEPS)
    assert 'href="?stuck=2"' in stranger.get(f"/en/articles/{article}-refunds").text
    answer = stranger.get(f"/en/articles/{article}-refunds?stuck=2")
    assert answer.location == f"/en/articles/{article}/stuck/2"
    page = stranger.get(answer.location)
    assert "Stuck at step 2?" in page.text
    assert "Set-Cookie" not in page.headers
    assert db.session.scalars(select(Event)).all() == []


def test_saying_so_is_counted_once_for_a_person_and_step(app: Flask) -> None:
    article = put_article("Refunds", STEPS)
    for reader in (app.test_client(), app.test_client()):
        for _ in range(2):
            data = {"token": token_of(article)}
            answer = reader.post(
                f"/en/articles/{article}/stuck/2", data=data, headers={"User-Agent": "Mozilla/5.0 Firefox/140.0"}
            )
            assert "Thank you" in answer.text
    assert stuck_now(article) == [StuckStep(2, 2)]


def test_a_new_revision_begins_without_stuck_readers(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds", STEPS)
    data = {"token": token_of(article)}
    stranger.post(f"/en/articles/{article}/stuck/1", data=data, headers={"User-Agent": "Mozilla/5.0 Firefox/140.0"})
    change_article(article, body=f"{STEPS}\n3. Wait.")
    assert stuck_now(article) == []


def test_a_made_up_page_says_nothing(app: Flask, stranger: FlaskClient) -> None:
    article, other = put_article("Refunds", STEPS), put_article("Invoices", STEPS)
    for token in ("", "nonsense", token_of(other)):
        answer = stranger.post(f"/en/articles/{article}/stuck/1", data={"token": token})
        assert answer.status_code == 422
    assert stuck_now(article) == []


def test_there_is_no_step_zero(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds", STEPS)
    assert stranger.get(f"/en/articles/{article}/stuck/0").status_code == 404
    assert stranger.post(f"/en/articles/{article}/stuck/0", data={"token": token_of(article)}).status_code == 404
    assert db.session.scalars(select(Event)).all() == []


def test_editors_see_a_bar_for_each_step(app: Flask, cast: Cast, stranger: FlaskClient) -> None:
    article = put_article("Refunds", STEPS)
    data = {"token": token_of(article)}
    stranger.post(f"/en/articles/{article}/stuck/2", data=data, headers={"User-Agent": "Mozilla/5.0 Firefox/140.0"})
    page = cast.browser("ada").get(f"/en/articles/{article}-refunds").text
    assert "<meter" in page
    assert "1 reader stuck" in page
    assert "<meter" not in stranger.get(f"/en/articles/{article}-refunds").text
