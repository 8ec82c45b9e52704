"""Where documents belong: all that decides who may see them, and what a filter narrows to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from helpcenter.search.engine import Facets
from helpcenter.search.query import Query


class Place(NamedTuple):
    """Many documents share one, and it is judged once. `topic_id` None: in no topic."""

    kind: str
    locale: str
    topic_id: int | None
    audience: str

    def is_seen_by(self, query: Query) -> bool:
        """Whether the viewer of the query may see what is there, in any language and before filters."""
        return self.audience in query.audience and (self.topic_id is None or self.topic_id in query.visible_topics)

    def passes(self, query: Query) -> bool:
        """Whether what is there may be on the page: visible, in the language of the query, not filtered out."""
        return self.is_let_through(query) and self.is_seen_by(query)

    def is_let_through(self, query: Query) -> bool:
        """Whether the language and the filters of the query let it pass."""
        return self.locale == query.locale and self.is_of_kind(query) and self.is_in_topic(query)

    def is_of_kind(self, query: Query) -> bool:
        """Whether the chosen kinds let it pass."""
        return not query.kinds or self.kind in query.kinds

    def is_in_topic(self, query: Query) -> bool:
        """Whether the chosen topics let it pass."""
        return not query.topics or self.topic_id in query.topics


def counted(found: Mapping[Place, int], query: Query) -> tuple[int, Facets]:
    """How many of the found pass the filters, and how many each other filter would let pass.

    `found` has the number of documents at each place the viewer may see, in any language.
    """
    kinds: Counter[str] = Counter()
    topics: Counter[int | None] = Counter()
    locales: Counter[str] = Counter({query.locale: 0})
    total = 0
    for place, count in found.items():
        is_of_kind, is_in_topic = place.is_of_kind(query), place.is_in_topic(query)
        if place.locale != query.locale:
            locales[place.locale] += count * is_of_kind
            continue
        kinds[place.kind] += count * is_in_topic
        topics[place.topic_id] += count * is_of_kind
        total += count * (is_of_kind and is_in_topic)
    locales[query.locale] = total
    return total, Facets(dict(+kinds), dict(+topics), dict(+locales))
