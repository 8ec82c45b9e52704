from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from flask import Flask

from helpcenter.core import clock, site
from helpcenter.core.db import begin_write, db
from helpcenter.reports import replies
from helpcenter.reports.range import Range
from helpcenter.reports.replies import ReplyFigures
from helpcenter.reports.scope import Scope
from helpcenter.reports.share import Share
from helpcenter.support import conversation
from helpcenter.support.conversation import Conversation
from helpcenter.support.status import Ending
from tests.journeys.acts import someone
from tests.support.test_response_times import SECONDS

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
FRIDAY = datetime(2026, 4, 17, 16, 50, tzinfo=UTC)
NUMBERS = count()
US, THEM = someone(excluded_reason="staff"), someone()


@pytest.fixture(autouse=True)
def tables(app: Flask) -> None:
    """Empty tables."""


def wrote(at: datetime = FRIDAY, **more: object) -> int:
    begin_write()
    with clock.moved(at):
        given = {"by": THEM, "email": "x@example.org", "locale": "en", "submission": f"form {next(NUMBERS)}", **more}
        row = conversation.open_with("It does not work.", **given)  # type: ignore[arg-type]
    db.session.commit()
    return row.id


def then(conversation_id: int, at: datetime, verb: str, *words: object) -> None:
    begin_write()
    row = db.session.get_one(Conversation, conversation_id)
    with clock.moved(at):
        getattr(conversation, verb)(row, *words, by=THEM if verb == "write" else US)
    db.session.commit()


def figures(name: str = "28") -> ReplyFigures:
    with clock.moved(NOW):
        return replies.figures(replies.handled(Scope(Range.named(name, NOW.date()))))


def test_the_known_answers() -> None:
    for seconds in SECONDS:
        then(wrote(), FRIDAY + timedelta(seconds=seconds), "reply", "Hello")
    first = figures().first
    assert first is not None
    assert (first.count, first.median, first.p90) == (10, 82.5, 900)


def test_nights_and_closed_days_count_by_the_clock_alone() -> None:
    then(wrote(), datetime(2026, 4, 20, 9, 10, tzinfo=UTC), "reply", "Hello")
    found = figures()
    assert found.first and found.first_open
    assert (found.first.median, found.first_open.median) == (231_600, 1_200)
    assert (found.in_time, found.in_time_open) == (Share(0, 1), Share(1, 1))


def test_a_site_without_hours_is_never_closed() -> None:
    begin_write()
    site.change(hours=[])
    db.session.commit()
    then(wrote(), FRIDAY + timedelta(hours=9), "reply", "Hello")
    found = figures()
    assert found.first_open and found.first_open.median == 9 * 3600
    assert found.in_time_open == Share(0, 1)


def test_what_stops_somebodys_work_has_a_target_of_its_own() -> None:
    for is_urgent in (True, False):
        row = wrote(datetime(2026, 4, 20, 9, tzinfo=UTC), is_urgent=is_urgent)
        then(row, datetime(2026, 4, 20, 12, tzinfo=UTC), "reply", "Hello")
    assert figures().in_time == Share(1, 2)


def test_a_note_is_no_answer_and_what_waits_is_not_zero() -> None:
    then(wrote(), FRIDAY + timedelta(minutes=1), "add_note", "Who knows this?")
    assert figures().first is None
    assert figures().settled is None


def test_spam_and_what_was_sent_twice_is_no_conversation() -> None:
    for ending in (Ending.SPAM, Ending.DUPLICATE):
        row = wrote()
        then(row, FRIDAY + timedelta(minutes=1), "reply", "Hello")
        then(row, FRIDAY + timedelta(minutes=2), "close", ending)
    assert figures() == ReplyFigures(None, None, Share(0, 0), Share(0, 0), None, None, Share(0, 0))


def test_one_answer_was_enough_if_nobody_came_back_within_three_days() -> None:
    enough, more, soon, late, silent = (wrote() for _ in range(5))
    for row in (enough, more, soon, late):
        then(row, FRIDAY + timedelta(hours=1), "reply", "Hello")
    then(more, FRIDAY + timedelta(hours=2), "reply", "And also")
    for row in (enough, more, soon, late, silent):
        then(row, FRIDAY + timedelta(hours=3), "close", Ending.ANSWERED)
    then(soon, FRIDAY + timedelta(hours=3 + 72), "write", "No.")
    then(late, FRIDAY + timedelta(hours=3 + 73), "write", "Another thing.")
    assert figures().one_touch == Share(2, 5)


def test_what_was_closed_less_than_three_days_ago_is_not_decided() -> None:
    row = wrote(NOW - timedelta(days=2))
    then(row, NOW - timedelta(days=2), "reply", "Hello")
    then(row, NOW - timedelta(days=2), "close", Ending.ANSWERED)
    assert figures().one_touch == Share(0, 0)


def test_the_time_to_the_first_and_to_the_last_closing() -> None:
    row = wrote()
    then(row, FRIDAY + timedelta(hours=1), "close", Ending.ANSWERED)
    then(row, FRIDAY + timedelta(hours=2), "write", "No.")
    found = figures()
    assert found.settled and found.settled.median == 3600
    assert found.settled_last is None, "it is open again"
    then(row, FRIDAY + timedelta(hours=5), "close", Ending.ANSWERED)
    found = figures()
    assert found.settled and found.settled.median == 3600
    assert found.settled_last and found.settled_last.median == 5 * 3600


def test_what_was_withdrawn_was_not_settled_by_us() -> None:
    then(wrote(), FRIDAY + timedelta(hours=1), "close", Ending.WITHDRAWN)
    assert figures().settled is None


def test_an_answer_counts_on_the_day_it_is_given() -> None:
    then(wrote(NOW - timedelta(days=9)), NOW - timedelta(days=2), "reply", "Hello")
    first = figures("7").first
    assert first and first.count == 1
