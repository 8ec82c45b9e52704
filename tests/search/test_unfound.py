"""Searches that found nothing, and whose are told."""

from __future__ import annotations

from flask import Flask

from helpcenter.journeys.actor import Actor
from helpcenter.search.unfound import unfound
from helpcenter.search.wording import Wording
from tests.journeys.acts import act, someone


def search(words: str, *people: Actor) -> None:
    for one in people:
        act("searched", one, detail={"results": 0}, query=words, locale="en")


def test_the_words_of_most_people_come_first_in_the_spelling_of_most(app: Flask) -> None:
    search("Refnud", someone())
    search("refnud", someone(), someone())
    search("invoise", someone(), someone())
    assert unfound("en") == [Wording("refnud", 3), Wording("invoise", 2)]


def test_a_browser_that_asks_not_to_be_tracked_may_be_anybody_and_is_not_counted(app: Flask) -> None:
    search("a secret", someone(observable=False), someone(observable=False), someone())
    assert unfound("en") == []


def test_one_person_on_two_devices_is_one_once_both_signed_in(app: Flask) -> None:
    phone, laptop = someone(), someone()
    search("my own name", phone, laptop)
    assert unfound("en") == [Wording("my own name", 2)]
    for device in (phone, laptop):
        act("signed_in", device.signed_in_as(7))
    assert unfound("en") == []
