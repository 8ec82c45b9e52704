from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from helpcenter.core import clock
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.identity import Identities
from helpcenter.reports import leakage
from helpcenter.reports.leakage import Leak
from helpcenter.reports.range import Range
from helpcenter.reports.scope import Scope
from helpcenter.reports.share import Share
from tests.journeys.acts import someone
from tests.reports.past import Past

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR = 1 / 24


@pytest.fixture
def past(app: Flask) -> Past:
    return Past(NOW)


def leaks(past: Past) -> list[Leak]:
    past.settle()
    with clock.moved(NOW):
        return leakage.leaks(Scope(Range.named("28", NOW.date())), Identities.known())


def test_whoever_read_it_last_and_wrote_is_one_of_its_readers(past: Past) -> None:
    past.wrote(10, 1)
    past.silent(11)
    assert leaks(past) == [Leak(1, 1, Share(1, 2))]


def test_a_phone_whose_owner_signs_in_afterwards_is_theirs(past: Past) -> None:
    phone, laptop = someone(), someone(user_id=7)
    past.read(10, phone)
    past.contact(10 - HOUR, laptop, 1)
    past.act(10 - 2 * HOUR, "signed_in", Actor(phone.visitor_id, 7))
    assert leaks(past) == [Leak(1, 1, Share(1, 1))]


def test_a_sign_in_links_no_more_than_seven_days(past: Past) -> None:
    phone, laptop = someone(), someone(user_id=7)
    past.read(10, phone)
    past.contact(10 - HOUR, laptop, 1)
    past.act(2.9, "signed_in", Actor(phone.visitor_id, 7))
    assert leaks(past) == []


def test_what_another_user_read_in_the_same_browser_is_not_theirs(past: Past) -> None:
    browser = someone(user_id=7)
    past.read(10, browser)
    past.contact(10 - HOUR, Actor(browser.visitor_id, 8), 1)
    assert leaks(past) == []


def test_two_accounts_that_were_merged_are_one_person(past: Past) -> None:
    past.read(10, someone(user_id=8))
    past.contact(10 - HOUR, someone(user_id=7), 1)
    past.act(9, "accounts_merged", someone(user_id=8), detail={"into": 7})
    past.read(9, someone(user_id=7))
    assert leaks(past) == [Leak(1, 1, Share(1, 1))]


def test_a_reader_counts_once_before_and_after_signing_in(past: Past) -> None:
    past.wrote(12, 1)
    reader = someone()
    past.read(10, reader)
    past.act(9.9, "signed_in", Actor(reader.visitor_id, 7))
    past.read(9.8, Actor(reader.visitor_id, 7))
    assert leaks(past) == [Leak(1, 1, Share(1, 2))]


def test_staff_who_sign_in_afterwards_are_no_readers(past: Past) -> None:
    past.wrote(12, 1)
    reader = someone()
    past.read(10, reader)
    past.act(9.9, "signed_in", Actor(reader.visitor_id, 7, excluded_reason="staff"))
    assert leaks(past) == [Leak(1, 1, Share(1, 1))]


def test_only_the_last_read_within_three_days_and_about_the_same_counts(past: Past) -> None:
    late, other, two = someone(), someone(), someone()
    past.read(10, late)
    past.contact(6.9, late, 1)
    past.read(10, other)
    past.contact(10 - HOUR, other, 2, topic_id=2)
    past.read(10, two, 1)
    past.read(10 - HOUR, two, 2)
    past.contact(10 - 2 * HOUR, two, 3)
    assert [leak.article_id for leak in leaks(past)] == [2]


def test_the_people_behind_a_share_are_listed_each_once_with_what_they_read_last(past: Past) -> None:
    writer, reader = past.wrote(10, 1), someone()
    past.contact(9.95, writer, 2)
    past.read(12, reader)
    in_the_end = past.read(11, reader)
    (leak,) = leaks(past)
    assert leak == Leak(1, 2, Share(1, 2))
    with clock.moved(NOW):
        found = leakage.readers_of(1, Scope(Range.named("28", NOW.date())), Identities.known())
    assert [(one.person.name, one.has_written) for one in found] == [
        (reader.visitor_id, False),
        (writer.visitor_id, True),
    ]
    assert found[0].id == in_the_end
    assert [one.person.name for one in found if one.is_in("wrote")] == [writer.visitor_id]


def test_whoever_read_it_in_another_language_before_they_wrote_is_listed_too(past: Past) -> None:
    who = someone()
    past.act(10, "viewed", who, subject=("article", 1))
    past.read(10 - HOUR, who, locale="es")
    past.contact(10 - 2 * HOUR, who, 1)
    past.settle()
    with clock.moved(NOW):
        scope = Scope(Range.named("28", NOW.date()), locale="en")
        (leak,) = leakage.leaks(scope, Identities.known())
        listed = leakage.readers_of(1, scope, Identities.known())
    assert len(listed) == leak.people.whole == 1
