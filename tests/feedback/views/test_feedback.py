"""The list editors read, and what they have dealt with."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as hook

from helpcenter.core.db import db
from tests.cast import Cast
from tests.feedback.votes import cast as cast_vote
from tests.feedback.votes import only_vote, someone
from tests.shelf import put_article

LIST = "/studio/feedback"


def wrote(comment: str, article: int = 12, **more: object) -> None:
    cast_vote(False, someone(), subject=("article", article), comment=comment, **more)


def test_an_editor_reads_what_readers_wrote_newest_first(app: Flask, cast: Cast) -> None:
    article = put_article("Refunds")
    wrote("The first word", article, reason="too_long")
    wrote("The second word", article)
    page = cast.browser("ada").get(LIST).text
    assert page.index("The second word") < page.index("The first word")
    assert "It is too long" in page
    assert "Refunds" in page
    assert f"/en/articles/{article}-refunds" in page


def test_a_vote_without_words_is_no_feedback(app: Flask, cast: Cast) -> None:
    cast_vote(True, someone())
    cast_vote(False, someone())
    assert "No one is waiting" in cast.browser("ada").get(LIST).text


def test_words_are_shown_as_they_are_and_never_run(app: Flask, cast: Cast) -> None:
    wrote("<script>alert(1)</script>\nSecond line")
    page = cast.browser("ada").get(LIST).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>Second line" in page
    assert "<script>alert" not in page


def test_the_list_is_narrowed_by_reason_and_by_article(app: Flask, cast: Cast) -> None:
    here, there = put_article("Refunds"), put_article("Invoices")
    wrote("About refunds", here, reason="confusing")
    wrote("About invoices", there, reason="out_of_date")
    ada = cast.browser("ada")
    by_reason = ada.get(f"{LIST}?reason=confusing").text
    assert "About refunds" in by_reason
    assert "About invoices" not in by_reason
    by_article = ada.get(f"{LIST}?subject=article:{there}").text
    assert "About invoices" in by_article
    assert "About refunds" not in by_article


def test_a_narrowing_that_makes_no_sense_is_none(app: Flask, cast: Cast) -> None:
    wrote("A word")
    ada = cast.browser("ada")
    for query in ("reason=ugly", "state=lost", "subject=article:x", "subject=12", "after=x", "subject=a b:1"):
        assert "A word" in ada.get(f"{LIST}?{query}").text, query


def say(browser: FlaskClient, state: str, query: str = "") -> str:
    """Press the button of a state beside the only thing that was written; the page that follows."""
    answer = browser.post(f"{LIST}/{only_vote().id}/state{query}", data={"state": state})
    assert answer.status_code == 303
    return browser.get(answer.location).text


@pytest.mark.parametrize("state", ["planned", "done", "declined"])
def test_what_is_dealt_with_leaves_the_list_and_says_by_whom(app: Flask, cast: Cast, state: str) -> None:
    wrote("A broken link")
    ada = cast.browser("ada")
    say(ada, state)
    assert "A broken link" not in ada.get(LIST).text
    page = ada.get(f"{LIST}?state={state}").text
    assert "A broken link" in page
    assert "<bdi>Ada</bdi>" in page
    others = {"planned", "done", "declined"} - {state}
    assert all("A broken link" not in ada.get(f"{LIST}?state={other}").text for other in others)


def test_the_page_that_follows_still_shows_it_in_its_place_with_its_state(app: Flask, cast: Cast) -> None:
    wrote("The first word", reason="confusing")
    page = say(cast.browser("ada"), "done", "?reason=confusing")
    assert "The first word" in page
    assert "Open again" in page
    assert '<option value="confusing" selected>' in page


def test_the_first_to_say_so_stays_and_it_can_be_opened_again(app: Flask, cast: Cast) -> None:
    wrote("A broken link")
    ada, root = cast.browser("ada"), cast.browser("root")
    say(ada, "done")
    assert "<bdi>Ada</bdi>, " in say(root, "done", "?state=done")
    say(root, "new", "?state=done")
    assert "A broken link" in ada.get(LIST).text
    assert "A broken link" not in ada.get(f"{LIST}?state=done").text


def test_a_state_that_is_none_changes_nothing(app: Flask, cast: Cast) -> None:
    wrote("A broken link")
    ada = cast.browser("ada")
    say(ada, "lost")
    assert "A broken link" in ada.get(LIST).text


def test_a_reader_who_writes_again_opens_it_again(app: Flask, cast: Cast) -> None:
    ben = someone()
    cast_vote(False, ben, comment="A broken link")
    ada = cast.browser("ada")
    say(ada, "declined")
    cast_vote(False, ben)
    assert "A broken link" not in ada.get(LIST).text
    cast_vote(False, ben, comment="Still broken")
    assert "Still broken" in ada.get(LIST).text


def test_what_nobody_wrote_has_no_state(app: Flask, cast: Cast) -> None:
    cast_vote(True, someone())
    ada = cast.browser("ada")
    assert ada.post(f"{LIST}/{only_vote().id}/state", data={"state": "done"}).status_code == 404
    assert ada.post(f"{LIST}/999999/state", data={"state": "done"}).status_code == 404


def test_a_long_list_is_paged_by_key(app: Flask, cast: Cast) -> None:
    for number in range(65):
        wrote(f"word number {number:02}")
    ada, address, seen, pages = cast.browser("ada"), LIST, "", 0
    while address and pages < 4:
        page = ada.get(address).text
        seen, pages = seen + page, pages + 1
        found = re.search(r'href="([^"]*)" rel="next"', page)
        address = found[1] if found else ""
    assert pages == 3
    assert all(seen.count(f"word number {number:02}") == 1 for number in range(65))


def test_more_words_are_not_more_queries(app: Flask, cast: Cast) -> None:
    article = put_article("Refunds")
    ada = cast.browser("ada")
    counts = []
    for number in range(25):
        wrote(f"word {number}", article)
        # The first look also reads what every later one finds kept.
        if number in (0, 1, 24):
            counts.append(queries(ada))
    assert counts[1] == counts[2]


def queries(browser: FlaskClient) -> int:
    seen: list[str] = []

    def note(*given: object) -> None:
        seen.append(str(given[2]))

    hook.listen(db.engine, "before_cursor_execute", note)
    try:
        assert browser.get(LIST).status_code == 200
    finally:
        hook.remove(db.engine, "before_cursor_execute", note)
    return len(seen)


def test_the_list_is_never_stored(app: Flask, cast: Cast) -> None:
    assert "no-store" in cast.browser("ada").get(LIST).headers["Cache-Control"]
