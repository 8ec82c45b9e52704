"""Which events belong to one visit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.constants import Constants
from helpcenter.journeys.visit import LastEvent, continues
from tests.journeys.acts import act, events, someone

MONDAY = datetime(2026, 8, 3, 10, tzinfo=UTC)
GAP = Constants().visit_gap


def at(minutes: float, by: Actor, kind: str = "contact_opened") -> str | None:
    with clock.moved(MONDAY + timedelta(minutes=minutes)):
        return act(kind, by).visit_id


@pytest.mark.parametrize(("seconds", "is_same"), [(1800, True), (1801, False), (0, True)])
def test_thirty_minutes_continue_a_visit_and_a_second_more_starts_one(app: Flask, seconds: int, is_same: bool) -> None:
    reader = someone()
    assert (at(0, reader) == at(seconds / 60, reader)) is is_same


def test_pauses_are_between_events_so_a_visit_may_last_for_hours(app: Flask) -> None:
    reader = someone()
    assert len({at(minutes, reader) for minutes in range(0, 241, 30)}) == 1


def test_two_visitors_never_share_a_visit(app: Flask) -> None:
    assert at(0, someone()) != at(0, someone())


def test_signing_in_goes_on_with_the_visit(app: Flask) -> None:
    reader = someone()
    before = at(0, reader)
    assert before == at(1, reader.signed_in_as(5)) == at(2, reader)


def test_a_device_that_changes_user_starts_a_new_visit(app: Flask) -> None:
    device = someone()
    first = at(0, device.signed_in_as(5))
    assert at(1, device) == first
    second = at(2, device.signed_in_as(6))
    assert second != first
    assert at(3, device) == second


def test_a_late_event_joins_the_visit_of_its_time(app: Flask) -> None:
    reader = someone()
    first, second = at(0, reader), at(60, reader)
    with clock.moved(MONDAY + timedelta(minutes=90)):
        late = act("contact_opened", reader, occurred_at=MONDAY + timedelta(minutes=5))
    assert first != second
    assert late.visit_id == first


def test_signing_in_records_who_the_visitor_is(app: Flask) -> None:
    reader = someone()
    begin_write()
    recorder.record_sign_in(reader, 7)
    db.session.commit()
    (event,) = events()
    assert (event.kind, event.visitor_id, event.user_id) == ("signed_in", reader.visitor_id, 7)


@given(
    pause=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=2)),
    before=st.none() | st.integers(1, 3),
    now=st.none() | st.integers(1, 3),
)
def test_a_longer_pause_never_continues_what_a_shorter_one_does_not(
    pause: timedelta, before: int | None, now: int | None
) -> None:
    last = LastEvent(MONDAY, "a visit", before)
    goes_on = continues(last, MONDAY + pause, now, GAP)
    assert goes_on == (pause <= GAP and (before is None or now is None or before == now))
    if not goes_on:
        assert not continues(last, MONDAY + pause + timedelta(seconds=1), now, GAP)
    assert not continues(None, MONDAY, now, GAP)
