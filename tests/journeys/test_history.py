from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.journeys.act import Act
from helpcenter.journeys.calendar import Calendar
from helpcenter.journeys.deflection import judge
from helpcenter.journeys.history import BEGINNING, History, replay
from tests.journeys.lives import lives
from tests.journeys.story import accepted, answered, asked, contacted, did, helpful, hours, searched, signed_in

UTC_DAYS = Calendar()
LATER = hours(60 * 24)


def changes(history: History) -> list[tuple[float, str | None, str | None]]:
    return [((one.at - hours(0)) / timedelta(hours=1), one.before, one.after) for one in history.transitions]


def published(history: History) -> list[tuple[date, str]]:
    return [(one.day, one.state) for one in history.published.values()]


def test_an_episode_waits_and_is_then_confirmed() -> None:
    history = replay([searched(0), helpful(1)], LATER, UTC_DAYS)
    assert changes(history) == [(0, None, "pending"), (73, "pending", "confirmed")]


def test_a_contact_changes_it_at_once() -> None:
    history = replay([helpful(0), contact := contacted(2)], LATER, UTC_DAYS)
    assert changes(history) == [(0, None, "pending"), (2, "pending", "contacted")]
    assert history.transitions[-1].because == contact.id


def test_a_contact_without_an_episode_is_direct_until_it_turns_out_to_have_one() -> None:
    acts = [helpful(0, who="phone"), contacted(1, who="Ben"), signed_in(2, "Ben", "phone")]
    history = replay(acts, LATER, UTC_DAYS)
    assert changes(history) == [
        (0, None, "pending"),
        (1, None, "direct"),
        (2, "pending", "contacted"),
        (2, "direct", None),
    ]
    assert published(history) == [(date(2026, 3, 2), "contacted")]


def test_a_late_contact_is_a_change_since_the_day_before_it_freezes() -> None:
    assert published(replay([helpful(0), contacted(80)], LATER, UTC_DAYS)) == [
        (date(2026, 3, 2), "revoked"),
    ]


def test_a_day_that_is_published_never_changes() -> None:
    voided = did("contact_voided", 400, "conversation:1", who="Sam", excluded="staff", detail={"reason": "spam"})
    history = replay([helpful(0), contacted(2), voided], LATER, UTC_DAYS)
    assert published(history) == [(date(2026, 3, 2), "contacted")]
    assert [one.outcome.state for one in history.standing.values()] == ["confirmed"]
    assert changes(history)[-1] == (400, "contacted", "confirmed")


def test_a_late_acceptance_counts_since_publication() -> None:
    history = replay([asked(0), answered(5), accepted(20 * 24)], LATER, UTC_DAYS)
    assert published(history) == [(date(2026, 3, 2), "unresolved")]
    assert changes(history)[-2:] == [(480, "unresolved", "pending"), (552, "pending", "confirmed")]


def test_a_merge_after_publication_leaves_what_was_published() -> None:
    merge = did("accounts_merged", 500, who="Ben", topic=None, detail={"into": "Benjamin"})
    acts = [helpful(0, who="Benjamin"), searched(1, who="Ben"), helpful(2, "article:2", who="Ben"), merge]
    history = replay(acts, LATER, UTC_DAYS)
    assert published(history) == [(date(2026, 3, 2), "confirmed")] * 2
    assert len(history.standing) == 1
    assert changes(history)[-1] == (500, "confirmed", None)


def test_what_arrives_late_is_judged_when_it_arrives() -> None:
    late = replace(contacted(3), recorded_at=hours(100))
    history = replay([helpful(0), late], LATER, UTC_DAYS)
    assert changes(history)[1:] == [(72, "pending", "confirmed"), (100, "confirmed", "contacted")]


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("UTC", "2026-03-02T23:30", date(2026, 3, 2)),
        ("Europe/Madrid", "2026-03-02T23:30", date(2026, 3, 3)),
        ("America/Lima", "2026-03-03T04:59", date(2026, 3, 2)),
    ],
)
def test_a_day_is_the_days_of_the_site(zone: str, at: str, day: date) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert Calendar.of([(BEGINNING, zone)]).day(moment) == day


def test_a_day_freezes_eight_days_after_its_end_by_the_clock_of_the_site() -> None:
    madrid = Calendar.of([(BEGINNING, "Europe/Madrid")])
    assert madrid.frozen_at(datetime(2026, 3, 25, 12, tzinfo=UTC)) == datetime(2026, 4, 2, 22, tzinfo=UTC)
    assert madrid.frozen_at(datetime(2026, 3, 2, 12, tzinfo=UTC)) == datetime(2026, 3, 10, 23, tzinfo=UTC)


def test_a_site_that_moves_keeps_its_old_days() -> None:
    moved = Calendar.of([(BEGINNING, "UTC"), (hours(0), "Pacific/Auckland")])
    assert [moved.day(hours(at)) for at in (-0.1, 3)] == [date(2026, 3, 2), date(2026, 3, 3)]


def test_acts_that_do_not_count_are_no_history_of_a_customer() -> None:
    acts = [searched(at, who="Sam", excluded="staff") for at in range(30)]
    assert changes(replay(acts, LATER, UTC_DAYS)) == [(0, None, "ineligible"), (24, None, "ineligible")]


@given(lives(), st.lists(st.integers(0, 30 * 24), max_size=4))
def test_settling_piece_by_piece_and_in_one_go_is_the_same(acts: list[Act], cuts: list[int]) -> None:
    whole = replay(acts, LATER, UTC_DAYS)
    since, kept, transitions = BEGINNING, {}, []
    for until in (*(hours(cut) for cut in sorted(cuts)), LATER):
        piece = replay(acts, until, UTC_DAYS, since=since, published=kept)
        transitions += piece.transitions
        kept, since = piece.published, until
    assert (piece.standing, kept, transitions) == (whole.standing, whole.published, whole.transitions)


@given(lives(), st.integers(0, 30 * 24))
def test_a_history_ends_where_judging_at_once_does(acts: list[Act], at: int) -> None:
    history = replay(acts, hours(at), UTC_DAYS)
    judged = judge(acts, hours(at))
    told = Counter((one.opened_by.id, one.state) for one in judged.episodes)
    assert Counter((key[1], one.outcome.state) for key, one in history.standing.items() if one.episode) == told


@given(lives(), st.integers(0, 60 * 24), st.integers(0, 60 * 24))
def test_what_was_published_never_changes(acts: list[Act], early: int, late: int) -> None:
    first = replay(acts, hours(min(early, late)), UTC_DAYS).published
    then = replay(acts, hours(max(early, late)), UTC_DAYS).published
    assert first.items() <= then.items()
