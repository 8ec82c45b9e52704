"""An open list of the inbox hears of everything that changes it, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.core import clock
from tests.cast import Cast
from tests.support.letters_to_us import opened

NOON = datetime.fromisoformat("2026-03-02T12:00:00+00:00")


@pytest.fixture
def sam(app: Flask, cast: Cast) -> Iterator[FlaskClient]:
    with clock.moved(NOON):
        yield cast.browser("sam")


def changed(browser: FlaskClient, tag: str | None, path: str = "/inbox") -> tuple[bool, str | None]:
    """Whether the list is another one than that of this tag, and its tag now."""
    answer = browser.get(path, headers={"If-None-Match": tag} if tag else {})
    assert answer.status_code in (200, 304)
    return answer.status_code == 200, answer.headers.get("ETag", tag)


def test_a_list_that_stands_as_it_did_is_not_made_again(sam: FlaskClient) -> None:
    opened()
    _new, tag = changed(sam, None)
    assert changed(sam, tag) == (False, tag)


def test_it_hears_of_a_new_conversation_and_of_every_act(sam: FlaskClient, stranger: FlaskClient) -> None:
    _new, tag = changed(sam, None)
    row = opened()
    is_new, tag = changed(sam, tag)
    assert is_new
    theirs = f"/en/conversations/{row.id}/messages?key={row.key}"
    for second, (who, path, data) in enumerate(
        [
            (stranger, theirs, {"message": "Hello?"}),
            (sam, f"/inbox/{row.id}/assignment", {"to": "me"}),
            (sam, f"/inbox/{row.id}/messages", {"message": "Press it."}),
            (sam, f"/inbox/{row.id}/closing", {}),
            (sam, f"/inbox/{row.id}/reopening", {}),
        ],
        start=1,
    ):
        with clock.moved(NOON + timedelta(seconds=second)):
            assert who.post(path, data=data).status_code == 303
        is_new, tag = changed(sam, tag)
        assert is_new, path


def test_it_is_made_again_each_minute_for_it_tells_how_long_people_wait(sam: FlaskClient) -> None:
    _new, tag = changed(sam, None)
    with clock.moved(NOON + timedelta(minutes=1)):
        assert changed(sam, tag)[0]


def test_nobody_else_is_told_that_it_changed(sam: FlaskClient, stranger: FlaskClient) -> None:
    _new, tag = changed(sam, None)
    assert stranger.get("/inbox", headers={"If-None-Match": str(tag)}).status_code != 304


def test_what_a_page_says_once_is_not_taken_by_a_page_that_looks_for_news(cast: Cast) -> None:
    row, sam = opened(), cast.browser("sam")
    sam.post(f"/inbox/{row.id}/closing")
    for path in ("/inbox", f"/inbox/{row.id}"):
        assert "Undo" not in sam.get(path, headers={"X-Poll": "1"}).text
    assert "Undo" in sam.get(f"/inbox/{row.id}").text
    assert "Undo" not in sam.get(f"/inbox/{row.id}").text
