"""What stands first: among questions what moves people now, among answers what helped."""

from __future__ import annotations

from datetime import datetime
from math import log10
from typing import Any

from sqlalchemy import Float, cast, func

from helpcenter.feedback.tally import HelpfulTally

SECONDS_FOR_TEN = 79_200
"""A question that moves ten times as many people stands beside one that is 22 hours younger."""


def hot(*, me_too: int, helpful: int, answers: int, created_at: datetime) -> float:
    """How far up a question stands. It grows with what happens and never with time, so no job has to age it."""
    return log10(max(1, me_too + 2 * helpful + answers)) + created_at.timestamp() / SECONDS_FOR_TEN


def share(yes: int, no: int) -> float:
    """The share of those whom an answer helped, 0.0 to 1.0, beginning from a half: one vote decides little."""
    return (yes + 2) / (yes + no + 4)


def share_in_table() -> Any:
    """The same of each row of the tallies; where there is none, of no votes."""
    yes, no = func.coalesce(HelpfulTally.yes, 0), func.coalesce(HelpfulTally.no, 0)
    return cast(yes + 2, Float) / (yes + no + 4)
