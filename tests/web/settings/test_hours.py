"""The line that says when somebody answers."""

from __future__ import annotations

import pytest

from helpcenter.core.locale import LANGUAGES
from helpcenter.web.settings import hours

WEEKDAYS = [(day, 540, 1020) for day in range(5)]


def test_days_with_the_same_hours_are_one_stretch() -> None:
    assert hours.text(WEEKDAYS, "Europe/Madrid", "en") == "Mon–Fri 09:00–17:00 (Europe/Madrid)"


def test_a_gap_or_other_hours_begin_another_stretch() -> None:
    rows = [(5, 600, 840), *WEEKDAYS[:2], *WEEKDAYS[3:]]
    assert [(days, span) for days, span in hours.stretches(rows)] == [
        ([0, 1], (540, 1020)),
        ([3, 4], (540, 1020)),
        ([5], (600, 840)),
    ]


def test_nobody_ever_there_is_no_line() -> None:
    assert hours.text([], "UTC", "en") == ""


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_writes_its_own_days(code: str) -> None:
    lines = {other: hours.text(WEEKDAYS, "UTC", other) for other in LANGUAGES}
    assert lines[code] and [other for other in lines if lines[other] == lines[code]] == [code]
