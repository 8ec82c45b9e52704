"""What people type by mistake, and what somebody types on purpose."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.core import clock
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from helpcenter.support.conversation import LONGEST_TITLE
from helpcenter.support.message import LONGEST_MESSAGE
from tests.cast import Cast
from tests.support.letters_to_us import COMPLAINT, FIREFOX, FORM, field, kept, opened, written

TAG = "<img src=x onerror=alert(1)>"
BACKWARDS = "\u202eelif.exe ليلى"


def test_html_in_a_name_or_a_message_is_read_and_never_obeyed(app: Flask, stranger: FlaskClient, cast: Cast) -> None:
    answer = written(stranger, name=TAG, message=f"{TAG}\n\njavascript:alert(1) https://example.org/?a=1&b=<b>")
    (row,) = kept()
    agent = cast.browser("sam")
    for page in (
        stranger.get(answer.headers["Location"]),
        agent.get("/inbox"),
        agent.get(f"/inbox/{row.id}"),
    ):
        assert page.status_code == 200
        assert "<img src=x" not in page.text
        assert 'href="javascript:' not in page.text


def test_a_name_that_runs_the_other_way_stays_within_its_own_bounds(
    app: Flask, stranger: FlaskClient, cast: Cast
) -> None:
    written(stranger, name=BACKWARDS)
    (row,) = kept()
    for path in ("/inbox", f"/inbox/{row.id}"):
        assert f"<bdi>{row.name}</bdi>" in cast.browser("sam").get(path).text


@pytest.mark.parametrize("letters", [LONGEST_MESSAGE, LONGEST_MESSAGE + 1])
def test_a_message_has_a_longest_length_and_a_longer_one_is_kept_in_its_field(
    app: Flask, stranger: FlaskClient, letters: int
) -> None:
    text = "я" * letters
    answer = written(stranger, message=text)
    assert answer.status_code == (303 if letters == LONGEST_MESSAGE else 422)
    if letters > LONGEST_MESSAGE:
        assert text in answer.text
    assert [len(row.title) for row in kept()] == ([LONGEST_TITLE] if letters == LONGEST_MESSAGE else [])


def test_other_words_from_the_same_form_are_another_conversation(app: Flask, stranger: FlaskClient) -> None:
    began = field(stranger.get(FORM, headers=FIREFOX), "began")
    data = {"email": "ben@example.org", "began": began, "shown": "1"}
    with clock.moved(clock.now() + timedelta(seconds=30)):
        for text in (COMPLAINT, COMPLAINT, "And my other locker as well."):
            assert stranger.post(FORM, data={**data, "message": text}, headers=FIREFOX).status_code == 303
    assert [row.title for row in kept()] == [COMPLAINT, "And my other locker as well."]


@pytest.mark.parametrize("key", ["", "0" * 32, "é" * 32, "0" * 5000])
@pytest.mark.parametrize("path", ["", "/messages", "/withdrawal"])
def test_a_wrong_key_opens_and_changes_nothing(app: Flask, cast: Cast, path: str, key: str) -> None:
    row = opened(by=Actor(new_id(), cast.id_of("ben")))
    address = f"/en/conversations/{row.id}{path}"
    for client in (app.test_client(), cast.browser("cleo")):
        answer = (
            client.post(address, query_string={"key": key}, data={"message": "Hello"})
            if path
            else client.get(address, query_string={"key": key})
        )
        assert answer.status_code == 404
    (row,) = kept()
    assert (row.version, row.status) == (1, "new")


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999999"])
def test_a_number_that_leads_nowhere_is_not_found(app: Flask, cast: Cast, number: str) -> None:
    assert cast.browser("sam").get(f"/inbox/{number}").status_code == 404
    assert app.test_client().get(f"/en/conversations/{number}?key=x").status_code == 404


@pytest.mark.parametrize(
    "carried", ["article:x", "article:99999999999999999999", "step:1", "search:", "::::", "search:" + "x" * 5000]
)
def test_what_comes_along_is_looked_at_before_it_is_kept(app: Flask, stranger: FlaskClient, carried: str) -> None:
    assert written(stranger, carried=carried).status_code == 303
    (row,) = kept()
    assert all(len(item) < 250 and item.startswith("search:x") for item in row.carried["items"])


@pytest.mark.parametrize("topic", ["", "x", "999999", "-1", "1; drop table topic"])
def test_a_topic_that_is_none_becomes_another_topic(app: Flask, stranger: FlaskClient, topic: str) -> None:
    assert written(stranger, topic=topic).status_code == 303
    assert [row.topic_id for row in kept()] == [None]


@pytest.mark.parametrize("email", ["ben@example.org\nBcc: all@example.org", "ben", "@", "a" * 400 + "@example.org"])
def test_an_address_that_is_none_is_refused_with_every_word_kept(app: Flask, stranger: FlaskClient, email: str) -> None:
    answer = written(stranger, email=email)
    assert answer.status_code == 422
    assert COMPLAINT in answer.text
    assert kept() == []
