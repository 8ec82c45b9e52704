"""What hangs on one topic or section, as the page shows it on which editors arrange it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from helpcenter.articles import order
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.core import site
from helpcenter.core.db import db

MOST_ROWS = 200
"""On one page; nobody drags past more than that."""


@dataclass(frozen=True)
class Row:
    """An article in its place, which counts from 1. `is_read`: readers see it in some language."""

    article_id: int
    title: str
    language: str
    audience: str
    is_read: bool
    place: int


@dataclass(frozen=True)
class Rows:
    """The rows of one page, of `count` in all; `start` is the number of those before it."""

    rows: Sequence[Row]
    count: int
    start: int

    @property
    def next_start(self) -> int | None:
        """Where the next page begins, if there is one."""
        after = self.start + len(self.rows)
        return after if after < self.count else None


def rows_of(topic_id: int, locale: str, start: int = 0) -> Rows:
    """A page of the articles of a topic, in the readers' order, named in this language where they have it."""
    ids = order.shown_on(topic_id)
    start = start if start < len(ids) else 0
    wanted = ids[start : start + MOST_ROWS]
    audiences = dict(db.session.execute(select(Article.id, Article.audience).where(Article.id.in_(wanted))).all())
    best, read = _editions(wanted, locale)
    rows = [
        Row(one, best[one].title, best[one].locale, audiences[one], one in read, place)
        for place, one in enumerate(wanted, start=start + 1)
    ]
    return Rows(rows, len(ids), start)


def _editions(article_ids: Sequence[int], locale: str) -> tuple[dict[int, Edition], set[int]]:
    """The edition that names each, and which of them readers see."""
    turn = {code: at for at, code in enumerate((locale, *(c for c in site.current().locales if c != locale)))}
    found = db.session.scalars(
        select(Edition).where(Edition.article_id.in_(article_ids), Edition.status != Status.ARCHIVED)
    ).all()
    best: dict[int, Edition] = {}
    for one in sorted(found, key=lambda one: (turn.get(one.locale, len(turn)), one.id)):
        best.setdefault(one.article_id, one)
    return best, {one.article_id for one in found if one.is_published}
