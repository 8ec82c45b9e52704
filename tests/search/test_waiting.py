"""Tell me when there is an answer: one letter, to a confirmed address, and then it is over."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.search import drainer, wait_check, waiting
from helpcenter.search.waiting import SearchNews, SearchWait
from helpcenter.topics.audience import Audience
from tests.accounts.letterbox import letters_to, newest_link
from tests.cast import PASSWORD, Cast, email_of
from tests.community.posts import put_acceptance, put_answer, put_question
from tests.shelf import put_article, put_topic

DORA = "dora@example.org"
WORDS = "zeppelin"


def wait(browser: FlaskClient, words: str = WORDS, address: str = DORA, **more: str) -> int:
    return browser.post("/en/search/waiting", data={"q": words, "email": address, **more}).status_code


def confirmed(browser: FlaskClient, words: str = WORDS, address: str = DORA) -> None:
    assert wait(browser, words, address) == 303
    assert browser.post(newest_link(address)).status_code == 200


def news() -> int:
    """The index takes in what changed, and the job looks at it."""
    drainer.drain()
    return wait_check.tell_of_news()


def subjects_to(address: str) -> list[str]:
    return [one.subject for one in letters_to(address) if one.kind == "search_wait_found"]


def waiting_now() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(SearchWait.words)))


def test_the_empty_page_offers_it_and_a_page_with_results_does_not(stranger: FlaskClient) -> None:
    put_article("Zeppelin", "How to fly one.")
    drainer.drain()
    assert "/en/search/waiting" in stranger.get("/en/search?q=qwertzuiop").text
    assert "/en/search/waiting" not in stranger.get("/en/search?q=zeppelin").text
    assert "/en/search/waiting" not in stranger.get("/en/search").text


def test_a_new_article_is_told_once_to_a_confirmed_address(stranger: FlaskClient) -> None:
    confirmed(stranger)
    put_article("Something else", "Other words.")
    assert news() == 0
    put_article("Fly a zeppelin", "Take off slowly.")
    assert news() == 1
    (one,) = [one for one in letters_to(DORA) if one.kind == "search_wait_found"]
    assert one.subject == "There is an answer: Fly a zeppelin" and "http://localhost/en/articles/" in one.text
    assert waiting_now() == []
    put_article("Land a zeppelin", "Slowly.")
    assert news() == 0 and len(subjects_to(DORA)) == 1


def test_an_address_that_was_not_confirmed_hears_nothing(stranger: FlaskClient) -> None:
    assert wait(stranger) == 303
    page = stranger.get(newest_link(DORA))
    assert page.status_code == 200 and WORDS in page.text
    put_article("Fly a zeppelin", "Take off slowly.")
    assert news() == 0 and subjects_to(DORA) == []
    with clock.moved(clock.now() + timedelta(days=8)):
        waiting.forget_old()
    assert waiting_now() == [] and stranger.post(newest_link(DORA)).status_code == 410


def test_the_letter_that_asks_repeats_no_words_of_whoever_typed(stranger: FlaskClient) -> None:
    wait(stranger, "buy pills at example.org")
    assert "pills" not in letters_to(DORA)[0].text


def test_a_question_answers_once_it_is_solved(cast: Cast, stranger: FlaskClient) -> None:
    confirmed(stranger)
    question_id = put_question(cast, title="How do I steer a zeppelin?")
    answer_id = put_answer(cast, question_id)
    assert news() == 0
    put_acceptance(cast, answer_id)
    assert news() == 1 and subjects_to(DORA) == ["There is an answer: How do I steer a zeppelin?"]


def test_what_is_not_for_them_is_not_told(cast: Cast, stranger: FlaskClient) -> None:
    confirmed(stranger)
    assert cast.browser("sam").post("/en/search/waiting", data={"q": WORDS}).status_code == 303
    assert cast.browser("ben").post("/en/search/waiting", data={"q": WORDS}).status_code == 303
    inner = put_topic("inner", "Inner", audience=Audience.TEAM)
    put_article("Fly a zeppelin", "Take off slowly.", topic_id=inner)
    assert news() == 1
    assert subjects_to(email_of("sam")) and not subjects_to(DORA) and not subjects_to(email_of("ben"))


def test_a_killed_job_tells_nobody_twice(stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    confirmed(stranger)
    confirmed(stranger, address="eve@example.org")
    put_article("Fly a zeppelin", "Take off slowly.")
    drainer.drain()
    tell, done = wait_check.wait_letters.tell, []

    def killed(*given: object) -> None:
        tell(*given)  # type: ignore[arg-type]
        done.append(given)
        if len(done) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(wait_check.wait_letters, "tell", killed)
        with pytest.raises(KeyboardInterrupt):
            wait_check.tell_of_news()
    db.session.rollback()
    assert wait_check.tell_of_news() == 1
    assert len(subjects_to(DORA)) == len(subjects_to("eve@example.org")) == 1
    assert db.session.scalars(select(SearchNews)).all() == []


def test_a_machine_that_fills_in_everything_waits_for_nothing(stranger: FlaskClient) -> None:
    assert wait(stranger, website="https://example.org") == 303
    assert waiting_now() == [] and letters_to(DORA) == []


def test_the_answer_is_the_same_for_every_address(cast: Cast, stranger: FlaskClient) -> None:
    cast.id_of("ben")
    confirmed(stranger, address=email_of("ben"))
    answers = {
        (answer.status_code, answer.location)
        for address in (email_of("ben"), DORA)
        for answer in [stranger.post("/en/search/waiting", data={"q": WORDS, "email": address})]
    }
    assert len(answers) == 1


def test_no_address_is_refused_with_the_words_kept(stranger: FlaskClient) -> None:
    answer = stranger.post("/en/search/waiting", data={"q": WORDS, "email": "nobody"})
    assert answer.status_code == 422 and f'value="{WORDS}"' in answer.text and 'value="nobody"' in answer.text


def test_one_stops_waiting_by_the_link(stranger: FlaskClient) -> None:
    confirmed(stranger)
    link = newest_link(DORA)
    assert "Stop waiting" in stranger.get(link).text
    assert stranger.post(f"{link}/end").status_code == 200 and waiting_now() == []
    assert stranger.post(f"{link}/end").status_code == 410
    assert stranger.get("/search/waiting/made-up").status_code == 410


def test_editors_see_how_many_wait(cast: Cast, stranger: FlaskClient) -> None:
    confirmed(stranger, "Zeppelin")
    cast.browser("ben").post("/en/search/waiting", data={"q": "zeppelin"})
    wait(stranger, "zeppelin", "eve@example.org")
    page = re.sub(r"\s+", " ", cast.browser("ada").get("/studio/search?in=en").text)
    assert "2 people are waiting" in page and DORA not in page


def test_whoever_leaves_waits_no_longer(app: Flask, cast: Cast, stranger: FlaskClient) -> None:
    ben = cast.browser("ben")
    ben.post("/en/search/waiting", data={"q": "zeppelin"})
    confirmed(stranger, "airship", email_of("ben"))
    assert ben.get("/preferences/export").json["search_wait"]["waits"][0]["words"] == "zeppelin"
    ben.post("/preferences/erasure", data={"password": PASSWORD})
    assert waiting_now() == []
