"""How the report writes shares and dates, which have no time and so no time zone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent
from flask_babel import gettext as _
from flask_babel import ngettext

from helpcenter.core import locale, site

TENTHS_BELOW = 0.1
WITHOUT_CENTS_FROM = 100
MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
WITH_HOURS_BELOW, WITH_MINUTES_BELOW = 10 * DAY, 10 * HOUR


def percent(share: float) -> str:
    """A share of 0.0 to 1.0 as a percentage; with its tenths where it is small."""
    rounded = round(share, 3 if share < TENTHS_BELOW else 2)
    return format_percent(rounded, locale=locale.current(), decimal_quantization=False)


def money(amount: Decimal) -> str:
    """An amount in the currency of the site, which is any text: 26 €; below a hundred with cents, if there are any."""
    is_small = amount < WITHOUT_CENTS_FROM and amount != amount.to_integral_value()
    number = format_decimal(amount, "#,##0.00" if is_small else "#,##0", locale=locale.current())
    return f"{number} {site.current().currency}".rstrip()


def duration(seconds: float) -> str:
    """A time as people say it, in at most two units: 45 s, 22 min, 1 h 20 min, 2 days 3 h.

    Rounded to what it is worth: from ten hours on without minutes, from ten days on without hours.
    """
    minutes, hours = round(seconds / MINUTE), round(seconds / HOUR)
    if seconds < MINUTE:
        return str(_("%(num)s s", num=round(seconds)))
    if minutes < 60:
        return str(_("%(num)s min", num=minutes))
    if seconds < WITH_MINUTES_BELOW:
        rest = minutes % 60
        return " ".join([_("%(num)s h", num=minutes // 60), *([_("%(num)s min", num=rest)] if rest else [])])
    if hours < 24:
        return str(_("%(num)s h", num=hours))
    if seconds < WITH_HOURS_BELOW:
        rest = hours % 24
        return " ".join([_days(hours // 24), *([_("%(num)s h", num=rest)] if rest else [])])
    return _days(round(seconds / DAY))


def _days(count: int) -> str:
    return str(ngettext("%(num)d day", "%(num)d days", count))


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
