"""What people are told about how long an answer takes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.support import usual_time
from helpcenter.support.conversation import Conversation
from tests.support.letters_to_us import opened

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def replied(*seconds: int) -> None:
    """So many conversations whose first reply came just now, each after so long."""
    ids = [opened().id for _one in seconds]
    begin_write()
    for number, one in zip(ids, seconds, strict=True):
        row = db.session.get_one(Conversation, number)
        row.first_reply_seconds, row.first_reply_at = one, clock.now()
    db.session.commit()


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (20, "We usually answer within 5 minutes."),
        (31 * MINUTE, "We usually answer within 35 minutes."),
        (HOUR + 1, "We usually answer within 2 hours."),
        (DAY, "We usually answer within 24 hours."),
        (DAY + 1, "We usually answer within 2 days."),
    ],
)
def test_the_middle_of_the_replies_is_told_rounded_up(app: Flask, seconds: int, told: str) -> None:
    replied(1, 2, seconds, 30 * DAY, 31 * DAY)
    with app.test_request_context():
        assert usual_time.told() == told


def test_nothing_is_promised_by_few_replies_or_old_ones(app: Flask) -> None:
    replied(60, 60, 60, 60)
    assert usual_time.told() == ""
    replied(60)
    with app.test_request_context():
        assert usual_time.told() == "We usually answer within 5 minutes."
        with clock.moved(clock.now() + timedelta(days=28)):
            assert usual_time.told() == ""
