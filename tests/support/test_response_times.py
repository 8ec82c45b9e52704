from __future__ import annotations

from helpcenter.support.response_times import Summary, summary

SECONDS = (30, 45, 60, 90, 110, 150, 600, 3600, 40, 75)


def test_the_known_answers() -> None:
    assert summary(SECONDS, target=120) == Summary(10, 82.5, 900.0, 0.7)


def test_nothing_is_not_zero() -> None:
    assert summary([]) is None


def test_one_reply_is_its_own_middle() -> None:
    assert summary([60]) == Summary(1, 60, 60, None)
