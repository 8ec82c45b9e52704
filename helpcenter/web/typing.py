"""What is offered while somebody types: the best eight, each with the passage that may already answer."""

from __future__ import annotations

from typing import Any

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import subjects
from helpcenter.journeys import page_token
from helpcenter.search import finding
from helpcenter.search.engine import Hit
from helpcenter.topics.tree import tree

SHORTEST = 2
MOST = 8


def suggested(text: str, locale: str, viewer: Viewer) -> list[dict[str, Any]]:
    """The rows of the search surface for an unfinished text, ready for JSON."""
    hits = finding.suggest(text, locale, viewer, limit=MOST)
    addresses = subjects.addresses((hit.kind, hit.id, hit.locale) for hit in hits)
    return [_row(hit, locale, addresses[hit.kind, hit.id, hit.locale]) for hit in hits]


def _row(hit: Hit, locale: str, address: str) -> dict[str, Any]:
    node = tree().nodes.get(hit.topic_id or 0)
    root = tree().root_of(hit.topic_id)
    return {
        "kind": hit.kind,
        "title": hit.title,
        "url": address,
        "topic": node.text(locale).title if node else "",
        "solved": hit.solved,
        "passage_parts": [[part.text, part.is_marked] for part in hit.passage],
        # A passage that was read long enough counts as read, as the whole page would.
        "token": page_token.make(hit.kind, hit.id, None, hit.locale, root, ("read",)),
    }
