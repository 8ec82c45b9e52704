"""What a browser did lately, for whoever sits there."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from helpcenter.core import clock
from helpcenter.journeys import recent
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.recent import Recent
from tests.journeys.acts import act, someone


def test_the_newest_comes_first_and_each_once(app: Flask) -> None:
    reader, start = someone(), clock.now()
    for minute, number in enumerate((1, 2, 1)):
        with clock.moved(start + timedelta(minutes=minute)):
            act("viewed", reader, subject=("article", number))
            act("searched", reader, detail={"results": 1}, query=f"word {number}")
    assert recent.of_person(reader.visitor_id, None) == Recent([1, 2], ["word 1", "word 2"])


def test_what_somebody_else_did_logged_in_or_a_day_ago_is_not_told(app: Flask) -> None:
    browser, start = someone(), clock.now()
    act("viewed", browser, subject=("article", 1))
    with clock.moved(start + timedelta(hours=24, seconds=1)):
        act("viewed", browser.signed_in_as(6), subject=("article", 2))
        act("viewed", browser, subject=("article", 3))
        assert recent.of_person(browser.visitor_id, 5) == Recent([3], [])
        assert recent.of_person(browser.visitor_id, 6) == Recent([3, 2], [])


def test_without_a_browser_nothing_is_known(app: Flask) -> None:
    act("viewed", Actor(None, 5), subject=("article", 1))
    assert recent.of_person(None, 5) == Recent([], [])
