"""The time zones a person can choose."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from wtforms import SelectChoice

REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def names() -> tuple[str, ...]:
    """IANA names of places, and UTC; the old aliases without a region are left out."""
    return ("UTC", *sorted(name for name in available_timezones() if name.split("/")[0] in REGIONS and "/" in name))


def choices() -> list[SelectChoice]:
    """Each name as a list shows it, grouped by region."""
    return [SelectChoice(name, name.replace("_", " "), optgroup=name.partition("/")[0]) for name in names()]
