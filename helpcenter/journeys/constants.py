"""The numbers that the rules of counting rest on, kept in one place and stored with every row computed from them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta

RULE_VERSION = 2


@dataclass(frozen=True)
class Constants:
    """How long things belong together. Another value makes other numbers, so each computed row names its own."""

    visit_gap: timedelta = timedelta(minutes=30)
    """A longer pause between two events of a visitor starts a new visit."""
    episode_span: timedelta = timedelta(hours=24)
    """An episode covers the events in [t0, t0 + span)."""
    contact_window: timedelta = timedelta(hours=72)
    """A contact this soon after the evidence cancels it."""
    revocation_window: timedelta = timedelta(days=7)
    """A related contact up to here revokes it."""
    answer_window: timedelta = timedelta(days=14)
    """A community answer later than this is no longer evidence for the asker."""
    double_click: timedelta = timedelta(seconds=30)
    """The same visitor, kind, subject and detail within this is judged as one event."""

    def as_row(self) -> dict[str, int]:
        """Seconds by name, with the version of the rules: what is stored beside a computed row."""
        seconds = {name: int(value.total_seconds()) for name, value in asdict(self).items()}
        return {**seconds, "rule_version": RULE_VERSION}


DEFAULT = Constants()

LINKED_BEFORE_SIGN_IN = timedelta(days=7)
"""Signing in links the visitor's events without a user of this long before."""
QUERY_TEXT_KEPT = timedelta(days=90)
"""What people typed into the search is forgotten after this; how often they searched is not."""
COOKIE_LIFETIME = timedelta(days=395)
"""Thirteen months, from the first recorded act; never prolonged."""

MOST_VIEWS_A_MINUTE = 60
MOST_VIEWS_AN_HOUR = 300
"""A visitor who views more is not reading: the events are kept and excluded."""

READ_SECONDS_AT_LEAST = 10
READ_SHARE_OF_ESTIMATE = 0.3


def engaged_read_seconds(estimated_seconds: int) -> int:
    """How long a page must be visible before it counts as read: 30 % of its estimated reading time, at least 10 s."""
    return max(READ_SECONDS_AT_LEAST, round(READ_SHARE_OF_ESTIMATE * estimated_seconds))
