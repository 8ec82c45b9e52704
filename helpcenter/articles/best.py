"""Of each root topic how many articles a viewer may read, and which of them stand first in a table of contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Select, exists, func, select

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles import visibility
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.core.db import db
from helpcenter.feedback.helped import helped_rows
from helpcenter.topics.audience import seen_by
from helpcenter.topics.topic import Topic


@dataclass(frozen=True)
class Shelf:
    """A root topic: how many articles stand on it and its sections, and the ids of the first, the best before."""

    count: int
    best: Sequence[int]


def shelves(viewer: Viewer, most: int) -> dict[int, Shelf]:
    """By root topic, those that hold something. Best means: helped most people. One query, which sorts on its side."""
    rows = db.session.execute(_ranked(viewer, most)).all()
    found: dict[int, Shelf] = {}
    for root_id, some in groupby(rows, key=lambda row: int(row.root_id)):
        first = list(some)
        found[root_id] = Shelf(first[0].held, [row.id for row in first])
    return found


def _ranked(viewer: Viewer, most: int) -> Select[Any]:
    times = helped_rows("article").subquery("helped")
    root = func.coalesce(Topic.parent_id, Topic.id)
    order = (func.coalesce(times.c.total, 0).desc(), Article.position, Article.id)
    rows = (
        select(
            Article.id,
            root.label("root_id"),
            func.count().over(partition_by=root).label("held"),
            func.row_number().over(partition_by=root, order_by=order).label("place"),
        )
        .join(Topic, Topic.id == Article.topic_id)
        .outerjoin(times, times.c.subject_id == Article.id)
        .where(
            visibility.is_open(seen_by(viewer)),
            exists().where(Edition.article_id == Article.id, Edition.status == Status.PUBLISHED),
        )
        .subquery("ranked")
    )
    first = select(rows.c.id, rows.c.root_id, rows.c.held).where(rows.c.place <= most)
    return first.order_by(rows.c.root_id, rows.c.place)
