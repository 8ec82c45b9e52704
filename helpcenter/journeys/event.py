"""The table of events: what people did, appended and never changed. Everything else is computed from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import append_only
from helpcenter.core.db import Model

Id = BigInteger().with_variant(Integer, "sqlite")


class Event(Model):
    """One act. `visitor_id` is None where no browser was involved, such as mail; then the user alone is the person.

    `occurred_at` is when it happened and `recorded_at` when it was written, both by the clock of the server.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_visitor_occurred", "visitor_id", "occurred_at"),
        Index("ix_event_user_occurred", "user_id", "occurred_at"),
        Index("ix_event_kind_occurred", "kind", "occurred_at"),
        Index("ix_event_subject", "subject_kind", "subject_id", "kind", "occurred_at"),
    )
    id: Mapped[int] = mapped_column(Id, primary_key=True)
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(index=True)
    visitor_id: Mapped[str | None] = mapped_column(String(32), ForeignKey("visitor.id"))
    user_id: Mapped[int | None]
    visit_id: Mapped[str | None] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str | None] = mapped_column(String(20))
    subject_id: Mapped[int | None]
    revision_id: Mapped[int | None]
    channel: Mapped[str | None] = mapped_column(String(30))
    locale: Mapped[str] = mapped_column(String(8), default="")
    topic_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    observable: Mapped[bool] = mapped_column(default=True)
    excluded_reason: Mapped[str | None] = mapped_column(String(20))


EVENT = cast(Table, Event.__table__)
"""For the statements of every act, which are made once: building one costs five times what running it does."""
QUESTION = EVENT.c.detail["question"].as_integer()
"""The question an answer belongs to, as its event's detail names it."""
Index("ix_event_question", QUESTION, sqlite_where=QUESTION.is_not(None), postgresql_where=QUESTION.is_not(None))


append_only.guard(Event, "events never change; record another one", deletable=True, but="erasure")
