from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from helpcenter.accounts.viewer import STRANGER
from helpcenter.core.db import db
from helpcenter.topics.tree import tree
from tests.cast import Cast
from tests.shelf import put_topic


@pytest.fixture
def ada(cast: Cast) -> FlaskClient:
    return cast.browser("ada")


def keys(below: int | None = None) -> list[str]:
    db.session.rollback()
    rows = tree().sections(below, STRANGER) if below else tree().roots(STRANGER)
    return [node.key for node in rows]


def drop(browser: FlaskClient, moved: int, ids: list[int], below: int | str = "") -> TestResponse:
    return browser.post("/studio/topics/order", data={"moved": moved, "below": below, "id": ids})


@pytest.fixture
def roots(app: object) -> list[int]:
    return [put_topic(key, key.title()) for key in ("one", "two", "three")]


def test_a_topic_stands_where_it_was_dropped(ada: FlaskClient, roots: list[int]) -> None:
    one, two, three = roots
    assert drop(ada, three, [three, one, two]).status_code == 303
    assert keys() == ["three", "one", "two"]


def test_the_page_says_where_it_stands_now(ada: FlaskClient, roots: list[int]) -> None:
    one, two, three = roots
    page = ada.get(drop(ada, one, [two, one, three]).headers["Location"])
    assert "“One” is now at place 2 of 3." in page.text


def test_a_topic_that_somebody_added_meanwhile_keeps_its_place(ada: FlaskClient, roots: list[int]) -> None:
    one, two, three = roots
    put_topic("four", "Four")
    drop(ada, three, [three, one, two])
    assert keys() == ["three", "one", "two", "four"]


def test_a_section_goes_below_another_topic_to_the_place_it_was_dropped(ada: FlaskClient, roots: list[int]) -> None:
    one, two, _three = roots
    moved, first, second = (put_topic(key, key.title(), below=at) for key, at in (("a", one), ("b", two), ("c", two)))
    drop(ada, moved, [first, moved, second], below=two)
    assert keys(one) == []
    assert keys(two) == ["b", "a", "c"]


def test_a_section_does_not_go_where_its_key_is_taken(ada: FlaskClient, roots: list[int]) -> None:
    one, two, _three = roots
    moved, there = put_topic("a", "A", below=one), put_topic("a", "A", below=two)
    answer = drop(ada, moved, [there, moved], below=two)
    assert "cannot go there" in ada.get(answer.headers["Location"]).text
    assert (keys(one), keys(two)) == (["a"], ["a"])


def test_a_topic_with_sections_does_not_become_a_section(ada: FlaskClient, roots: list[int]) -> None:
    one, two, _three = roots
    put_topic("a", "A", below=one)
    drop(ada, one, [one], below=two)
    assert keys() == ["one", "two", "three"]


@pytest.mark.parametrize("data", [{}, {"moved": "404"}, {"moved": "x"}, {"moved": "1", "below": "nowhere"}])
def test_what_does_not_exist_is_not_found(ada: FlaskClient, roots: list[int], data: dict[str, str]) -> None:
    assert ada.post("/studio/topics/order", data=data).status_code == 404
    assert keys() == ["one", "two", "three"]


@pytest.mark.parametrize(("pressed", "left"), [("up", "down"), ("down", "down")])
def test_the_button_that_was_pressed_keeps_the_focus(
    ada: FlaskClient, roots: list[int], pressed: str, left: str
) -> None:
    """At an end the button is out of use, and the other one has it."""
    moved = roots[1] if pressed == "up" else roots[0]
    answer = ada.post(f"/studio/topics/{moved}/position", data={"to": pressed})
    row = ada.get(answer.headers["Location"]).text.split(f'id="topic-{moved}"')[1]
    button = row.split("autofocus")[0].rsplit("<button", 1)[1]
    assert f'value="{left}"' in button
    assert "disabled" not in button
