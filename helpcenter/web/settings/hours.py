"""When somebody answers, as a line of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from itertools import groupby

from babel.dates import format_time, get_day_names

from helpcenter.core.locale import dates_of

Row = tuple[int, int, int]
Span = tuple[int, int]


def text(rows: Sequence[Row], time_zone: str, locale: str) -> str:
    """Such as 'Mon–Fri 09:00–17:00 (Europe/Madrid)'. Rows are weekday (0 is Monday), opens, closes in minutes.

    Days that follow each other with the same hours are one stretch. No rows give ''.
    """
    if not rows:
        return ""
    names = get_day_names("abbreviated", locale=locale)
    parts = [
        f"{_days(days, names)} {_clock(opens, locale)}–{_clock(closes, locale)}"
        for days, (opens, closes) in stretches(rows)
    ]
    return f"{_joined(parts, locale)} ({time_zone.replace('_', ' ')})"


def stretches(rows: Sequence[Row]) -> list[tuple[list[int], Span]]:
    """Neighbouring weekdays with the same hours, in the order of the week."""
    found: list[tuple[list[int], Span]] = []
    for day, spans in groupby(sorted(rows), key=lambda row: row[0]):
        for _day, opens, closes in spans:
            previous = found[-1] if found else None
            if previous and previous[1] == (opens, closes) and previous[0][-1] == day - 1:
                previous[0].append(day)
            else:
                found.append(([day], (opens, closes)))
    return found


def _days(days: list[int], names: Mapping[int, str]) -> str:
    return names[days[0]] if len(days) == 1 else f"{names[days[0]]}–{names[days[-1]]}"


def _clock(minutes: int, locale: str) -> str:
    return str(format_time(time(minutes // 60 % 24, minutes % 60), "short", locale=dates_of(locale)))


def _joined(parts: list[str], locale: str) -> str:
    return ("، " if locale == "ar" else ", ").join(parts)
