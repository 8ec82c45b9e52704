"""How the report writes shares and dates, which have no time and so no time zone."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date, format_skeleton
from babel.numbers import format_percent

from helpcenter.core import locale

TENTHS_BELOW = 0.1


def percent(share: float) -> str:
    """A share of 0.0 to 1.0 as a percentage; with its tenths where it is small."""
    rounded = round(share, 3 if share < TENTHS_BELOW else 2)
    return format_percent(rounded, locale=locale.current(), decimal_quantization=False)


def date_in_words(day: date) -> str:
    """A date with its month in letters: 3 Nov 2026."""
    # The medium form of Arabic is all digits, which turn around beside Latin words.
    form = "long" if locale.direction() == "rtl" else "medium"
    return format_date(day, format=form, locale=locale.dates_of(locale.current()))


def short_date(day: date) -> str:
    """The same without the year: 3 Nov."""
    skeleton = "MMMMd" if locale.direction() == "rtl" else "MMMd"
    return format_skeleton(skeleton, day, locale=locale.dates_of(locale.current()))


def language_name(code: str) -> str:
    """A language by its own name; '' where an event has none."""
    return locale.LANGUAGES[code].endonym if code in locale.LANGUAGES else ""
