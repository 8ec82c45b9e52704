from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from helpcenter.articles.article import OldAddress
from helpcenter.core.db import begin_write, db
from helpcenter.topics.audience import Audience
from tests.shelf import put_article


def remember(path: str, article_id: int) -> None:
    begin_write()
    db.session.add(OldAddress(path=path, article_id=article_id))
    db.session.commit()


def test_an_address_of_the_old_site_leads_to_the_article(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    remember("/docs/money/refunds", article)
    for path in ("/docs/money/refunds", "/docs/money/refunds/", "/docs/money/refunds.html"):
        answer = stranger.get(path)
        assert (answer.status_code, answer.location) == (301, f"/en/articles/{article}-refunds")


def test_an_old_address_does_not_tell_of_an_article_one_may_not_read(app: Flask, stranger: FlaskClient) -> None:
    remember("/docs/secret", put_article("For members", audience=Audience.MEMBERS))
    assert stranger.get("/docs/secret").status_code == 404


def test_a_wrong_address_offers_the_closest_titles(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Change your password")
    put_article("Refunds")
    page = stranger.get("/en/help/change-pasword")
    assert page.status_code == 404
    assert f"/en/articles/{article}-change-your-password" in page.text
    assert "Refunds" not in page.text


def test_a_wrong_address_under_an_unknown_language_is_answered_in_one_that_exists(
    app: Flask, stranger: FlaskClient
) -> None:
    put_article("Refunds")
    assert stranger.get("/xx/refunds").status_code == 404
