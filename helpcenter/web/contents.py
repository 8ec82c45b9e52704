"""The table of contents: every topic with what it holds, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.best import shelves
from helpcenter.articles.visibility import Listed, listed, url
from helpcenter.core import subjects
from helpcenter.feedback.helped import helped
from helpcenter.search.engine import Hit
from helpcenter.topics.subject import address
from helpcenter.topics.tree import tree
from helpcenter.web.navigation import Link

BEST = 3
POPULAR = 6
MOST_COMPARED = 200


@dataclass(frozen=True)
class Entry:
    """A root topic: how many articles it holds and its three best titles."""

    title: str
    url: str
    count: int
    best: Sequence[Link]


def contents(locale: str, viewer: Viewer) -> list[Entry]:
    """Every root topic that holds an article this viewer may read. Best means: helped most people."""
    found = shelves(viewer, BEST)
    shown = [article_id for shelf in found.values() for article_id in shelf.best]
    rows = {row.article_id: row for row in listed(viewer, locale, article_ids=shown)}
    entries = []
    for node in tree().roots(viewer):
        if node.id in found:
            shelf = found[node.id]
            links = [link_to(rows[article_id], locale) for article_id in shelf.best if article_id in rows]
            entries.append(Entry(node.text(locale).title, address(node, locale), shelf.count, links))
    return entries


def popular(locale: str, viewer: Viewer, *, root_id: int | None = None, most: int = POPULAR) -> list[Link]:
    """The articles that helped most people, of one root topic or of all; none before anybody said so.

    Out of the two hundred that helped most, so that the list costs the same on a site of any size.
    """
    times = helped("article", most=MOST_COMPARED)
    rows = [row for row in listed(viewer, locale, article_ids=times) if root_id in (None, tree().root_of(row.topic_id))]
    rows.sort(key=lambda row: (-times[row.article_id], row.article_id))
    return [link_to(row, locale) for row in rows[:most]]


def link_to(row: Listed, locale: str) -> Link:
    """An article as a title in a list on a page in this language."""
    return Link(row.title, url(row, locale), lang=row.locale if row.locale != locale else None)


def links_to_hits(hits: Sequence[Hit], locale: str) -> list[Link]:
    """What search found as titles in a list on a page in this language. One query for each kind and language."""
    urls = subjects.addresses((*hit.subject, hit.locale) for hit in hits)
    return [
        Link(hit.title, urls[*hit.subject, hit.locale], lang=hit.locale if hit.locale != locale else None)
        for hit in hits
    ]
