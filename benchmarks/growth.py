"""Whether a page costs more where there is more: the same article on a site of a hundred, and on a far larger one.

The large sites are copies of the small one, filled by plain statements. Questions grow in community.py.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert, select

from benchmarks import journeys, site
from benchmarks.comparison import cold
from benchmarks.server import Server, serving
from benchmarks.table import Row
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition
from helpcenter.articles.publication import Publication
from helpcenter.articles.rendering import Rendering
from helpcenter.articles.revision import Revision
from helpcenter.core.db import begin_write, db
from helpcenter.topics.topic import Topic, TopicText

SMALL = 100
HOME = "/en/"
MOST = 1.5
ROWS_AT_ONCE = 500
STRIDE = 10 * SMALL
"""By how much the numbers of one copy differ from those of the one before; larger than any in the small site."""
COPIED: tuple[tuple[type[Any], tuple[str, ...]], ...] = (
    (Topic, ("id",)),
    (TopicText, ("topic_id",)),
    (Article, ("id", "topic_id")),
    (Edition, ("id", "article_id", "published_revision_id", "latest_revision_id")),
    (Revision, ("id", "edition_id")),
    (Rendering, ("revision_id",)),
    (Publication, ("id", "edition_id", "revision_id")),
)
"""What an article consists of, each table after those it points to, and which columns are numbers of rows."""


def rows(bare: Server, articles: int, events: int, rounds: int) -> list[Row]:
    """An article, cold, with so many articles and with so many events, beside the same with a hundred and with none.

    And the contents page, which tells how many articles stand where.
    """

    def more_articles(_: site.Site) -> None:
        copy_articles(articles // SMALL - 1)

    def more_events(_: site.Site) -> None:
        journeys.add(events, 365)

    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        small = site.make(Path(folder) / "small", SMALL)
        with serving("helpcenter.wsgi:app", small.environment) as few:
            for name, count, fill in (("articles", articles, more_articles), ("events", events, more_events)):
                large = site.make(Path(folder) / name, SMALL)
                found += _grown(f"{count:,} {name}", bare, few, small, large, fill, rounds)
    return found


def _grown(
    name: str,
    bare: Server,
    few: Server,
    small: site.Site,
    large: site.Site,
    fill: Callable[[site.Site], None],
    rounds: int,
) -> list[Row]:
    with large.app.app_context():
        fill(large)
    with serving("helpcenter.wsgi:app", large.environment) as many:
        ratios = [cold(bare, many, large) / cold(bare, few, small) for _ in range(rounds)]
        homes = [replace(one, address=HOME) for one in (small, large)]
        of_home = [cold(bare, many, homes[1]) / cold(bare, few, homes[0]) for _ in range(rounds)]
    more = large.queries() - small.queries()
    return [
        Row(f"growth to {name}: processor of an article, cold", ratios, at_most=MOST),
        Row(f"growth to {name}: more queries", [more], "", at_most=0, is_timed=False),
        Row(f"growth to {name}: processor of the contents page, cold", of_home, at_most=MOST),
    ]


def copy_articles(times: int) -> None:
    """Put every topic with its articles in so many times more, under new numbers and keys."""
    for model, numbers in COPIED:
        table: Table = model.__table__
        originals = [dict(row) for row in db.session.execute(select(table)).mappings()]
        db.session.rollback()
        _write(table, (_copied(row, numbers, copy) for copy in range(1, times + 1) for row in originals))


def _copied(row: dict[str, Any], numbers: tuple[str, ...], copy: int) -> dict[str, Any]:
    changed = {number: row[number] + copy * STRIDE for number in numbers}
    if "key" in row:
        changed["key"] = f"{row['key']}-{copy}"
    return {**row, **changed}


def _write(table: Table, rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, ROWS_AT_ONCE)):
        begin_write(survives_power_cut=False)
        db.session.execute(insert(table), some)
        db.session.commit()
