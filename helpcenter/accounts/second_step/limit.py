"""How often codes may be tried, for each account and across all processes.

Each kind has a count of its own, so that whoever knows a password and tries codes does not keep its owner from using a
recovery code. Of a million codes three are right at a moment: fifty tries a day find one in twenty years.
"""

from __future__ import annotations

from helpcenter.core import limits

RATE = "10 per 15 minutes; 50 per day"
ADDRESS_RATE = "20 per minute; 200 per hour"
CODE, RECOVERY_CODE = "second-step", "recovery-code"


def spend(kind: str, user_id: int) -> None:
    """Count one try. Raises TooMany. To be called before begin_write()."""
    limits.spend(RATE, kind, str(user_id))


def forgive(user_id: int) -> None:
    """A right one makes the wrong ones before it forgotten."""
    for kind in (CODE, RECOVERY_CODE):
        limits.forgive(RATE, kind, str(user_id))
