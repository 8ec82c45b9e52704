"""What others may ask about topics: their pages, for the sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import subjects
from helpcenter.topics.tree import Node, tree

KIND = "topic"


def address(node: Node, locale: str) -> str:
    """The address of a topic in a language."""
    return f"/{locale}/topics/{node.id}-{node.text(locale).slug}"


def page_address(topic_id: int, locale: str) -> str:
    """Where one reads it: a section stands on the page of its topic."""
    node = tree().nodes[topic_id]
    return f"{url(node.parent_id, locale)}#section-{node.id}" if node.parent_id else address(node, locale)


def url(topic_id: int, locale: str) -> str:
    """The address of a topic by its id."""
    return address(tree().nodes[topic_id], locale)


def titles(topic_ids: Sequence[int], locale: str) -> Mapping[int, str]:
    """Titles of the topics that exist."""
    nodes = tree().nodes
    return {one: nodes[one].text(locale).title for one in topic_ids if one in nodes}


def visible(topic_ids: Iterable[int], viewer: Viewer, _locale: str) -> set[int]:
    """Which of these the viewer may see."""
    return set(topic_ids) & tree().visible_ids(viewer)


SUBJECT = subjects.Subject(url=url, titles=titles, visible=visible)
