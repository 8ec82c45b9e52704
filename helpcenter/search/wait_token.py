"""The secret part of the address under which somebody confirms that they wait, or stops it: it does nothing else."""

from __future__ import annotations

from itsdangerous import BadData

from helpcenter.core.signing import signer
from helpcenter.search import waiting
from helpcenter.search.waiting import SearchWait

_PURPOSE = "search.waiting"
LONGEST_TOKEN = 200


def make(row: SearchWait) -> str:
    """The token for one address and one search. It ends with the row, and fits no later one with the same number."""
    return str(signer(_PURPOSE).dumps([row.id, int(row.created_at.timestamp())]))


def holder(token: str) -> SearchWait | None:
    """What it belongs to; None when it was changed, made up, or the waiting is over."""
    try:
        wait_id, created = signer(_PURPOSE).loads(token[:LONGEST_TOKEN])
        row = waiting.find(int(wait_id))
    except (BadData, TypeError, ValueError):
        return None
    return row if row is not None and int(row.created_at.timestamp()) == created else None
