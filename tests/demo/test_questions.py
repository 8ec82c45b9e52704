from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from helpcenter.community import counting
from helpcenter.community.question import Question
from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.demo import people, questions
from helpcenter.demo.asked import QUESTIONS
from helpcenter.journeys import settlement
from helpcenter.journeys.episode import EpisodeRow

pytestmark = pytest.mark.alike


def test_everybody_asks_and_answers_within_the_time_of_the_demo(app: Flask) -> None:
    people.settle_in()
    now = clock.now()
    assert questions.ask_all(now - timedelta(days=50), now) == len([one for one in QUESTIONS if one.days_ago < 50])
    rows = db.session.query(Question).all()
    assert any(row.is_solved for row in rows) and any(not row.answers for row in rows)
    assert max(row.active_at for row in rows) <= now
    assert counting.recount(check=True) == []


def test_who_was_answered_and_said_no_more_took_part(app: Flask) -> None:
    people.settle_in()
    now = clock.now()
    questions.ask_all(now - timedelta(days=28), now)
    settlement.rebuild()
    states = [row.state for row in db.session.query(EpisodeRow) if row.credited_kind == "answer"]
    assert "participated" in states and "confirmed" in states
