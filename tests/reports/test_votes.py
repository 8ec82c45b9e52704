from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from helpcenter.core import clock
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.identity import Identities
from helpcenter.reports import votes
from helpcenter.reports.range import Range
from helpcenter.reports.scope import Scope
from helpcenter.reports.share import Share
from tests.journeys.acts import someone
from tests.reports.past import Past

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def past(app: Flask) -> Past:
    return Past(NOW)


def found(name: str = "28", topic: int | None = None) -> list[votes.Vote]:
    with clock.moved(NOW):
        return votes.votes(Scope(Range.named(name, NOW.date()), topic_id=topic), Identities.known())


def test_the_last_vote_of_a_person_on_a_revision_counts(past: Past) -> None:
    who = someone()
    past.vote(5, who, revision_id=1)
    past.vote(4, who, revision_id=1, helpful=False)
    past.vote(3, who, revision_id=2)
    assert votes.figure(found()) == Share(1, 2)


def test_a_vote_that_was_taken_back_is_none(past: Past) -> None:
    who = someone()
    past.vote(5, who)
    past.act(4, "vote_withdrawn", who, subject=("article", 1), topic_id=1)
    assert found() == []


def test_what_was_said_later_leaves_earlier_days_as_they_were(past: Past) -> None:
    who = someone()
    past.vote(20, who)
    past.vote(2, who, helpful=False)
    with clock.moved(NOW):
        earlier = Scope(Range.of({"from": "2026-04-01", "to": "2026-04-20"}, NOW.date()))
        assert votes.figure(votes.votes(earlier, Identities.known())) == Share(1, 1)
    assert votes.figure(found("7")) == Share(0, 1)


def test_one_person_has_one_vote_from_whichever_browser(past: Past) -> None:
    phone, laptop = someone(), someone(user_id=7)
    past.vote(5, phone)
    past.vote(4, laptop, helpful=False)
    past.act(3, "signed_in", Actor(phone.visitor_id, 7))
    assert votes.figure(found()) == Share(0, 1)


def test_two_accounts_that_were_merged_have_one_vote(past: Past) -> None:
    past.vote(5, someone(user_id=7))
    past.vote(4, someone(user_id=8))
    past.act(3, "accounts_merged", someone(user_id=8), detail={"into": 7})
    assert votes.figure(found()) == Share(1, 1)


def test_an_article_has_no_percentage_below_five_votes(past: Past) -> None:
    for number in range(5):
        past.vote(5, someone(), article=1, helpful=number < 4)
        if number:
            past.vote(5, someone(), article=2)
    shares = dict(votes.by_article(found()))
    assert (shares[1].value, shares[2].value) == (0.8, None)


def test_staff_have_no_vote_here_and_a_topic_narrows(past: Past) -> None:
    past.vote(5, someone(excluded_reason="staff"))
    past.vote(5, someone(), topic_id=2)
    assert (len(found()), len(found(topic=1))) == (1, 0)
