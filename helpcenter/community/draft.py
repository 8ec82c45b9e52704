"""What somebody wrote before they signed in: kept under a key that only they know, until it is posted."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, begin_write, db

LIFETIME = timedelta(days=3)
"""Long enough to register, look for the letter and come back on the next day."""
LONGEST_KEY = 32


class QuestionDraft(Model):
    __tablename__ = "question_draft"
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(index=True)


def keep(fields: dict[str, str]) -> str:
    """Keep what was typed; its key. To be called after begin_write()."""
    key = secrets.token_hex(LONGEST_KEY // 2)
    db.session.add(QuestionDraft(key=key, fields=fields, created_at=clock.now()))
    return key


def of(key: str) -> dict[str, str]:
    """What waits under a key; nothing where the key names nothing, or waited too long."""
    fresh = (QuestionDraft.key == key[:LONGEST_KEY], QuestionDraft.created_at > clock.now() - LIFETIME)
    return db.session.scalar(select(QuestionDraft.fields).where(*fresh)) or {}


def forget(key: str) -> None:
    """It was posted. To be called after begin_write()."""
    _delete(QuestionDraft.key == key[:LONGEST_KEY])


def forget_old() -> None:
    """Forget what nobody came back for: a job."""
    begin_write()
    _delete(QuestionDraft.created_at <= clock.now() - LIFETIME)
    db.session.commit()


def _delete(where: Any) -> None:
    db.session.execute(delete(QuestionDraft).where(where), execution_options={"synchronize_session": False})
