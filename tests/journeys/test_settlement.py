from __future__ import annotations

import random
from collections import Counter
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from helpcenter.core import clock, site
from helpcenter.core.db import begin_write, db
from helpcenter.journeys import erasure, recorder, settlement
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.episode import DailyCount, EpisodeRow, TransitionRow
from tests.journeys.acts import act, someone
from tests.journeys.story import MONDAY, hours

TABLES = (EpisodeRow, TransitionRow, DailyCount)
ARTICLE = {"subject": ("article", 1), "topic_id": 1, "locale": "en"}
YES = {"helpful": True}


def at(moment: float, kind: str, by: Actor, **more: Any) -> int:
    """Recorded so many hours after Monday 10:00."""
    with clock.moved(hours(moment)):
        return act(kind, by, **more).id


def settled(moment: float) -> settlement.Settled:
    with clock.moved(hours(moment)):
        return settlement.settle()


def tables() -> list[list[tuple[Any, ...]]]:
    db.session.rollback()
    db.session.expunge_all()
    return [sorted((tuple(row) for row in db.session.execute(select(table.__table__))), key=str) for table in TABLES]


def rebuilt(moment: float) -> list[list[tuple[Any, ...]]]:
    with clock.moved(hours(moment)):
        settlement.rebuild()
    return tables()


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(EpisodeRow.state).order_by(EpisodeRow.opened_at)))


def counts() -> dict[tuple[date, str, str], int]:
    db.session.rollback()
    return {(row.day, row.state, row.channel): row.episodes for row in db.session.scalars(select(DailyCount))}


def test_an_episode_is_pending_at_once_and_counted_when_its_window_is_over(app: Flask) -> None:
    at(0, "voted", someone(), detail=YES, **ARTICLE)
    settled(0.1)
    assert states() == ["pending"]
    settled(72)
    assert states() == ["confirmed"]
    assert counts() == {(MONDAY.date(), "confirmed", "help_center"): 1}


def test_nothing_is_done_twice_when_nothing_happened(app: Flask) -> None:
    at(0, "voted", someone(), detail=YES, **ARTICLE)
    settled(1)
    before = tables()
    assert settled(2).clusters == 0
    assert tables() == before


def test_an_episode_keeps_what_a_report_leads_to(app: Flask) -> None:
    reader = someone()
    search = at(0, "searched", reader, locale="es", detail={"results": 3})
    vote = at(0.1, "voted", reader, detail=YES, **{**ARTICLE, "locale": "es"})
    settled(80)
    row = db.session.scalars(select(EpisodeRow)).one()
    assert (row.id, row.because_id, row.credited_id, row.rule) == (search, vote, vote, "voted")
    assert (row.visitor_id, row.locale, row.topic_id) == (reader.visitor_id, "es", 1)
    assert (row.credited_kind, row.credited_subject_id, row.tier) == ("article", 1, "confirmed")
    assert row.visit_id is not None
    assert [
        (one.from_state, one.to_state) for one in db.session.scalars(select(TransitionRow).order_by(TransitionRow.at))
    ] == [
        (None, "pending"),
        ("pending", "confirmed"),
    ]


def test_signing_in_later_makes_two_people_one(app: Flask) -> None:
    phone, laptop = someone(), someone(7)
    at(0, "voted", phone, detail=YES, **ARTICLE)
    at(1, "contacted", laptop, subject=("conversation", 1), topic_id=1)
    settled(1.5)
    assert sorted(states()) == ["direct", "pending"]
    with clock.moved(hours(2)):
        begin_write()
        recorder.record_sign_in(phone, 7)
        db.session.commit()
    settled(2.5)
    assert states() == ["contacted"]
    assert tables() == rebuilt(2.5)


def test_a_frozen_day_keeps_its_count_and_the_change_is_told(app: Flask) -> None:
    reader, agent = someone(), someone(9, excluded_reason="staff")
    at(0, "voted", reader, detail=YES, **ARTICLE)
    at(2, "contacted", reader, subject=("conversation", 1), topic_id=1)
    settled(300)
    at(301, "contact_voided", agent, subject=("conversation", 1), detail={"reason": "spam"})
    settled(302)
    assert states() == ["confirmed"]
    assert counts() == {(MONDAY.date(), "contacted", "help_center"): 1}
    assert tables() == rebuilt(302)


def test_an_erased_person_leaves_the_counts(app: Flask) -> None:
    at(0, "voted", someone(7), detail=YES, **ARTICLE)
    at(0, "voted", someone(), detail=YES, **ARTICLE)
    settled(300)
    begin_write()
    erasure.erase(7)
    db.session.commit()
    assert list(counts().values()) == [1]
    assert len(states()) == 1
    assert tables() == rebuilt(300)


def test_a_rebuild_forgets_episodes_without_events(app: Flask) -> None:
    at(0, "voted", someone(7), detail=YES, **ARTICLE)
    settled(1)
    begin_write()
    db.session.execute(EpisodeRow.__table__.update().values(id=999))
    db.session.commit()
    assert [row[0] for row in rebuilt(1)[0]] != [999]


