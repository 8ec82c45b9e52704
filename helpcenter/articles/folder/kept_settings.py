"""What front matter says about an article as a whole, when each of its languages has a file that may say it.

The widest audience would show more than one of the files allows, so the narrowest counts. Order and review come from
the site's first language that has a file; old addresses of all languages lead here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select

from helpcenter.articles.article import Article, OldAddress
from helpcenter.articles.edition import Edition
from helpcenter.articles.folder.front_matter import LAST_PLACE
from helpcenter.articles.folder.record import FolderFile
from helpcenter.core import site
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import db
from helpcenter.search import outbox
from helpcenter.topics.audience import Audience, narrowest


@dataclass(frozen=True)
class Settings:
    """The files of an article, taken together."""

    audience: str
    order: int | None
    review_every_days: int | None
    redirect_from: frozenset[str]
    topic: str = ""


def merged(by_locale: Mapping[str, Mapping[str, Any]]) -> Settings:
    """One article's settings from those of its files by language."""
    order = [code for code in site.current().locales if code in by_locale]
    leading = [by_locale[code] for code in (*order, *sorted(set(by_locale) - set(order)))]
    return Settings(
        audience=narrowest(*(one.get("audience", Audience.EVERYONE) for one in leading)),
        order=next((one["order"] for one in leading if one.get("order")), None),
        review_every_days=next((one["review_every_days"] for one in leading if one.get("review_every_days")), None),
        redirect_from=frozenset(path for one in leading for path in one.get("redirect_from", ())),
        topic=next((one["topic"] for one in leading if one.get("topic")), ""),
    )


def of(article_ids: Iterable[int]) -> dict[int, Settings]:
    """What the known files say about each of these articles, in the order in which the files came to be known.

    Nothing for an article without files. Of two that want one address or the next place, the first gets it.
    """
    found: dict[int, dict[str, dict[str, Any]]] = {}
    rows = db.session.execute(
        select(Edition.article_id, FolderFile.locale, FolderFile.settings)
        .join(Edition, Edition.id == FolderFile.edition_id)
        .where(Edition.article_id.in_(list(article_ids)))
        .order_by(FolderFile.id)
    )
    for article_id, locale, settings in rows:
        found.setdefault(article_id, {})[locale] = settings
    return {article_id: merged(by_locale) for article_id, by_locale in found.items()}


def apply(article: Article, before: Settings | None, after: Settings, positions: Positions) -> list[str]:
    """Change what the files say differently than before, so that what was changed on the web stays; but for the topic.

    `before` is None for a new article. Returns the old addresses that lead to another article and stayed there. To be
    called after begin_write().
    """
    if before == after:
        return []
    if before is None or before.audience != after.audience:
        article.audience = after.audience
    if before is None or before.order != after.order:
        article.position = after.order or positions.next(article.topic_id)
    if before is None or before.review_every_days != after.review_every_days:
        article.review_every_days = after.review_every_days
    if before is not None:
        outbox.note("article", article.id)
        content_changed()
    old = before.redirect_from if before else frozenset()
    return _redirect(article, after.redirect_from, old) if after.redirect_from | old else []


class Positions:
    """The next free position of each topic; articles without an order of their own come after all that have one."""

    def __init__(self) -> None:
        self._last: dict[int, int] = {}

    def next(self, topic_id: int) -> int:
        """A position behind every other article of the topic."""
        if topic_id not in self._last:
            last = db.session.scalar(select(func.max(Article.position)).where(Article.topic_id == topic_id))
            self._last[topic_id] = max(last or 0, LAST_PLACE)
        self._last[topic_id] += 1
        return self._last[topic_id]


def _redirect(article: Article, wanted: frozenset[str], before: frozenset[str]) -> list[str]:
    gone = OldAddress.article_id == article.id, OldAddress.path.in_(before - wanted)
    db.session.execute(delete(OldAddress).where(*gone))
    rows = select(OldAddress.path, OldAddress.article_id).where(OldAddress.path.in_(wanted))
    taken = dict(db.session.execute(rows).all())
    db.session.add_all(OldAddress(path=path, article_id=article.id) for path in sorted(wanted - taken.keys()))
    db.session.flush()
    return sorted(path for path, article_id in taken.items() if article_id != article.id)
