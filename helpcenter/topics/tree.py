"""The whole tree as values: read by one query, kept until a topic changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from sqlalchemy import Table, bindparam, select

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import site
from helpcenter.core.content_version import kept_part
from helpcenter.core.db import db
from helpcenter.topics.audience import Audience, narrowest, seen_by
from helpcenter.topics.topic import PART, Topic, TopicText


@dataclass(frozen=True)
class TopicTitle:
    """A topic's words in one language."""

    title: str
    slug: str
    description: str


@dataclass(frozen=True)
class Node:
    """A topic with its words in every language it has. `audience` is the narrowest of its own and its root's."""

    id: int
    parent_id: int | None
    key: str
    position: int
    audience: Audience
    texts: Mapping[str, TopicTitle]

    @property
    def root_id(self) -> int:
        """The root topic it belongs to; itself when it is one."""
        return self.parent_id or self.id

    def text(self, locale: str) -> TopicTitle:
        """Its words in this language, else in the site's, else in any, else its key."""
        for code in (locale, site.current().default_locale, *self.texts):
            if code in self.texts:
                return self.texts[code]
        return TopicTitle(self.key.replace("-", " ").capitalize(), self.key, "")


@dataclass(frozen=True)
class Tree:
    """Every topic by id, and the order readers see them in."""

    nodes: Mapping[int, Node]

    @cached_property
    def _below(self) -> Mapping[int | None, list[Node]]:
        below: dict[int | None, list[Node]] = {}
        for node in sorted(self.nodes.values(), key=lambda node: (node.position, node.id)):
            below.setdefault(node.parent_id, []).append(node)
        return below

    def roots(self, viewer: Viewer) -> list[Node]:
        """The root topics this viewer may see, in order."""
        return self._visible(None, viewer)

    def sections(self, root_id: int, viewer: Viewer) -> list[Node]:
        """The sections of a root topic that this viewer may see, in order."""
        return self._visible(root_id, viewer)

    def visible_ids(self, viewer: Viewer) -> frozenset[int]:
        """The ids of every topic this viewer may see."""
        audiences = seen_by(viewer)
        return frozenset(node.id for node in self.nodes.values() if node.audience in audiences)

    def root_of(self, topic_id: int | None) -> int | None:
        """The root of a topic; None for an unknown one."""
        node = self.nodes.get(topic_id or 0)
        return node.root_id if node else None

    def path(self, topic_id: int) -> list[Node]:
        """The root and, below it, the section: at most two nodes."""
        node = self.nodes[topic_id]
        return [self.nodes[node.parent_id], node] if node.parent_id else [node]

    def _visible(self, parent_id: int | None, viewer: Viewer) -> list[Node]:
        audiences = seen_by(viewer)
        return [node for node in self._below.get(parent_id, ()) if node.audience in audiences]


def tree() -> Tree:
    """The tree as it stands, also in the middle of changing it."""
    return kept_part(PART, _read)


_TOPIC, _TEXT = (cast(Table, model.__table__) for model in (Topic, TopicText))
_NOW = PART.now()
# Where nothing changed since the tree was kept, the number alone.
_ROWS = (
    select(
        _NOW.c.number,
        _TOPIC.c.id,
        _TOPIC.c.parent_id,
        _TOPIC.c.key,
        _TOPIC.c.position,
        _TOPIC.c.audience,
        _TEXT.c.locale,
        _TEXT.c.title,
        _TEXT.c.slug,
        _TEXT.c.description,
    )
    .select_from(
        _NOW.outerjoin(_TOPIC, _NOW.c.number != bindparam("kept")).outerjoin(_TEXT, _TEXT.c.topic_id == _TOPIC.c.id)
    )
    .order_by(_TOPIC.c.parent_key)
)


def _read(kept: int) -> tuple[int, Tree | None]:
    rows = db.session.execute(_ROWS, {"kept": kept}).all()
    number = rows[0].number
    return number, None if number == kept else _of_rows([row for row in rows if row.id is not None])


def _of_rows(rows: Sequence[Any]) -> Tree:
    texts: dict[int, dict[str, TopicTitle]] = {row.id: {} for row in rows}
    for row in rows:
        if row.locale is not None:
            texts[row.id][row.locale] = TopicTitle(row.title, row.slug, row.description)
    own = {row.id: row.audience for row in rows}
    return Tree(
        {
            row.id: Node(
                row.id,
                row.parent_id,
                row.key,
                row.position,
                narrowest(row.audience, own.get(row.parent_id, Audience.EVERYONE)),
                texts[row.id],
            )
            for row in rows
        }
    )
