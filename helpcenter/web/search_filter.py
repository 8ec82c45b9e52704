"""The filters beside the results: by topic and by kind, each choice with what it would find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from helpcenter.accounts.viewer import Viewer
from helpcenter.search.engine import Facets
from helpcenter.topics.tree import tree
from helpcenter.web.search_address import Asked


@dataclass(frozen=True)
class Option:
    """A choice of a filter; `count` is None where no counts may be shown."""

    label: str
    count: int | None
    url: str
    selected: bool


@dataclass(frozen=True)
class Filter:
    """A filter and its choices, the first of which is all."""

    name: str
    label: str
    options: Sequence[Option]

    @property
    def is_active(self) -> bool:
        """Whether something other than "all" is chosen."""
        return any(option.selected for option in self.options[1:])


def filters(asked: Asked, facets: Facets | None, viewer: Viewer) -> list[Filter]:
    """The filters that have a choice to offer. Without facets nothing is counted."""
    everything = _("All")
    topics = [Option(everything, None, asked.url(topic=None), asked.topic is None), *_topics(asked, facets, viewer)]
    kinds = [Option(everything, None, asked.url(kind=""), not asked.kind), *_kinds(asked, facets)]
    found = [Filter("topic", _("Topic"), topics), Filter("kind", _("Kind"), kinds)]
    return [one for one in found if len(one.options) > 2 or one.is_active]


def kind_name(kind: str) -> str:
    """What readers call a kind."""
    names: dict[str, str] = {"article": _("Article"), "question": _("Question")}
    return names.get(kind, kind)


def _topics(asked: Asked, facets: Facets | None, viewer: Viewer) -> list[Option]:
    by_root: dict[int, int] = {}
    for topic_id, count in (facets.topics if facets else {}).items():
        root = tree().root_of(topic_id)
        if root is not None:
            by_root[root] = by_root.get(root, 0) + count
    return [
        Option(
            node.text(asked.locale).title,
            by_root.get(node.id) if facets else None,
            asked.url(topic=node.id),
            asked.topic == node.id,
        )
        for node in tree().roots(viewer)
        if node.id in by_root or node.id == asked.topic
    ]


def _kinds(asked: Asked, facets: Facets | None) -> list[Option]:
    counts = dict(facets.kinds) if facets else {}
    if asked.kind:
        # A choice that finds nothing stays in sight, or there would be no way back from it.
        counts.setdefault(asked.kind, 0)
    return [
        Option(kind_name(kind), count if facets else None, asked.url(kind=kind), asked.kind == kind)
        for kind, count in counts.items()
    ]
