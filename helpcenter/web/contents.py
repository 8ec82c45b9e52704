"""The table of contents: every topic with what it holds, best first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.visibility import Listed, listed, url
from helpcenter.feedback.tally import yes_votes
from helpcenter.topics.subject import address
from helpcenter.topics.tree import tree
from helpcenter.web.navigation import Link

BEST = 3
POPULAR = 6


@dataclass(frozen=True)
class Entry:
    """A root topic: how many articles it holds and its three best titles."""

    title: str
    url: str
    count: int
    best: Sequence[Link]


def contents(locale: str, viewer: Viewer) -> list[Entry]:
    """Every root topic that holds an article this viewer may read. Best means: helped most people."""
    by_root: dict[int, list[Listed]] = defaultdict(list)
    for row in listed(viewer, locale):
        by_root[tree().root_of(row.topic_id) or row.topic_id].append(row)
    helped = yes_votes("article")
    entries = []
    for node in tree().roots(viewer):
        rows = by_root.get(node.id, [])
        if rows:
            best = sorted(rows, key=lambda row: (-helped.get(row.article_id, 0), row.position, row.article_id))
            links = [Link(row.title, url(row, locale)) for row in best[:BEST]]
            entries.append(Entry(node.text(locale).title, address(node, locale), len(rows), links))
    return entries


def popular(locale: str, viewer: Viewer, most: int = POPULAR) -> list[Link]:
    """The articles that helped most people; none before anybody said so."""
    helped = yes_votes("article")
    first = sorted(helped, key=lambda article_id: (-helped[article_id], article_id))[: most * 2]
    rows = {row.article_id: row for row in listed(viewer, locale, article_ids=first)} if first else {}
    return [Link(rows[one].title, url(rows[one], locale)) for one in first if one in rows][:most]
