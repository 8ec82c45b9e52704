"""The secret part of a link in a mail: signed, for one purpose, for a time, and spent by what it does.

A token carries the person's id and a stamp of what it will change: the password hash, the address, the address that
waits. Once that has changed the stamp no longer fits, so a link works once without a table of used links. Nothing a
person typed stands in it, since addresses of pages end up in logs.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

from itsdangerous import BadData

from helpcenter.accounts import user
from helpcenter.accounts.user import User
from helpcenter.core.signing import timed_signer

DAY_SECONDS = 24 * 3600


class Purpose(StrEnum):
    """What a link is for; a token for one opens no other."""

    CONFIRM = "confirm"
    RESET = "reset"
    CHANGE_EMAIL = "change-email"


LIFETIME_SECONDS = {Purpose.CONFIRM: 7 * DAY_SECONDS, Purpose.RESET: 3600, Purpose.CHANGE_EMAIL: DAY_SECONDS}


def make(purpose: Purpose, person: User) -> str:
    """A token for a link to this person's address."""
    return str(timed_signer(f"accounts.{purpose}").dumps([person.id, _stamp(purpose, person)]))


def holder(purpose: Purpose, token: str) -> User | None:
    """Whose token it is; None when it is changed, too old, spent, for another purpose, or the person is gone."""
    try:
        user_id, stamp = timed_signer(f"accounts.{purpose}").loads(token, max_age=LIFETIME_SECONDS[purpose])
        person = user.by_id(int(user_id))
    except (BadData, TypeError, ValueError):
        return None
    return person if person is not None and stamp == _stamp(purpose, person) else None


def _stamp(purpose: Purpose, person: User) -> str:
    waiting = person.new_email if purpose is Purpose.CHANGE_EMAIL else ""
    parts = (person.password_hash, person.email_key or "", waiting or "")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
