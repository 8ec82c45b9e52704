"""One question after a yes: whom it is asked, how often, and what is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from helpcenter.accounts import erasure as accounts_erasure
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.feedback import survey
from helpcenter.feedback.survey import Answers
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from tests.cast import Cast
from tests.feedback.votes import ARTICLE
from tests.journeys.acts import someone

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
OTHER = ("article", 99)


@pytest.fixture(autouse=True)
def tables(app: Flask) -> None:
    """Empty tables."""


def ask(by: Actor, subject: tuple[str, int] = ARTICLE, days: float = 0, channel: str | None = None) -> str:
    """How it stands after somebody was asked, some days later."""
    with clock.moved(NOW + timedelta(days=days)):
        begin_write()
        survey.ask(subject, 40, by, channel)
        db.session.commit()
        return survey.state(subject, 40, by)


def answer(by: Actor, would: bool, subject: tuple[str, int] = ARTICLE) -> bool:
    with clock.moved(NOW):
        begin_write()
        done = survey.answer(subject, 40, by, would_have_written=would)
        db.session.commit()
    return done


def answers() -> dict[str, Answers]:
    return dict(survey.answers(NOW + timedelta(days=60)))


def test_an_answer_is_counted_in_the_channel_of_the_vote() -> None:
    for number, would in enumerate((True, False, False)):
        who = someone()
        assert ask(who, channel="in_product" if number == 2 else None) == "open"
        assert answer(who, would)
    assert answers() == {"help_center": Answers(1, 2), "in_product": Answers(0, 1)}


def test_nobody_is_asked_twice_within_28_days() -> None:
    who = someone()
    assert ask(who) == "open"
    assert ask(who) == "open", "the same question still stands"
    assert ask(who, OTHER, days=27.9) == ""
    assert ask(who, OTHER, days=28) == "open"


def test_whoever_answered_is_not_asked_either() -> None:
    who = someone()
    ask(who)
    answer(who, True)
    assert ask(who) == "answered"
    assert ask(who, OTHER, days=1) == ""


def test_signing_in_makes_nobody_another_person() -> None:
    who = someone()
    ask(who)
    assert ask(who.signed_in_as(7), OTHER, days=1) == ""
    assert answer(who.signed_in_as(7), True), "the question in this browser was theirs"


def test_what_was_said_first_stays() -> None:
    who = someone()
    ask(who)
    assert (answer(who, True), answer(who, False)) == (True, False)
    assert answers() == {"help_center": Answers(1, 1)}


def test_whoever_was_not_asked_has_no_answer() -> None:
    assert not answer(someone(), True)
    assert answers() == {}


def test_staff_and_crawlers_are_not_asked() -> None:
    assert ask(someone(excluded_reason="staff")) == ""


def test_a_person_takes_their_answer_along_and_an_erased_one_leaves_none(cast: Cast) -> None:
    ben, browser = cast.id_of("ben"), someone()
    ask(browser)
    answer(browser, True)
    begin_write()
    recorder.record_sign_in(browser, ben)
    db.session.commit()
    ask(browser.signed_in_as(ben), OTHER, days=40)
    (asked,) = accounts_erasure.export(ben)["vote"]["surveys"]
    assert (asked["about"], asked["would_have_written"]) == ("article:99", None)
    begin_write()
    accounts_erasure.erase(ben)
    db.session.commit()
    assert answers() == {}
