from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from helpcenter.articles import subject
from helpcenter.articles.article import OldAddress
from helpcenter.core.db import begin_write, db
from helpcenter.search import drainer
from helpcenter.topics.audience import Audience
from tests.cast import Cast
from tests.search.damage import break_index
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


def test_an_old_address_with_a_language_leads_to_that_language(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    put_article("Reembolsos", of=article, locale="es")
    for path in ("/hc/es/articles/1", "/hc/en-us/articles/1"):
        remember(path, article)
    assert stranger.get("/hc/es/articles/1").location == f"/es/articles/{article}-reembolsos"
    answer = stranger.get("/hc/en-us/articles/1", headers={"Accept-Language": "es"})
    assert answer.location == f"/en/articles/{article}-refunds"


def test_the_words_behind_a_number_do_not_matter(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    remember("/article/17", article)
    assert stranger.get("/article/17-an-older-title").location == f"/en/articles/{article}-refunds"
    assert stranger.get("/article/18-refunds").status_code == 404


def test_an_old_address_does_not_tell_of_an_article_one_may_not_read(app: Flask, stranger: FlaskClient) -> None:
    remember("/docs/secret", put_article("For members", audience=Audience.MEMBERS))
    assert stranger.get("/docs/secret").status_code == 404


@pytest.mark.parametrize("wrong", ["change-pasword", "passwords", "passwordchanging", "47-change-your-pasword.html"])
def test_a_wrong_address_offers_the_closest_titles(app: Flask, stranger: FlaskClient, wrong: str) -> None:
    article = put_article("Change your password")
    put_article("Refunds")
    drainer.drain()
    page = stranger.get(f"/en/guides/{wrong}")
    assert page.status_code == 404
    assert f"/en/articles/{article}-change-your-password" in page.text
    assert "Refunds" not in page.text


def test_a_title_of_another_language_is_offered_where_the_readers_has_none(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    drainer.drain()
    assert f'href="/en/articles/{article}-refunds" lang="en"' in stranger.get("/ru/articles/9-refund").text


def test_a_slip_in_a_wrong_address_is_looked_for_in_its_own_language(app: Flask, stranger: FlaskClient) -> None:
    put_article("Synchronise calendars")
    drainer.drain()
    title = "Synchronise calendars</a>"
    assert title in stranger.get("/en/articles/sinhcronise").text
    assert title in stranger.get("/ru/articles/synchronise").text
    # To guess in each language what strangers make up would cost a second of work for every such address.
    assert title not in stranger.get("/ru/articles/sinhcronise").text


def test_the_closest_titles_are_those_one_may_read(app: Flask, stranger: FlaskClient, cast: Cast) -> None:
    put_article("Refund secrets", audience=Audience.MEMBERS)
    drainer.drain()
    assert "Refund secrets" not in stranger.get("/en/refund-secret").text
    assert "Refund secrets" in cast.browser("ben").get("/en/refund-secret").text


@pytest.mark.parametrize("path", ["/en/password-12x", "/en/pasvord", "/en/search?q=pasvord"])
def test_the_ways_back_read_as_much_of_a_large_site_as_of_a_small_one(
    app: Flask, stranger: FlaskClient, path: str
) -> None:
    shelve(30)
    small = most_rows_read(stranger, path)
    shelve(30)
    assert most_rows_read(stranger, path) <= small


def test_while_titles_alone_answer_they_are_read_up_to_a_number(
    app: Flask, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "MOST_MATCHED", 25)
    shelve(60)
    break_index()
    assert most_rows_read(stranger, "/en/password") <= 25


def shelve(count: int) -> None:
    for number in range(count):
        put_article(f"Password {number}")
    drainer.drain()


def most_rows_read(browser: FlaskClient, path: str) -> int:
    """The most rows that any statement of a request brings, asked again for their number alone."""
    asked: list[tuple[str, Any]] = []

    def note(*given: Any) -> None:
        if given[2].startswith("SELECT"):
            asked.append((given[2], given[3]))

    event.listen(db.engine, "before_cursor_execute", note)
    assert "Password" in browser.get(path).text
    event.remove(db.engine, "before_cursor_execute", note)
    with db.engine.connect() as connection:
        found = [connection.exec_driver_sql(statement, given).all() for statement, given in asked]
    return max(len(rows) for rows in found)


def test_a_wrong_address_under_an_unknown_language_is_answered_in_one_that_exists(
    app: Flask, stranger: FlaskClient
) -> None:
    put_article("Refunds")
    assert stranger.get("/xx/refunds").status_code == 404
