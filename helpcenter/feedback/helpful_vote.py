"""The table of votes: one row a person and revision, which the database itself holds them to."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import CheckConstraint, Index, Integer, String, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Model
from helpcenter.feedback.reason import REASONS

LONGEST_COMMENT = 600
_WRITTEN = text("reason IS NOT NULL OR comment <> ''")


class HelpfulVote(Model):
    """`voter` is one word for one person: user:5, or visitor:… for a browser nobody signed in with.

    `revision_id` is 0 for a subject without revisions, because the unique key would let any number of NULLs pass.
    """

    __tablename__ = "helpful_vote"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "revision_id", "voter"),
        CheckConstraint(f"reason IN ({', '.join(repr(code) for code in REASONS)})", name="reason"),
        Index("ix_helpful_vote_counted", "subject_kind", "subject_id", "revision_id", "helpful"),
        Index("ix_helpful_vote_written", "id", sqlite_where=_WRITTEN, postgresql_where=_WRITTEN),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    revision_id: Mapped[int] = mapped_column(default=0)
    voter: Mapped[str] = mapped_column(String(40), index=True)
    helpful: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(String(LONGEST_COMMENT), default="")
    locale: Mapped[str] = mapped_column(String(8), default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    @property
    def subject(self) -> tuple[str, int]:
        """What the vote is about."""
        return self.subject_kind, self.subject_id


VOTE = cast(Table, HelpfulVote.__table__)
"""For the statements of every vote, which are made once: building one costs five times what running it does."""
