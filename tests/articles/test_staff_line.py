"""What editors see below an article, and nobody else."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.journeys.acts import act, someone
from tests.shelf import put_article


def led_to(article: int, words: str, people: int) -> None:
    for _ in range(people):
        reader = someone()
        act("searched", reader, detail={"results": 1}, query=words, locale="en")
        act("viewed", reader, subject=("article", article), locale="en")


def test_an_editor_sees_which_searches_led_here(app: Flask, cast: Cast) -> None:
    article = put_article("Refunds")
    led_to(article, "my <b>money</b> back", 2)
    led_to(article, "I am Ben", 1)
    page = cast.browser("ada").get(f"/en/articles/{article}-refunds").text
    told = page[page.index("Searches that led here") :]
    assert "“my &lt;b&gt;money&lt;/b&gt; back”" in told
    assert "2 people" in told
    assert "I am Ben" not in page


@pytest.mark.parametrize("who", ["ben", "sam", "mia"])
def test_nobody_else_sees_what_was_searched_for(app: Flask, cast: Cast, stranger: FlaskClient, who: str) -> None:
    article = put_article("Refunds")
    led_to(article, "money back", 3)
    for browser in (cast.browser(who), stranger):
        assert "money back" not in browser.get(f"/en/articles/{article}-refunds").text


def test_where_no_search_led_nothing_is_said(app: Flask, cast: Cast) -> None:
    article = put_article("Refunds")
    assert "Searches that led here" not in cast.browser("ada").get(f"/en/articles/{article}-refunds").text
