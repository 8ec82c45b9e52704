"""What stands around an article: the one before, the one after, those of the same kin."""

from __future__ import annotations

from dataclasses import dataclass

from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.visibility import Listed, Reading, listed
from helpcenter.topics.tree import tree

MOST_RELATED = 4


@dataclass(frozen=True)
class Neighbours:
    """The reading order of the topic around an article."""

    previous: Listed | None
    next: Listed | None
    related: list[Listed]


def neighbours(reading: Reading, locale: str, viewer: Viewer) -> Neighbours:
    """Before and after within the root topic, section by section; related are the nearest of the others."""
    root = tree().root_of(reading.topic_id) or reading.topic_id
    ids = [root, *(node.id for node in tree().sections(root, viewer))]
    rows = listed(viewer, locale, topic_ids=ids)
    rows.sort(key=lambda row: (ids.index(row.topic_id), row.position, row.article_id))
    place = next((i for i, row in enumerate(rows) if row.article_id == reading.article_id), None)
    if place is None:
        return Neighbours(None, None, [])
    before = rows[place - 1] if place else None
    after = rows[place + 1] if place + 1 < len(rows) else None
    others = [(abs(i - place), row) for i, row in enumerate(rows) if abs(i - place) > 1]
    same_first = sorted(others, key=lambda pair: (pair[1].topic_id != reading.topic_id, pair[0]))
    return Neighbours(before, after, [row for _, row in same_first[:MOST_RELATED]])
