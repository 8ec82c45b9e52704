"""Addresses that once led to a topic, such as those of an earlier help center: each leads to it in one step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Model, db, upsert

LONGEST_PATH = 500
_WORDS = re.compile(r"(/(?:sections?|categor(?:y|ies)|collections?)/\w+)-[^/]*$")


class TopicOldAddress(Model):
    """A path from the root, and the topic or section that it leads to."""

    __tablename__ = "topic_old_address"
    path: Mapped[str] = mapped_column(String(LONGEST_PATH), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), index=True)


def numbered(path: str) -> str:
    """The address of a section in another help center without its words, which may have changed there."""
    return _WORDS.sub(r"\1", path)


def keep(leads: Mapping[str, int]) -> None:
    """Have paths lead to topics, by their numbers, from now on. To be called after begin_write()."""
    for path, topic_id in sorted(leads.items()):
        if len(path) <= LONGEST_PATH:
            row = upsert(TopicOldAddress).values(path=path, topic_id=topic_id)
            db.session.execute(row.on_conflict_do_update(index_elements=["path"], set_={"topic_id": topic_id}))


def topic_at(paths: Iterable[str]) -> int | None:
    """The topic that the first of these paths led to, of those that led to one."""
    tried = list(paths)
    rows = select(TopicOldAddress.path, TopicOldAddress.topic_id).where(TopicOldAddress.path.in_(tried))
    known = {row.path: row.topic_id for row in db.session.execute(rows)}
    return next((known[path] for path in tried if path in known), None)


def move(from_id: int, to_id: int) -> None:
    """What led to one topic leads to another. To be called after begin_write()."""
    moved = update(TopicOldAddress).where(TopicOldAddress.topic_id == from_id).values(topic_id=to_id)
    db.session.execute(moved, execution_options={"synchronize_session": False})
