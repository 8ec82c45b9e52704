"""A day that is frozen stays as it was published, whatever comes afterwards."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest
from flask import Flask

from helpcenter.core import clock, site
from helpcenter.core.db import begin_write, db
from helpcenter.journeys import recorder
from helpcenter.journeys.act import Act
from helpcenter.journeys.calendar import Calendar
from helpcenter.journeys.daily import differing
from helpcenter.journeys.episode import LATE, EpisodeRow
from helpcenter.journeys.history import replay
from tests.journeys.acts import someone
from tests.journeys.story import accepted, answered, asked, contacted, did, helpful, hours
from tests.journeys.test_settlement import ARTICLE, YES, at, counts, rebuilt, settled, tables

DAY = 24
STAFF = {"who": "Sam", "excluded": "staff"}


def voided(hour: float) -> Act:
    return did("contact_voided", hour, "conversation:1", detail={"reason": "spam"}, **STAFF)


def published(acts: list[Act], until: datetime) -> Counter[tuple[date, str]]:
    return Counter((one.day, one.state) for one in replay(acts, until, Calendar()).published.values())


@pytest.mark.parametrize(
    "acts",
    [
        [asked(0), answered(10 * DAY)],
        [replace(contacted(0), recorded_at=hours(10 * DAY))],
        [contacted(0), voided(1), did("conversation_reopened", 10 * DAY, "conversation:1", **STAFF)],
        [
            helpful(0, who="Benjamin"),
            helpful(12, "article:2", who="Ben"),
            helpful(26, "article:3", who="Ben"),
            did("accounts_merged", 20 * DAY, who="Ben", topic=None, detail={"into": "Benjamin"}),
        ],
    ],
    ids=["an answer", "mail that was on its way", "spam that was none", "two accounts of one person"],
)
def test_nothing_that_comes_late_is_added_to_a_frozen_day(acts: list[Act]) -> None:
    last = max(act.recorded_at for act in acts)
    before = published([act for act in acts if act.recorded_at < last], last)
    history = replay(acts, hours(30 * DAY), Calendar())
    assert published(acts, hours(30 * DAY)) == before
    assert len(history.late) == 1
    assert history.transitions[-1].at >= last


def test_a_question_that_was_answered_late_counts_when_its_asker_accepts() -> None:
    acts = [asked(0), answered(10 * DAY), accepted(12 * DAY)]
    assert published(acts, hours(40 * DAY)) == {(date(2026, 3, 14), "confirmed"): 1}


def test_what_came_late_is_kept_and_in_no_count(app: Flask) -> None:
    at(0, "voted", someone(1), detail=YES, **ARTICLE)
    at(12, "voted", someone(2), detail=YES, **ARTICLE)
    at(26, "voted", someone(2), detail=YES, **ARTICLE)
    settled(300)
    before = counts()
    with clock.moved(hours(500)):
        begin_write()
        recorder.record_merge(someone(), 2, into=1)
        db.session.commit()
    settled(501)
    rows = db.session.query(EpisodeRow).order_by(EpisodeRow.id).all()
    assert [(row.state, row.counted_state) for row in rows] == [
        ("confirmed", "confirmed"),
        ("gone", "confirmed"),
        ("confirmed", LATE),
    ]
    assert counts() == before
    assert differing() == 0
    assert tables() == rebuilt(501)


def test_a_frozen_day_goes_on_crediting_what_it_credited(app: Flask) -> None:
    reader = someone()
    at(0, "voted", reader, detail=YES, **ARTICLE)
    settled(300)
    visit = db.session.query(EpisodeRow.visit_id).scalar()
    at(400, "vote_withdrawn", reader, subject=("article", 1), topic_id=1)
    settled(401)
    row = db.session.query(EpisodeRow).one()
    assert (row.state, row.counted_state, row.credited_id) == ("unresolved", "confirmed", None)
    assert (row.credited_kind, row.credited_subject_id, row.visit_id) == ("article", 1, visit)
    assert visit is not None
    assert tables() == rebuilt(401)


def test_what_ends_after_the_site_moves_counts_on_a_day_of_the_new_zone(app: Flask) -> None:
    at(0, "asked", someone(5), subject=("question", 1))
    settled(1)
    assert [day for day, *_ in counts()] == [date(2026, 3, 13)]
    with clock.moved(hours(2)):
        begin_write()
        site.change(time_zone="Pacific/Kiritimati")
        db.session.commit()
    settled(2)
    assert [day for day, *_ in counts()] == [date(2026, 3, 14)]
    assert tables() == rebuilt(2)
