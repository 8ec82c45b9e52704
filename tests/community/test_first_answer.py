"""How soon somebody usually answers is said where somebody waits, and only where it is known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.community import first_answer
from helpcenter.community.address import question_address
from helpcenter.core import clock
from helpcenter.core.rough_time import rough
from tests.cast import Cast
from tests.community.moderation.acts import hide
from tests.community.posts import put_answer, put_duplicate, put_question, question_of

HOUR, DAY = 3600, 24 * 3600


def asked(cast: Cast, *waits: float | None, ago_days: float = 3) -> list[int]:
    """Questions of so many days ago, each answered after these hours; None: by nobody."""
    start, made = clock.now() - timedelta(days=ago_days), []
    for hours in waits:
        with clock.moved(start):
            made.append(put_question(cast))
        if hours is not None:
            with clock.moved(start + timedelta(hours=hours)):
                put_answer(cast, made[-1])
    return made


def test_it_is_the_median_of_what_happened(cast: Cast) -> None:
    asked(cast, 1, 2, 3, 10, 40)
    assert first_answer.usual_seconds() == pytest.approx(3 * HOUR, abs=5)


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (0.4, "The first answer usually comes within 25 minutes."),
        (4.5, "The first answer usually comes within 5 hours."),
        (30, "The first answer usually comes within 2 days."),
    ],
)
def test_it_is_told_in_the_unit_that_leaves_a_small_number(app: Flask, cast: Cast, hours: float, told: str) -> None:
    asked(cast, 0.1, 0.1, hours, 50, 50)
    with app.test_request_context():
        assert first_answer.told() == told


def test_of_fewer_than_five_nothing_is_said(cast: Cast) -> None:
    asked(cast, 1, 2, 3, 4)
    assert first_answer.usual_seconds() is None
    assert first_answer.told() == ""


def test_silence_makes_it_longer_and_never_shorter(cast: Cast) -> None:
    asked(cast, 1, 2, 3, None, None)
    assert first_answer.usual_seconds() == pytest.approx(3 * HOUR, abs=5)
    asked(cast, None)
    assert first_answer.usual_seconds() is None


def test_own_words_hidden_ones_duplicates_and_old_times_do_not_count(cast: Cast) -> None:
    asked(cast, 1, 1, 1, 1, ago_days=29)
    rows = asked(cast, 5, 5, 5, 5, 5, None, None)
    put_answer(cast, rows[5], "ben")
    hide(cast, "answer", put_answer(cast, rows[6]))
    assert first_answer.usual_seconds() == pytest.approx(5 * HOUR, abs=5)
    for one in asked(cast, *[None] * 6):
        put_duplicate(cast, one, rows[0])
    assert first_answer.usual_seconds() == pytest.approx(5 * HOUR, abs=5)


def test_the_page_of_a_question_that_waits_says_it(cast: Cast, stranger: FlaskClient) -> None:
    *_answered, waiting = asked(cast, 1, 2, 2, 2, 3, None)
    said = "The first answer usually comes within 2 hours."
    assert said in stranger.get(question_address(question_of(waiting), "en")).text
    put_answer(cast, waiting)
    assert said not in stranger.get(question_address(question_of(waiting), "en")).text


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, ("minute", 5)),
        (301, ("minute", 10)),
        (HOUR, ("minute", 60)),
        (HOUR + 1, ("hour", 2)),
        (DAY, ("hour", 24)),
        (DAY + 1, ("day", 2)),
    ],
)
def test_a_time_is_rounded_up(seconds: float, said: tuple[str, int]) -> None:
    assert rough(seconds) == said


def test_who_never_posted_is_welcomed_and_others_are_not(cast: Cast, stranger: FlaskClient) -> None:
    ben = cast.browser("ben")
    assert "Welcome! Ask as you would ask a colleague" in ben.get("/en/questions/new").text
    put_question(cast)
    for browser in (ben, cast.browser("sam"), stranger):
        assert "Welcome! Ask as you would" not in browser.get("/en/questions/new").text
