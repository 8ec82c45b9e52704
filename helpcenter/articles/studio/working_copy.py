"""A working copy: what an editor typed and has not saved, kept every few seconds, and who has an article open.

It is theirs alone: colleagues see that somebody writes there, not what. Saving makes a revision of it and ends it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, begin_write, db, upsert

HERE = timedelta(seconds=50)
"""An open page is heard of every twenty seconds; who has not been for so long has gone."""
LIFETIME = timedelta(days=180)
NEW = 0
"""Stands for the article that somebody begins: each has one of these at a time."""


class WorkingCopy(Model):
    """`fields` are those of the form by name; None while nothing was typed. `aside`: what was put aside, to take back.

    `base_revision_id` is the revision that was being changed.
    """

    __tablename__ = "working_copy"
    __table_args__ = (
        UniqueConstraint("user_id", "article_key", "locale"),
        Index("ix_working_copy_article", "article_id", "locale"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    # SQL counts no two NULLs as equal: the key is 0 where there is no article yet.
    article_key: Mapped[int]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    locale: Mapped[str] = mapped_column(String(5))
    base_revision_id: Mapped[int | None]
    fields: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    aside: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    seen_at: Mapped[datetime] = mapped_column(index=True)
    kept_at: Mapped[datetime | None]


def of(user_id: int | None, article_id: int, locale: str) -> WorkingCopy | None:
    """Theirs of an article in a language, or with NEW and '' of one they begin."""
    return db.session.scalar(select(WorkingCopy).where(*_which(user_id, article_id, locale)))


def keep(user_id: int, article_id: int, locale: str, fields: Mapping[str, str], base_revision_id: int | None) -> None:
    """Keep what was typed. To be called after begin_write()."""
    _put(user_id, article_id, locale, fields=dict(fields), base_revision_id=base_revision_id, kept_at=clock.now())


def be_seen(user_id: int, article_id: int, locale: str) -> None:
    """They have the page open. To be called after begin_write()."""
    _put(user_id, article_id, locale)


def exchange(user_id: int, article_id: int, locale: str) -> None:
    """Put what was typed aside, or take back what was put there. To be called after begin_write()."""
    row = of(user_id, article_id, locale)
    if row is not None:
        row.fields, row.aside = row.aside, row.fields


def end(user_id: int | None, article_id: int, locale: str) -> None:
    """It was saved: nothing is kept any more. To be called after begin_write()."""
    changed = {"fields": None, "aside": None, "kept_at": None}
    where = _which(user_id, article_id, locale)
    db.session.execute(update(WorkingCopy).where(*where).values(**changed), execution_options=_UNSYNCHRONIZED)


def writing(article_id: int, locale: str, but: int | None) -> list[int]:
    """The user ids of those who have it open now, but for one."""
    here = select(WorkingCopy.user_id).where(
        WorkingCopy.article_id == article_id,
        WorkingCopy.locale == locale,
        WorkingCopy.user_id != but,
        WorkingCopy.seen_at > clock.now() - HERE,
    )
    return list(db.session.scalars(here.order_by(WorkingCopy.user_id)))


def export(user_id: int) -> list[dict[str, Any]]:
    """What is kept of somebody, the oldest first."""
    rows = db.session.scalars(select(WorkingCopy).where(WorkingCopy.user_id == user_id).order_by(WorkingCopy.id))
    return [
        {"article": row.article_id, "locale": row.locale, "seen_at": row.seen_at.isoformat(), "typed": typed}
        for row in rows
        if (typed := [kept for kept in (row.fields, row.aside) if kept])
    ]


def forget(user_id: int) -> None:
    """Everything of somebody who leaves. To be called after begin_write()."""
    _delete(WorkingCopy.user_id == user_id)


def forget_old() -> None:
    """Forget pages that were only open, a day later, and words that nobody came back to: a job."""
    begin_write()
    nothing = WorkingCopy.fields.is_(None) & WorkingCopy.aside.is_(None)
    day_old, old = (clock.now() - age for age in (timedelta(days=1), LIFETIME))
    _delete(or_(WorkingCopy.seen_at < old, nothing & (WorkingCopy.seen_at < day_old)))
    db.session.commit()


_UNSYNCHRONIZED = {"synchronize_session": False}


def _which(user_id: int | None, article_id: int, locale: str) -> Collection[Any]:
    return WorkingCopy.user_id == user_id, WorkingCopy.article_key == article_id, WorkingCopy.locale == locale


def _put(user_id: int, article_id: int, locale: str, **values: Any) -> None:
    values = {**values, "seen_at": clock.now()}
    row = upsert(WorkingCopy).values(
        user_id=user_id, article_key=article_id, article_id=article_id or None, locale=locale, **values
    )
    key = ["user_id", "article_key", "locale"]
    db.session.execute(row.on_conflict_do_update(index_elements=key, set_=values))


def _delete(where: Any) -> None:
    db.session.execute(delete(WorkingCopy).where(where), execution_options=_UNSYNCHRONIZED)
