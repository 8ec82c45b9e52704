"""Which searches led to an article."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event as engine_event

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.exclusion import CRAWLER, STAFF
from helpcenter.search.leading import led_to
from helpcenter.search.wording import Wording
from tests.journeys.acts import act, someone

MONDAY = datetime(2026, 8, 3, 10, tzinfo=UTC)
ARTICLE = ("article", 12)


def at(minutes: float, kind: str, by: Actor, words: str = "", article: int = 12, locale: str = "en") -> None:
    with clock.moved(MONDAY + timedelta(minutes=minutes)):
        if kind == "searched":
            act(kind, by, detail={"results": 3}, query=words, locale=locale)
        else:
            act(kind, by, subject=("article", article) if kind == "viewed" else None, locale=locale)


def led_by(words: str, *readers: Actor, minutes: float = 0, article: int = 12) -> None:
    """Each of them searches for the words and then opens the article."""
    for reader in readers:
        at(minutes, "searched", reader, words)
        at(minutes + 1, "viewed", reader, article=article)


def found(days: float = 1, locale: str = "en") -> dict[str, int]:
    with clock.moved(MONDAY + timedelta(days=days)):
        db.session.rollback()
        return {one.words: one.people for one in led_to(ARTICLE, locale)}


def test_words_of_two_people_are_shown_with_their_number(app: Flask) -> None:
    led_by("refund", someone(), someone(), someone())
    led_by("money back", someone(), someone())
    with clock.moved(MONDAY + timedelta(hours=1)):
        assert led_to(ARTICLE, "en") == [Wording("refund", 3), Wording("money back", 2)]


def test_words_of_one_person_are_never_shown_however_often(app: Flask) -> None:
    reader = someone()
    for hour in range(4):
        led_by("my name is Ben", reader, minutes=60 * hour)
    assert found() == {}


def test_who_signs_in_later_is_one_person_on_every_device(app: Flask) -> None:
    phone, laptop = someone(), someone()
    led_by("ben@example.org", phone, laptop)
    assert found() == {"ben@example.org": 2}
    for device in (phone, laptop):
        at(30, "signed_in", device.signed_in_as(7))
    assert found() == {}


def test_a_browser_that_asks_not_to_be_tracked_may_be_anybody_and_is_not_counted(app: Flask) -> None:
    led_by("a secret", someone(observable=False), someone(observable=False), someone())
    assert found() == {}


def test_spellings_that_mean_the_same_are_counted_together(app: Flask) -> None:
    led_by("refund", someone(), someone())
    led_by("  Refund ", someone())
    assert found() == {"refund": 3}


def test_only_the_last_search_before_the_opening_led_there(app: Flask) -> None:
    for reader in (someone(), someone()):
        at(0, "searched", reader, "first")
        at(1, "searched", reader, "second")
        at(2, "viewed", reader)
        at(3, "searched", reader, "third")
    assert found() == {"second": 2}


def test_a_search_of_another_visit_led_nowhere(app: Flask) -> None:
    for reader in (someone(), someone()):
        at(0, "searched", reader, "yesterday")
        at(31, "viewed", reader)
    assert found() == {}


def test_what_was_opened_is_what_counts(app: Flask) -> None:
    led_by("refund", someone(), someone(), article=13)
    assert found() == {}


def test_each_language_of_an_article_has_its_own_searches(app: Flask) -> None:
    for reader in (someone(), someone()):
        at(0, "searched", reader, "reembolso", locale="es")
        at(1, "viewed", reader, locale="es")
    assert found() == {}
    assert found(locale="es") == {"reembolso": 2}


def test_a_reader_of_another_language_counts_where_they_ended_up(app: Flask) -> None:
    for reader in (someone(), someone()):
        at(0, "searched", reader, "reembolso", locale="es")
        at(1, "viewed", reader)
    assert found() == {"reembolso": 2}


@pytest.mark.parametrize("reason", [STAFF, CRAWLER])
def test_staff_and_programs_are_left_out(app: Flask, reason: str) -> None:
    led_by("test test", someone(excluded_reason=reason), someone(excluded_reason=reason))
    assert found() == {}


def test_after_four_weeks_it_is_over(app: Flask) -> None:
    led_by("refund", someone(), someone())
    assert found(days=27.9) == {"refund": 2}
    assert found(days=28.1) == {}


def test_five_are_shown_those_of_most_people(app: Flask) -> None:
    for number in range(7):
        led_by(f"words {number}", *(someone() for _ in range(2 + number % 3)))
    assert found() == {"words 2": 4, "words 5": 4, "words 1": 3, "words 4": 3, "words 0": 2}


def test_however_many_opened_it_one_statement_asks(app: Flask) -> None:
    led_by("refund", *(someone() for _ in range(10)))
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    engine_event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert found() == {"refund": 10}
    finally:
        engine_event.remove(db.engine, "before_cursor_execute", note)
    assert len([one for one in asked if one.startswith(("SELECT", "WITH"))]) == 1
