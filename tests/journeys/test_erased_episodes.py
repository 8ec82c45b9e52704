"""An erased person leaves every table that counts them, also where it was not settled yet who they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.journeys import erasure, recorder, settlement
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.episode import Settling, TransitionRow
from tests.journeys.acts import someone
from tests.journeys.story import hours
from tests.journeys.test_settlement import ARTICLE, YES, at, counts, rebuilt, settled, tables


def sign_in(hour: float, by: Actor, user_id: int) -> None:
    with clock.moved(hours(hour)):
        begin_write()
        recorder.record_sign_in(by, user_id)
        db.session.commit()


def erase(user_id: int) -> None:
    begin_write()
    erasure.erase(user_id)
    db.session.commit()


def test_nothing_is_left_of_episodes_that_were_joined(app: Flask) -> None:
    phone = someone()
    at(0, "voted", phone, detail=YES, **ARTICLE)
    at(1, "searched", someone(7), detail={"results": 3})
    settled(1.5)
    sign_in(2, phone, 7)
    settled(2.5)
    erase(7)
    assert tables() == [[], [], []]


def test_nothing_is_left_of_what_was_not_known_to_be_theirs_yet(app: Flask) -> None:
    kiosk = someone()
    at(0, "voted", kiosk, detail=YES, **ARTICLE)
    settled(1)
    sign_in(2, kiosk, 7)
    sign_in(500, kiosk, 8)
    erase(7)
    settled(501)
    assert counts() == {}
    assert tables() == rebuilt(501)


def test_what_another_person_did_on_a_shared_browser_stays(app: Flask) -> None:
    kiosk = someone()
    at(0, "voted", kiosk, detail=YES, **ARTICLE)
    sign_in(1, kiosk, 8)
    sign_in(100, kiosk, 7)
    settled(101)
    erase(7)
    settled(102)
    assert list(counts().values()) == [1]
    assert tables() == rebuilt(102)


def test_what_is_told_of_the_next_person_on_a_shared_browser_rests_on_nothing_that_is_gone(app: Flask) -> None:
    kiosk = someone()
    at(0, "contacted", kiosk, subject=("conversation", 1), topic_id=1)
    at(10, "searched", kiosk, detail={"results": 3})
    settled(11)
    sign_in(170, kiosk, 7)
    sign_in(400, kiosk, 8)
    settled(401)
    erase(7)
    settled(402)
    assert [one.from_state for one in db.session.query(TransitionRow)] == [None]
    assert tables() == rebuilt(402)
    assert db.session.get_one(Settling, 1).anew == []


def test_who_was_merged_into_another_leaves_nothing_in_what_is_told_of_them(app: Flask) -> None:
    at(0, "contacted", someone(8), subject=("conversation", 1), topic_id=1)
    at(10, "searched", someone(7), detail={"results": 3})
    with clock.moved(hours(20)):
        begin_write()
        recorder.record_merge(someone(), 7, into=8)
        db.session.commit()
    settled(21)
    erase(7)
    settled(22)
    assert tables() == rebuilt(22)


def test_who_is_erased_while_their_episodes_are_worked_out_leaves_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(0, "voted", someone(7), detail=YES, **ARTICLE)
    settled(1)
    at(30, "searched", someone(7), detail={"results": 3})
    meanwhile: list[Callable[[], None]] = [lambda: erase(7)]

    def begin() -> Any:
        if meanwhile:
            meanwhile.pop()()
        return begin_write()

    monkeypatch.setattr(settlement, "begin_write", begin)
    settled(31)
    assert tables() == [[], [], []]


def test_what_a_moderator_accepted_goes_on_counting_for_its_asker(app: Flask) -> None:
    question, answer = ("question", 1), ("answer", 1)
    at(0, "asked", someone(5), subject=question, topic_id=1)
    at(1, "answered", someone(6), subject=answer, detail={"question": 1, "staff": True})
    at(2, "accepted", someone(7), subject=answer, detail={"question": 1})
    settled(3)
    before = counts()
    assert [state for _day, state, *_ in before] == ["contacted"]
    erase(7)
    settled(4)
    assert counts() == before
    assert tables() == rebuilt(4)
