"""The secret part of the address that stops letters about some kinds: it does nothing else, so it has no end."""

from __future__ import annotations

from collections.abc import Iterable

from itsdangerous import BadData

from helpcenter.core.signing import signer

_PURPOSE = "accounts.notifications"
LONGEST_TOKEN = 600


def make(user_id: int, kinds: Iterable[str]) -> str:
    """The token for letters about these kinds to a person."""
    return str(signer(_PURPOSE).dumps([user_id, *sorted(kinds)]))


def read(token: str) -> tuple[int, tuple[str, ...]] | None:
    """Whose letters it stops, and about what; None when it was changed or made up."""
    try:
        user_id, *kinds = signer(_PURPOSE).loads(token[:LONGEST_TOKEN])
    except (BadData, TypeError, ValueError):
        return None
    return user_id, tuple(kinds)
