"""The secret part of the address that stops the weekly letter: it does nothing else, so it has no end."""

from __future__ import annotations

from itsdangerous import BadData

from helpcenter.core.signing import signer

_PURPOSE = "reports.weekly"
LONGEST_TOKEN = 200


def make(user_id: int) -> str:
    """The token for the letters of a person; always the same."""
    return str(signer(_PURPOSE).dumps(user_id))


def holder(token: str) -> int | None:
    """Whose letters it stops; None when it was changed or made up."""
    try:
        user_id = signer(_PURPOSE).loads(token[:LONGEST_TOKEN])
    except BadData:
        return None
    return user_id if isinstance(user_id, int) else None
