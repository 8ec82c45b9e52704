"""How long a first reply usually takes, as it was in the last four weeks; nothing where nobody was answered."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import ngettext
from sqlalchemy import select

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.core.rough_time import rough
from helpcenter.support.conversation import Conversation
from helpcenter.support.response_times import summary

WINDOW = timedelta(days=28)
FEWEST = 5
"""With fewer replies than this the middle one says nothing."""
MOST = 5_000


def usual_seconds() -> float | None:
    """The median of 28 days; None without enough replies."""
    recent = select(Conversation.first_reply_seconds).where(
        Conversation.first_reply_seconds.is_not(None), Conversation.first_reply_at > clock.now() - WINDOW
    )
    seconds = [
        one for one in db.session.scalars(recent.order_by(Conversation.id.desc()).limit(MOST)) if one is not None
    ]
    found = summary(seconds) if len(seconds) >= FEWEST else None
    return found.median if found else None


def in_words(seconds: float | None) -> str:
    """The time as people say it, rounded up; '' for None."""
    if seconds is None:
        return ""
    unit, number = rough(seconds)
    if unit == "minute":
        return str(
            ngettext("We usually answer within %(num)d minute.", "We usually answer within %(num)d minutes.", number)
        )
    if unit == "hour":
        return str(
            ngettext("We usually answer within %(num)d hour.", "We usually answer within %(num)d hours.", number)
        )
    return str(ngettext("We usually answer within %(num)d day.", "We usually answer within %(num)d days.", number))


def told() -> str:
    """The sentence a page shows; '' without data, because a promise nobody measured is none."""
    return in_words(usual_seconds())
