"""What a monitor reads about the search index."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask

from helpcenter.core.metrics.background import seconds_since
from helpcenter.core.metrics.gauge import Gauge, Value, read_with
from helpcenter.search import outbox
from helpcenter.search.state import state

GAUGES = (
    Gauge("search_documents", "Documents in the search index, one for each language of what can be found."),
    Gauge("search_changes_waiting", "Changes that the search index does not show yet."),
    Gauge("search_oldest_change_seconds", "How long the oldest of them has waited; 0 for none."),
    Gauge("search_index_damaged", "1 while the index has to be rebuilt and search finds titles only, else 0."),
)


def _read() -> Sequence[Value]:
    now = state()
    return now.health.documents, now.waiting, seconds_since(outbox.waiting().oldest_at), float(now.is_damaged)


def register(app: Flask) -> None:
    """Have them read."""
    read_with(app, GAUGES, _read)
