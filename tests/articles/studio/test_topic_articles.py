from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.article import Article
from helpcenter.articles.publication import archive
from helpcenter.articles.studio import arranging
from helpcenter.articles.visibility import listed
from helpcenter.core import content_version
from helpcenter.core.db import begin_write, db
from tests.articles.studio.conftest import count
from tests.shelf import edition_of, put_article, put_topic


@pytest.fixture
def harbor(app: object) -> int:
    return put_topic("harbor", "Harbor", ar="الميناء")


@pytest.fixture
def shelf(harbor: int) -> list[int]:
    """Three articles, at places that leave gaps, as a folder may have them."""
    return [
        put_article(title, topic_id=harbor, position=at)
        for title, at in (("Moor a boat", 10), ("Raise a sail", 20), ("Tie a knot", 30))
    ]


def read_on(topic_id: int) -> list[int]:
    """What readers find there, in order."""
    db.session.rollback()
    return [row.article_id for row in listed(STRANGER, "en", topic_ids=[topic_id])]


def places(*ids: int) -> list[int]:
    db.session.rollback()
    return [db.session.get_one(Article, one).position for one in ids]


def step(browser: FlaskClient, topic: int, article: int, to: str) -> str:
    return browser.post(f"/studio/topics/{topic}/articles/{article}/position", data={"to": to}).headers["Location"]


def drop(browser: FlaskClient, topic: int, moved: int, ids: list[int]) -> int:
    return browser.post(f"/studio/topics/{topic}/articles/order", data={"moved": moved, "id": ids}).status_code


def test_readers_see_the_order_that_was_given_at_once(ada: FlaskClient, harbor: int, shelf: list[int]) -> None:
    moor, sail, knot = shelf
    before = content_version.current()
    step(ada, harbor, knot, "up")
    assert read_on(harbor) == [moor, knot, sail]
    drop(ada, harbor, sail, [sail, moor, knot])
    assert read_on(harbor) == [sail, moor, knot]
    assert content_version.current() > before


def test_the_page_lists_them_as_readers_find_them_and_says_what_moved(
    ada: FlaskClient, harbor: int, shelf: list[int]
) -> None:
    moor = shelf[0]
    put_article("Not yet", topic_id=harbor, position=40, published=False)
    page = ada.get(step(ada, harbor, moor, "down")).text
    assert "“Moor a boat” is now at place 2 of 4." in page
    assert page.index("Raise a sail</a>") < page.index("Moor a boat</a>") < page.index("Tie a knot</a>")
    assert "Draft" in page


def test_numbers_that_stand_in_files_are_kept(ada: FlaskClient, harbor: int, shelf: list[int]) -> None:
    moor, sail, knot = shelf
    drop(ada, harbor, knot, [knot, moor, sail])
    assert places(knot, moor, sail) == [10, 20, 30]


def test_an_article_that_came_meanwhile_keeps_its_place(ada: FlaskClient, harbor: int, shelf: list[int]) -> None:
    moor, sail, knot = shelf
    new = put_article("Drop anchor", topic_id=harbor, position=15)
    drop(ada, harbor, knot, [knot, sail, moor])
    assert read_on(harbor) == [knot, new, sail, moor]


def test_an_archived_article_takes_no_step(ada: FlaskClient, harbor: int, shelf: list[int]) -> None:
    moor, sail, knot = shelf
    begin_write()
    archive(edition_of(sail), by=None)
    db.session.commit()
    step(ada, harbor, knot, "up")
    assert read_on(harbor) == [knot, moor]
    assert "Raise a sail" not in ada.get(f"/studio/topics/{harbor}/articles").text


def test_articles_of_one_place_are_told_apart(ada: FlaskClient, harbor: int) -> None:
    first, second, third = (put_article(f"Boat {at}", topic_id=harbor) for at in range(3))
    step(ada, harbor, third, "up")
    assert read_on(harbor) == [first, third, second]


def test_some_move_to_the_end_of_another_topic_in_their_order(ada: FlaskClient, harbor: int, shelf: list[int]) -> None:
    moor, sail, knot = shelf
    town = put_topic("town", "Town")
    there = put_article("Find the baker", topic_id=town, position=5)
    answer = ada.post(f"/studio/topics/{harbor}/articles/moves", data={"article": [knot, moor], "to": town})
    assert read_on(harbor) == [sail]
    assert read_on(town) == [there, moor, knot]
    assert "2 articles have been moved to “Town”." in ada.get(answer.headers["Location"]).text


@pytest.mark.parametrize("data", [{}, {"article": "1"}, {"article": "1", "to": "987654"}, {"to": "2"}])
def test_nothing_moves_without_articles_and_a_place(
    ada: FlaskClient, harbor: int, shelf: list[int], data: dict[str, str]
) -> None:
    put_topic("town", "Town")
    answer = ada.post(f"/studio/topics/{harbor}/articles/moves", data=data)
    assert "Nothing was moved" in ada.get(answer.headers["Location"]).text
    assert read_on(harbor) == shelf


def test_an_article_that_hangs_elsewhere_by_now_stays_there(ada: FlaskClient, harbor: int, shelf: list[int]) -> None:
    town = put_topic("town", "Town")
    far = put_article("Find the baker", topic_id=town)
    ada.post(f"/studio/topics/{harbor}/articles/moves", data={"article": [far], "to": harbor})
    assert read_on(town) == [far]
    assert drop(ada, harbor, far, [far, *shelf]) == 404
    assert ada.post(f"/studio/topics/{harbor}/articles/{far}/position", data={"to": "up"}).status_code == 404


def test_deleting_a_topic_puts_its_articles_after_those_of_the_other(
    ada: FlaskClient, harbor: int, shelf: list[int]
) -> None:
    town = put_topic("town", "Town")
    baker, market = (put_article(title, topic_id=town, position=at) for title, at in (("Baker", 20), ("Market", 40)))
    ada.post(f"/studio/topics/{harbor}/removal", data={"into": town})
    assert read_on(town) == [baker, market, *shelf]
    assert count(Article) == 5


def test_a_long_topic_is_shown_in_pages(ada: FlaskClient, harbor: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arranging, "MOST_ROWS", 2)
    first, second, third = (put_article(f"Boat {at}", topic_id=harbor, position=at) for at in (1, 2, 3))
    page = ada.get(f"/studio/topics/{harbor}/articles").text
    assert f'href="/studio/topics/{harbor}/articles?from=2"' in page
    assert "Boat 3" not in page
    # Past the end of a page it is on the next one, and there the way back is told.
    later = ada.get(step(ada, harbor, second, "down")).text
    assert read_on(harbor) == [first, third, second]
    assert "Boat 2" in later
    assert "Boat 1" not in later


def test_a_title_stands_in_the_language_of_the_page_where_there_is_one(ada: FlaskClient, harbor: int) -> None:
    boat = put_article("Moor a boat", topic_id=harbor)
    put_article("Amarrar", of=boat, locale="es")
    assert 'lang="es" dir="auto">Amarrar</a>' in ada.get(f"/studio/topics/{harbor}/articles?lang=es").text
    assert 'lang="en" dir="auto">Moor a boat</a>' in ada.get(f"/studio/topics/{harbor}/articles?lang=ar").text


def test_a_topic_that_does_not_exist_is_not_found(ada: FlaskClient) -> None:
    assert ada.get("/studio/topics/404/articles").status_code == 404
    assert ada.post("/studio/topics/404/articles/moves", data={}).status_code == 404
