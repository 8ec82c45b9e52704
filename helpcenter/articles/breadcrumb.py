"""Where an article stands: its root topic and section, as links."""

from __future__ import annotations

from dataclasses import dataclass

from helpcenter.topics.subject import address
from helpcenter.topics.tree import tree


@dataclass(frozen=True)
class Step:
    """A topic on the way to a page."""

    title: str
    url: str


def breadcrumb(topic_id: int, locale: str) -> list[Step]:
    """The topics above an article, the root first."""
    return [Step(node.text(locale).title, address(node, locale)) for node in tree().path(topic_id)]
