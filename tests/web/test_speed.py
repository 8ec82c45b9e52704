"""What pages may cost, in statements and bytes: these hold on every machine, where times do not."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from helpcenter.core.db import db
from tests.articles.test_votes import ballot_on, vote
from tests.cast import Cast
from tests.shelf import put_article, put_topic
from tests.web.cold import grow_cold

READING_THE_VERSION = 1
FIRST_VIEW_BYTES = 40_000


@pytest.mark.parametrize("path", ["/en/?x=", "/en/search?q=refund&x=", "/login?next=/", "/nothing-here?x="])
def test_a_query_that_no_page_has_is_not_repeated_in_every_link(app: Flask, stranger: FlaskClient, path: str) -> None:
    short = stranger.get(f"{path}{'a' * 100}").text
    assert "a" * 100 in short or path.startswith("/nothing-here")
    assert len(stranger.get(path + "a" * 30_000).text) <= len(short)


def shelve(count: int) -> str:
    """So many articles in topics of five; the address of the first."""
    topics = [put_topic(f"topic-{number}", f"Topic {number}") for number in range(max(1, count // 5))]
    ids = [put_article(f"Page {n}", "Some words.", topic_id=topics[n % len(topics)], position=n) for n in range(count)]
    return f"/en/articles/{ids[0]}-page-0"


def test_a_first_view_after_a_change_takes_six_statements(
    statements: Callable[..., int], stranger: FlaskClient
) -> None:
    path = shelve(3)
    assert statements(stranger, path) <= 6
    grow_cold()
    assert statements(stranger, path) <= 6


def test_a_kept_page_takes_one_statement(statements: Callable[..., int], stranger: FlaskClient) -> None:
    path = shelve(3)
    stranger.get(path)
    assert statements(stranger, path) == READING_THE_VERSION


def test_a_page_for_a_member_takes_three_statements(statements: Callable[..., int], cast: Cast) -> None:
    path = shelve(3)
    ben, cleo = cast.browser("ben"), cast.browser("cleo")
    ben.get(path)
    assert statements(ben, path) <= 3
    assert statements(cleo, path) <= 3


def test_a_vote_asks_for_the_version_before_its_write_and_after(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    vote(stranger, article)
    ballot = ballot_on(stranger.get(f"/en/articles/{article}-refunds").text)
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert vote(stranger, article, revision_id=ballot).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert sum("FROM content_version" in one for one in asked) == 2
    assert sum(not one.startswith(("BEGIN", "PRAGMA")) for one in asked) <= 14


@pytest.mark.parametrize("address", ["article", "/en/", "/feed.atom", "/sitemap.xml"])
def test_more_articles_take_no_more_statements(
    statements: Callable[..., int], stranger: FlaskClient, address: str
) -> None:
    counts = []
    for articles in (2, 20):
        path = shelve(articles)
        grow_cold()
        counts.append(statements(stranger, path if address == "article" else address))
    assert counts[0] == counts[1]


def test_a_first_view_fits_into_forty_kilobytes(app: Flask, stranger: FlaskClient) -> None:
    body = "\n\n".join(
        f"## Part {part}\n\n" + " ".join(f"word{part * number}" for number in range(200)) for part in range(5)
    )
    page = stranger.get(f"/en/articles/{put_article('Refunds', body)}-refunds", headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    parts = {part for part in gzip.decompress(page.data).decode().split('"') if part.startswith("/assets/")}
    assert len(parts) == 2
    sent = [stranger.get(part, headers={"Accept-Encoding": "gzip"}) for part in sorted(parts)]
    assert all(answer.headers["Content-Encoding"] == "gzip" for answer in sent)
    assert len(page.data) + sum(len(answer.data) for answer in sent) <= FIRST_VIEW_BYTES


def test_a_page_asks_for_a_style_sheet_and_a_script_of_this_site_only(app: Flask, stranger: FlaskClient) -> None:
    page = stranger.get(f"/en/articles/{put_article('Refunds')}-refunds").text
    loaded = [
        part for part in page.split('"') if part.startswith(("http:", "https:", "//")) and "schema.org" not in part
    ]
    assert [part for part in loaded if not part.startswith("http://localhost/")] == []
