"""Arranging the tree: order among siblings, moving below another topic, deleting what is given a new home first."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from helpcenter.core import ordering, subjects
from helpcenter.core.db import db
from helpcenter.topics import old_address
from helpcenter.topics.audience import Audience
from helpcenter.topics.topic import Topic, remove, topics_changed


class NotPossible(ValueError):
    """The tree would break: a third level, two topics of one key, or content without a topic."""


def siblings(topic: Topic) -> Sequence[Topic]:
    """The topics that stand in one list with it, itself among them, in order."""
    rows = select(Topic).where(Topic.parent_key == topic.parent_key).order_by(Topic.position, Topic.id)
    return db.session.scalars(rows).all()


def has_sections(topic: Topic) -> bool:
    """Whether anything stands below it."""
    return db.session.scalar(select(Topic.id).where(Topic.parent_id == topic.id).limit(1)) is not None


def is_taken(key: str, parent_id: int | None, *, by_other_than: int | None = None) -> bool:
    """Whether a topic of this key stands below the parent already."""
    rows = select(Topic.id).where(
        Topic.key == key, Topic.parent_key == (parent_id or 0), Topic.id != (by_other_than or 0)
    )
    return db.session.scalar(rows) is not None


def shift(topic: Topic, steps: int) -> None:
    """Move it up (negative) or down among its siblings; past an end it stays. To be called after begin_write()."""
    arrange(topic, ordering.stepped([row.id for row in siblings(topic)], topic.id, steps))


def arrange(topic: Topic, wanted: Sequence[int]) -> None:
    """Put it and its siblings into the order in which their ids are named. To be called after begin_write().

    A sibling that is not named keeps its place; an id that is none of theirs counts for nothing.
    """
    rows = {row.id: row for row in _locked_siblings(topic)}
    for position, topic_id in enumerate(ordering.in_order(list(rows), wanted), start=1):
        rows[topic_id].position = position
    topics_changed()


def _locked_siblings(topic: Topic) -> Sequence[Topic]:
    """Two editors who arrange one list do it one after the other; by id, so that neither waits for the other."""
    ids = select(Topic.id).where(Topic.parent_key == topic.parent_key).order_by(Topic.id)
    db.session.execute(ids.with_for_update())
    db.session.expire_all()
    return siblings(topic)


def put_below(topic: Topic, parent_id: int | None) -> None:
    """Make it a section of a root topic, or with None a root. To be called after begin_write(). Raises NotPossible."""
    if parent_id == topic.parent_id:
        return
    if parent_id is not None:
        parent = db.session.get(Topic, parent_id)
        if parent is None or parent.parent_id is not None or parent.id == topic.id or has_sections(topic):
            raise NotPossible("a section can not hold sections")
    if is_taken(topic.key, parent_id, by_other_than=topic.id):
        raise NotPossible("a topic of this key stands there already")
    last = db.session.scalar(select(func.max(Topic.position)).where(Topic.parent_key == (parent_id or 0)))
    was = _root_audience(topic.parent_id)
    topic.parent_id, topic.parent_key, topic.position = parent_id, parent_id or 0, (last or 0) + 1
    if _root_audience(parent_id) != was:
        _tell(topic)
    topics_changed()


def open_to(topic: Topic, audience: str) -> None:
    """Say who may see it, and what hangs on it and on its sections. To be called after begin_write()."""
    if audience == topic.audience:
        return
    topic.audience = audience
    _tell(topic)
    topics_changed()


def _root_audience(root_id: int | None) -> str:
    return db.session.get_one(Topic, root_id).audience if root_id else Audience.EVERYONE


def _tell(topic: Topic) -> None:
    """Have everything on it looked at again by whoever keeps a note of who may see it, such as search."""
    db.session.flush()
    sections = db.session.scalars(select(Topic.id).where(Topic.parent_id == topic.id))
    ids = [topic.id, *sections]
    for _kind, subject in subjects.kinds():
        subject.audience_changed(ids)


def delete(topic: Topic, into_id: int | None) -> int:
    """Delete a topic after everything on it moved to another; how many things moved. To be called after begin_write().

    Raises NotPossible while it has sections, and when the other topic does not exist or is the same.
    A topic that still holds something is refused by its foreign keys at the next flush.
    """
    if has_sections(topic):
        raise NotPossible("it has sections")
    if into_id is not None and (into_id == topic.id or db.session.get(Topic, into_id) is None):
        raise NotPossible("there is no such topic to move to")
    moved = 0
    if into_id is not None:
        old_address.move(topic.id, into_id)
        moved = sum(subject.move_topic(topic.id, into_id) for _kind, subject in subjects.kinds())
    remove(topic)
    return moved