def test_days_are_those_of_the_site_and_stay_when_it_moves(app: Flask) -> None:
    begin_write()
    site.change(time_zone="America/Lima")
    db.session.commit()
    at(14, "voted", someone(), detail=YES, **ARTICLE)
    settled(400)
    assert [day for day, *_ in counts()] == [date(2026, 3, 2)]
    with clock.moved(hours(400)):
        begin_write()
        site.change(time_zone="Pacific/Auckland")
        db.session.commit()
    settled(400.01)
    at(401, "voted", someone(), detail=YES, **ARTICLE)
    settled(500)
    assert sorted(day for day, *_ in counts()) == [date(2026, 3, 2), date(2026, 3, 19)]
    assert tables() == rebuilt(500)


def test_other_rules_make_everything_anew(app: Flask) -> None:
    at(0, "voted", someone(), detail=YES, **ARTICLE)
    settled(1)
    begin_write()
    db.session.get_one(settlement.Settling, 1).constants = {"rule_version": 0}
    db.session.execute(EpisodeRow.__table__.update().values(state="assumed"))
    db.session.commit()
    settled(1.01)
    assert states() == ["pending"]


def test_an_event_that_became_visible_late_is_not_missed(app: Flask) -> None:
    reader = someone()
    at(0, "voted", reader, detail=YES, **ARTICLE)
    settled(2)
    at(1.9, "contacted", reader, subject=("conversation", 1), topic_id=1)
    settled(2.05)
    assert states() == ["contacted"]
    assert tables() == rebuilt(2.05)


def test_whoever_was_overtaken_writes_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    at(0, "voted", someone(), detail=YES, **ARTICLE)
    settled(1)
    at(1.5, "voted", someone(), detail=YES, **ARTICLE)
    read = settlement.acts_of

    def meanwhile(clusters: Any) -> Any:
        monkeypatch.setattr(settlement, "acts_of", read)
        settled(2)
        return read(clusters)

    monkeypatch.setattr(settlement, "acts_of", meanwhile)
    with pytest.raises(settlement.Overtaken):
        settled(1.9)
    assert states() == ["pending", "pending"]


def test_a_run_that_is_broken_off_is_done_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settlement, "AT_ONCE", 2)
    for minute in range(9):
        at(minute / 60, "voted", someone(), detail=YES, **ARTICLE)
    seen: list[int] = []

    def broken(count: int) -> None:
        seen.append(count)
        if len(seen) == 2:
            raise KeyboardInterrupt

    with clock.moved(hours(1)), pytest.raises(KeyboardInterrupt):
        settlement.settle(broken)
    assert len(states()) == 4
    settled(1)
    assert len(states()) == 9
    assert tables() == rebuilt(1)


KINDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("searched", {"detail": {"results": 3}}),
    ("read", ARTICLE),
    ("voted", {**ARTICLE, "detail": YES}),
    ("voted", {**ARTICLE, "detail": {"helpful": False}}),
    ("contacted", {"subject": ("conversation", 3), "topic_id": 1}),
    ("contact_voided", {"subject": ("conversation", 3), "detail": {"reason": "spam"}}),
    ("conversation_closed", {"subject": ("conversation", 3)}),
    ("suggestion_solved", {**ARTICLE, "detail": {"form": "contact"}}),
    ("asked", {"subject": ("question", 5)}),
    ("answered", {"subject": ("answer", 6), "detail": {"question": 5, "staff": False}}),
    ("accepted", {"subject": ("answer", 6), "detail": {"question": 5}}),
    ("answer_seen", {"subject": ("answer", 6), "detail": {"question": 5}}),
    ("workshop_attended", {"subject": ("workshop", 8), "detail": {"minutes": 30, "of": 60}}),
)


@pytest.mark.parametrize("seed", range(6))
def test_settling_as_time_passes_leaves_what_a_rebuild_makes(app: Flask, seed: int) -> None:
    chance = random.Random(seed)
    people = [someone(), someone(), someone(1), someone(2), someone(3)]
    now = 0.0
    for _step in range(60):
        now += chance.choice((0.001, 0.2, 5, 20, 50))
        who = chance.choice(people)
        if chance.random() < 0.1:
            with clock.moved(hours(now)):
                begin_write()
                recorder.record_sign_in(chance.choice(people), chance.randint(1, 3))
                db.session.commit()
        else:
            kind, more = chance.choice(KINDS)
            at(now, kind, who, **more)
        if chance.random() < 0.4:
            settled(now)
    now += 20 * 24
    settled(now)
    kept = tables()
    assert sum(Counter(states()).values()) > 5
    assert kept == rebuilt(now)


def test_a_rebuild_that_is_broken_off_is_begun_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settlement, "AT_ONCE", 2)
    for minute in range(9):
        at(minute / 60, "voted", someone(), detail=YES, **ARTICLE)
    settled(1)
    before = tables()
    begin_write()
    db.session.execute(EpisodeRow.__table__.update().values(state="assumed", counted_state="assumed"))
    db.session.commit()

    def broken(_count: int) -> None:
        raise KeyboardInterrupt

    with clock.moved(hours(1)), pytest.raises(KeyboardInterrupt):
        settlement.rebuild(broken)
    settled(1)
    assert tables() == before
