"""Who waits for us and how long they have: the words a row of the inbox and the head of a conversation show."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from helpcenter.core import clock, site
from helpcenter.support.conversation import Conversation
from helpcenter.support.target import HOUR, Wait, wait

MINUTE = 60


@dataclass(frozen=True)
class Age:
    """`text` says everything; `state` (target.Wait.state) only colours it."""

    text: str
    state: str


def age_of(row: Conversation) -> Age | None:
    """How long it has waited for us, against its target; None while nobody waits for us."""
    if row.waits_since is None:
        return None
    here = site.current()
    due = here.urgent_target_hours if row.is_urgent else here.target_hours
    found = wait(row.waits_since, clock.now(), due_hours=due, hours=here.hours, zone=here.time_zone)
    return Age(in_words(found), found.state)


def in_words(found: Wait) -> str:
    """Such as '2 h of 8 h', or 'late by 3 h'."""
    if found.state == "late":
        return str(_("late by %(time)s", time=_span(max(found.late_by, MINUTE))))
    return str(_("%(age)s of %(target)s", age=_span(found.waited), target=_span(found.due)))


def _span(seconds: int) -> str:
    if seconds < HOUR:
        return str(ngettext("%(num)d min", "%(num)d min", seconds // MINUTE))
    return str(ngettext("%(num)d h", "%(num)d h", seconds // HOUR))
