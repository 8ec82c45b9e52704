"""How the pages of results follow each other."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from helpcenter.articles.article import Article
from helpcenter.core.db import db
from helpcenter.search import drainer, pin
from helpcenter.topics.audience import Audience
from helpcenter.web.search_address import FURTHEST_PAGE
from helpcenter.web.search_page import PAGE_SIZE
from tests.search.damage import break_index
from tests.shelf import put_article
from tests.web.result_page import Page, edit, search


@pytest.fixture
def many(app: Flask) -> list[int]:
    """25 articles that all hold one word."""
    found = [put_article(f"Parcel {number}", "A parcel on its way.") for number in range(1, 26)]
    drainer.drain()
    return found


def test_pages_follow_each_other_without_loss(many: list[int], stranger: FlaskClient) -> None:
    page, seen = search(stranger, "parcel"), list[str]()
    for number in (1, 2, 3):
        assert page.heading == "25 results for “parcel”"
        assert len(page.titles) == (PAGE_SIZE if number < 3 else 5)
        assert page.has_link("Previous page") == (number > 1)
        assert page.has_link("Next page") == (number < 3)
        seen += page.titles
        page = Page(stranger, page.link("Next page")) if number < 3 else page
    assert len(set(seen)) == 25
    assert Page(stranger, page.link("Previous page")).titles == seen[10:20]


def test_pages_with_pins_follow_each_other_without_loss(many: list[int], stranger: FlaskClient) -> None:
    last = search(stranger, "parcel", page=3).titles[-1]
    other = put_article("Something else", "About letters.")
    drainer.drain()
    edit(lambda: pin.add("en", "parcel", ("article", int(last.split()[1])), by=None))
    edit(lambda: pin.add("en", "parcel", ("article", other), by=None))
    page = search(stranger, "parcel")
    seen = [*page.titles]
    while page.has_link("Next page"):
        page = Page(stranger, page.link("Next page"))
        seen += page.titles
    assert seen[:2] == [last, "Something else"]
    assert (len(seen), len(set(seen))) == (26, 26)


def test_the_pages_do_not_end_where_something_was_taken_away(many: list[int], stranger: FlaskClient) -> None:
    first = int(search(stranger, "parcel").titles[0].split()[1])
    edit(lambda: db.session.execute(update(Article).where(Article.id == first).values(audience=Audience.TEAM)))
    page = search(stranger, "parcel")
    assert len(page.titles) == PAGE_SIZE - 1
    assert len(Page(stranger, page.link("Next page")).titles) == PAGE_SIZE


def test_behind_the_last_page_the_way_back_is_shown(many: list[int], stranger: FlaskClient) -> None:
    page = search(stranger, "parcel", page=9)
    assert page.heading == "No more results for “parcel”"
    assert Page(stranger, page.link("To the first page")).titles
    assert not page.has_link("Next page")
    assert search(stranger, "parcel", page=999).heading == page.heading
    assert FURTHEST_PAGE * PAGE_SIZE <= 1_000


def test_pages_of_titles_follow_each_other_too(many: list[int], stranger: FlaskClient) -> None:
    break_index()
    page, seen = search(stranger, "parcel"), list[str]()
    seen += page.titles
    while page.has_link("Next page"):
        page = Page(stranger, page.link("Next page"))
        seen += page.titles
    assert (len(seen), len(set(seen))) == (25, 25)
