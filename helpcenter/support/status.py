"""Where a conversation stands, and how it ended."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """new: nobody answered yet; ours: they wrote last; theirs: we did; closed: it is over."""

    NEW = "new"
    OURS = "ours"
    THEIRS = "theirs"
    CLOSED = "closed"


class Ending(StrEnum):
    """Why a conversation is closed. Withdrawn is said by the writer; spam and duplicate make it no contact at all."""

    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    SPAM = "spam"
    DUPLICATE = "duplicate"
