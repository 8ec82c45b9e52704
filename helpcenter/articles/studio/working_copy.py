"""A working copy: what an editor typed and has not saved, kept every few seconds, and who has an article open.

It is theirs alone: colleagues see that somebody writes there, not what. Saving makes a revision of it and ends it.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, cast, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, begin_write, db, lock_row, upsert

HERE = timedelta(seconds=50)
"""An open page is heard of every twenty seconds; who has not been for so long has gone."""
LIFETIME = timedelta(days=180)
LONGEST_PAGE = 32
MOST_ASIDE = 5
NEW = 0
"""Stands for the article that somebody begins: each has one of these at a time."""


class WorkingCopy(Model):
    """`fields` are those of the form by name; None while nothing was typed. `aside`: what was put aside, oldest first.

    `page` is the opened page that they were typed on, `saved_page` the one whose words were saved last: what it still
    tells comes too late. `version` counts what was kept. `base_revision_id` is the revision that was being changed.
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
    aside: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    page: Mapped[str] = mapped_column(String(LONGEST_PAGE), default="")
    saved_page: Mapped[str] = mapped_column(String(LONGEST_PAGE), default="")
    version: Mapped[int] = mapped_column(default=0)
    seen_at: Mapped[datetime] = mapped_column(index=True)
    kept_at: Mapped[datetime | None]


def of(user_id: int | None, article_id: int, locale: str) -> WorkingCopy | None:
    """Theirs of an article in a language, or with NEW and '' of one they begin."""
    return db.session.scalar(select(WorkingCopy).where(*_which(user_id, article_id, locale)))


@dataclass(frozen=True)
class OpenPage:
    """A page on which somebody writes: a name of its own, and the version of their copy that it was opened with."""

    name: str = ""
    version: int = 0


def open_page(row: WorkingCopy | None) -> OpenPage:
    """A page that is opened now."""
    return OpenPage(secrets.token_hex(LONGEST_PAGE // 2), row.version if row else 0)


def keep(
    user_id: int,
    article_id: int,
    locale: str,
    fields: Mapping[str, str],
    base_revision_id: int | None,
    page: OpenPage = OpenPage(),
) -> bool:
    """Keep what was typed on a page; False for a page whose words were saved. To be called after begin_write().

    What the same editor typed on another page, in another tab or on another device, is put aside and not lost.
    """
    be_seen(user_id, article_id, locale)
    row = _locked(user_id, article_id, locale)
    if page.name and page.name == row.saved_page:
        return False
    is_elsewhere = row.page != page.name and row.version != page.version
    if row.fields and is_elsewhere and row.fields != dict(fields):
        row.aside = [*row.aside, row.fields][-MOST_ASIDE:]
    row.fields, row.base_revision_id, row.kept_at = dict(fields), base_revision_id, clock.now()
    row.page, row.version = page.name, row.version + 1
    return True


def be_seen(user_id: int, article_id: int, locale: str) -> None:
    """They have the page open. To be called after begin_write()."""
    seen = {"seen_at": clock.now()}
    row = upsert(WorkingCopy).values(
        user_id=user_id,
        article_key=article_id,
        article_id=article_id or None,
        locale=locale,
        aside=[],
        page="",
        saved_page="",
        version=0,
        **seen,
    )
    key = ["user_id", "article_key", "locale"]
    db.session.execute(row.on_conflict_do_update(index_elements=key, set_=seen))


def exchange(user_id: int, article_id: int, locale: str) -> None:
    """Put what was typed aside; where nothing is typed, take back what was put there first. After begin_write()."""
    row = _locked(user_id, article_id, locale) if of(user_id, article_id, locale) else None
    if row is None:
        return
    if row.fields:
        row.aside, row.fields = [*row.aside, row.fields][-MOST_ASIDE:], None
    elif row.aside:
        row.fields, row.aside, row.page = row.aside[0], row.aside[1:], ""
        row.kept_at = row.kept_at or clock.now()


def end(user_id: int | None, article_id: int, locale: str, page: OpenPage = OpenPage()) -> None:
    """What a page held was saved, or says what is saved: nothing of it is kept. To be called after begin_write().

    What was typed on another page stays, and so does what was put aside. A page that had told nothing yet may still
    be telling it: its name is kept all the same.
    """
    if page.name and user_id is not None:
        be_seen(user_id, article_id, locale)
    row = of(user_id, article_id, locale)
    if row is None:
        return
    row.saved_page = page.name
    if not page.name or row.page == page.name or row.version == page.version:
        row.fields = row.kept_at = None


def forget_page(user_id: int | None, article_id: int, locale: str, page: OpenPage) -> None:
    """What was typed on a page says again what is saved. To be called after begin_write()."""
    row = of(user_id, article_id, locale)
    if row is not None and (row.page == page.name or row.version == page.version):
        row.fields = row.kept_at = None


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
        if (typed := [kept for kept in (row.fields, *row.aside) if kept])
    ]


def forget(user_id: int) -> None:
    """Everything of somebody who leaves. To be called after begin_write()."""
    _delete(WorkingCopy.user_id == user_id)


def forget_old() -> None:
    """Forget pages that were only open, a day later, and words that nobody came back to: a job."""
    begin_write()
    nothing = WorkingCopy.fields.is_(None) & (cast(WorkingCopy.aside, String) == "[]")
    day_old, old = (clock.now() - age for age in (timedelta(days=1), LIFETIME))
    _delete(or_(WorkingCopy.seen_at < old, nothing & (WorkingCopy.seen_at < day_old)))
    db.session.commit()


_UNSYNCHRONIZED = {"synchronize_session": False}


def _which(user_id: int | None, article_id: int, locale: str) -> Collection[Any]:
    return WorkingCopy.user_id == user_id, WorkingCopy.article_key == article_id, WorkingCopy.locale == locale


def _locked(user_id: int, article_id: int, locale: str) -> WorkingCopy:
    found: WorkingCopy = lock_row(select(WorkingCopy).where(*_which(user_id, article_id, locale)))
    return found


def _delete(where: Any) -> None:
    db.session.execute(delete(WorkingCopy).where(where), execution_options=_UNSYNCHRONIZED)
