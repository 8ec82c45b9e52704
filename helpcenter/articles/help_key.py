"""Places in the product and the articles they lead to, each under a key that the product links to.

A key is never deleted, because a product that was shipped keeps linking to it; it is only pointed elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.articles.article import Article
from helpcenter.core import clock
from helpcenter.core.db import Model, db, upsert
from helpcenter.journeys.channel import IN_PRODUCT
from helpcenter.journeys.event import EVENT

LONGEST_KEY = 40
MISSED_WITHIN = timedelta(days=28)
MOST_MISSED = 50
MOST_SEARCHES = 20_000
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")


class HelpKey(Model):
    __tablename__ = "help_key"
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime]


@dataclass(frozen=True)
class Missed:
    """A key that the product links to and that leads to nothing one can read; how many people came by it in 28 days."""

    key: str
    people: int


def is_key(text: str) -> bool:
    """Whether this can be a key: small letters, digits, hyphens and underscores, at most 40, a letter first."""
    return _KEY.fullmatch(text) is not None


def article_of(key: str) -> int | None:
    """The article a key leads to; None for a key that nobody mapped."""
    return db.session.scalar(select(HelpKey.article_id).where(HelpKey.key == key)) if is_key(key) else None


def leads_to(key: str, article_id: int) -> bool:
    """Whether a key leads there: it is pointed at the article, or at one that this replaced."""
    if not is_key(key):
        return False
    pointed = select(Article.id, Article.successor_id).join(HelpKey, HelpKey.article_id == Article.id)
    row = db.session.execute(pointed.where(HelpKey.key == key)).one_or_none()
    return row is not None and article_id in row


def point(key: str, article_id: int, *, by: int | None) -> None:
    """Let a key lead to an article, also one that led elsewhere. After begin_write(). Raises ValueError for no key."""
    if not is_key(key):
        raise ValueError(f"{key!r} is no help key")
    values = {"article_id": article_id, "changed_by": by, "changed_at": clock.now()}
    row = upsert(HelpKey).values(key=key, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=["key"], set_=values))


def mapped() -> Sequence[HelpKey]:
    """Every key, in the order of the alphabet."""
    return db.session.scalars(select(HelpKey).order_by(HelpKey.key)).all()


def missed() -> list[Missed]:
    """Keys that led people to the search instead, the most wanted first; those pointed somewhere since are left out."""
    recent = (
        select(EVENT.c.detail, EVENT.c.visitor_id, EVENT.c.occurred_at)
        .where(EVENT.c.kind == "searched", EVENT.c.channel == IN_PRODUCT)
        .where(EVENT.c.occurred_at > clock.now() - MISSED_WITHIN, EVENT.c.excluded_reason.is_(None))
        .order_by(EVENT.c.occurred_at.desc())
        .limit(MOST_SEARCHES)
    )
    pointed_at = {row.key: row.changed_at for row in mapped()}
    people: dict[str, set[str | None]] = {}
    for detail, visitor_id, at in db.session.execute(recent):
        key = detail.get("help")
        if key and (key not in pointed_at or at > pointed_at[key]):
            people.setdefault(key, set()).add(visitor_id)
    found = [Missed(key, len(who)) for key, who in people.items()]
    return sorted(found, key=lambda one: (-one.people, one.key))[:MOST_MISSED]


def exists(article_id: int) -> bool:
    """Whether there is such an article."""
    return bool(db.session.scalar(select(func.count()).where(Article.id == article_id)))
