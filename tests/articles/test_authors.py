"""What authors do with their own article is kept and not counted, and how long a page must be seen to be read."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.articles.authors import authors_of
from tests.cast import Cast
from tests.journeys.acts import events, send
from tests.shelf import change_article, put_article


def token_on(page: str) -> str:
    return re.findall(r'<read-beacon[^>]*data-token="([^"]+)"', page)[0]


def test_everyone_who_wrote_a_revision_is_an_author(app: Flask, cast: Cast) -> None:
    article = put_article("Refunds", by=cast.id_of("ben"))
    change_article(article, body="Other words.", by=cast.id_of("cleo"))
    put_article("Reembolsos", locale="es", of=article, by=cast.id_of("mia"))
    assert authors_of(article) == {cast.id_of("ben"), cast.id_of("cleo"), cast.id_of("mia")}
    assert authors_of(put_article("Invoices")) == set()


def test_an_author_who_reads_the_article_is_not_counted(app: Flask, cast: Cast) -> None:
    article = put_article("Refunds", by=cast.id_of("ben"))
    for name in ("ben", "cleo"):
        browser = cast.browser(name)
        page = browser.get(f"/en/articles/{article}-refunds").text
        assert send(browser, token_on(page)).status_code == 204
    assert [event.excluded_reason for event in events()] == ["author", None]


@pytest.mark.parametrize(("words", "seconds"), [(20, 10), (2200, 180)])
def test_a_page_is_read_after_three_tenths_of_the_time_and_never_before_ten_seconds(
    app: Flask, stranger: FlaskClient, words: int, seconds: int
) -> None:
    article = put_article("Refunds", "word " * words)
    page = stranger.get(f"/en/articles/{article}-refunds").text
    assert f'data-read-seconds="{seconds}"' in page
