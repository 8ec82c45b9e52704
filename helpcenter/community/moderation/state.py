"""What became of a post: everybody sees it, it waits for a look, it is hidden, or it is deleted."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column


class State(StrEnum):
    """A hidden or waiting post is there for its author and for moderators, a deleted one for moderators alone."""

    SHOWN = "shown"
    PENDING = "pending"
    HIDDEN = "hidden"
    DELETED = "deleted"


STATES = "state IN ('shown', 'pending', 'hidden', 'deleted')"
OPEN_TO_AUTHOR = (State.HIDDEN.value, State.PENDING.value)


class Moderated:
    """The column of whatever can be hidden. Only the acts of moderation change it."""

    state: Mapped[str] = mapped_column(String(8), default=State.SHOWN.value, server_default=State.SHOWN.value)

    @property
    def is_shown(self) -> bool:
        """Whether readers see it."""
        return self.state == State.SHOWN
