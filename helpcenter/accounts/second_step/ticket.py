"""What the page with the picture sends back: whose key it shows. Made after the password, it holds for half an hour.

Signed and not kept: whoever looks and leaves again leaves no row. The salt in it makes no key without SECRET_KEY.
"""

from __future__ import annotations

import hashlib

from itsdangerous import BadData

from helpcenter.accounts.user import User
from helpcenter.core.signing import timed_signer

_PURPOSE = "accounts.second-step"
LIFETIME_SECONDS = 30 * 60


def make(person: User, salt: str) -> str:
    """A ticket for this person's next key."""
    return str(timed_signer(_PURPOSE).dumps([person.id, salt, _stamp(person)]))


def salt_of(ticket: str, person: User) -> str | None:
    """The salt of the key; None for a ticket that is changed, over, somebody else's or from before a new password."""
    try:
        user_id, salt, stamp = timed_signer(_PURPOSE).loads(ticket, max_age=LIFETIME_SECONDS)
    except (BadData, TypeError, ValueError):
        return None
    return str(salt) if (user_id, stamp) == (person.id, _stamp(person)) else None


def _stamp(person: User) -> str:
    return hashlib.sha256(person.password_hash.encode()).hexdigest()[:16]
