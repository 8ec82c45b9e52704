"""What stands above the list of what readers wrote about one article."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from tests.articles.suggested import send
from tests.articles.test_stuck import STEPS
from tests.articles.test_votes import vote
from tests.cast import Cast
from tests.journeys.acts import BROWSER
from tests.shelf import put_article, token_of


def page_about(cast: Cast, article: int) -> str:
    return cast.browser("ada").get(f"/studio/feedback?subject=article:{article}").text


def test_bars_show_why_it_did_not_help_and_where_readers_got_stuck(app: Flask, cast: Cast) -> None:
    article = put_article("Refunds", STEPS)
    for reason in ("confusing", "confusing", "too_long"):
        vote(app.test_client(), article, reason=reason)
    for _ in range(2):
        data = {"token": token_of(article)}
        app.test_client().post(f"/en/articles/{article}/stuck/2", data=data, headers={"User-Agent": BROWSER})
    page = page_about(cast, article)
    assert 'max="2" value="2" aria-label="2 readers"' in page
    assert 'max="2" value="1" aria-label="1 reader"' in page
    assert "Where readers got stuck (English)" in page
    assert f'<a href="/en/articles/{article}-refunds#step-2">Step 2</a>' in page
    assert 'aria-label="2 readers stuck"' in page


def test_open_suggestions_are_one_press_away(app: Flask, cast: Cast, stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    send(stranger, article, words="Green.")
    page = page_about(cast, article)
    assert "1 open suggestion" in page
    assert f"/studio/suggestions?article={article}" in page


def test_where_nothing_is_known_nothing_stands(app: Flask, cast: Cast) -> None:
    page = page_about(cast, put_article("Refunds", STEPS))
    assert "<meter" not in page and "open suggestion" not in page


def test_the_whole_list_has_no_bars(app: Flask, cast: Cast) -> None:
    vote(app.test_client(), put_article("Refunds"), reason="confusing")
    assert "<meter" not in cast.browser("ada").get("/studio/feedback").text
