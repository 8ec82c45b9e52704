"""The days a report is about, as its address names them, and the days before that they are compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from helpcenter.core import clock, site

LAST_DAYS = {"7": 7, "28": 28, "90": 90}
MONTH, OWN = "month", ""
USUAL = "28"
PRESETS = ("7", "28", "90", MONTH)
LONGEST = timedelta(days=3 * 366)
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class Range:
    """Every day from `first` to `last`, both included. `name` is one of PRESETS, or OWN for dates of one's own."""

    first: date
    last: date
    name: str = OWN

    @classmethod
    def of(cls, asked: Mapping[str, str], today: date) -> Range:
        """The range of an address: `range`, `from`, `to`. What makes no sense is left out; it is never refused.

        Dates win over `range` where they say something else. They may be given in either order, and of more than
        three years the last three are taken.
        """
        preset = cls.named(asked.get("range", ""), today)
        first, last = _date(asked.get("from", "")), _date(asked.get("to", ""))
        if first is None and last is None:
            return preset
        last = last or max(today, first or today)
        first = first or last - (preset.last - preset.first)
        first, last = min(first, last), max(first, last)
        first = max(first, last - LONGEST, EARLIEST)
        return preset if (first, last) == (preset.first, preset.last) else cls(first, last)

    @classmethod
    def named(cls, name: str, today: date) -> Range:
        """The days that end today by their name; the usual ones for an unknown name."""
        if name == MONTH:
            return cls(today.replace(day=1), today, MONTH)
        known = name if name in LAST_DAYS else USUAL
        return cls(today - timedelta(days=LAST_DAYS[known] - 1), today, known)

    @property
    def days(self) -> int:
        """How many days it has, at least 1."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Range:
        """As many days right before; for a month the same days of the month before, as far as it has them."""
        if self.name != MONTH:
            return Range(self.first - timedelta(days=self.days), self.first - timedelta(days=1))
        end = self.first - timedelta(days=1)
        return Range(end.replace(day=1), min(end, end.replace(day=1) + timedelta(days=self.days - 1)))

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range(self.days))

    def as_query(self) -> dict[str, str]:
        """The same for an address: a name stays a name, so that the page is about other days tomorrow."""
        return {"range": self.name} if self.name else self.as_dates()

    def as_dates(self) -> dict[str, str]:
        """The same for an address that goes on leading to these days."""
        return {"from": self.first.isoformat(), "to": self.last.isoformat()}

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """Its beginning, and its end, which is no part of it, where the site is."""
        zone = ZoneInfo(site.current().time_zone)
        return (
            datetime.combine(self.first, time(), zone),
            datetime.combine(self.last + timedelta(days=1), time(), zone),
        )


def today() -> date:
    """The date where the site is: days are counted there, whoever looks."""
    return clock.now().astimezone(ZoneInfo(site.current().time_zone)).date()


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if EARLIEST <= found <= date(2200, 1, 1) else None
