"""A topic: a root, or a section of one. Articles, questions and conversations hang on it."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.content_version import Part, content_changed
from helpcenter.core.db import Model, db
from helpcenter.core.text import slug_of
from helpcenter.topics.audience import Audience

PART = Part(2, "topics")
"""All of them are kept together. Whoever changes one says so to topics_changed()."""


class Topic(Model):
    __tablename__ = "topic"
    # SQL counts no two NULLs as equal, so a root carries 0 here and the key of a root is unique as well.
    __table_args__ = (UniqueConstraint("parent_key", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), index=True)
    parent_key: Mapped[int] = mapped_column(default=0)
    key: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)
    audience: Mapped[str] = mapped_column(String(10), default=Audience.EVERYONE)


class TopicText(Model):
    __tablename__ = "topic_text"
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True)
    locale: Mapped[str] = mapped_column(String(5), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    slug: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")


def find_or_make(key: str, parent_id: int | None = None) -> Topic:
    """The topic with this key below a parent, made at the end of its siblings when it is not there yet.

    Raises ValueError for a third level: a section has no sections.
    """
    if parent_id is not None and db.session.get_one(Topic, parent_id).parent_id is not None:
        raise ValueError("a section can not hold sections")
    return find(key, parent_id) or _make(key, parent_id)


def find(key: str, parent_id: int | None = None) -> Topic | None:
    """The topic with this key, below that one or at the top."""
    return db.session.scalar(select(Topic).where(Topic.key == key, Topic.parent_key == (parent_id or 0)))


def _make(key: str, parent_id: int | None) -> Topic:
    last = db.session.scalar(select(func.max(Topic.position)).where(Topic.parent_key == (parent_id or 0)))
    topic = Topic(key=key, parent_id=parent_id, parent_key=parent_id or 0, position=(last or 0) + 1)
    db.session.add(topic)
    db.session.flush()
    topics_changed()
    return topic


def describe(topic: Topic, locale: str, title: str, description: str = "") -> None:
    """Give a topic its title and description in a language."""
    text = db.session.get(TopicText, (topic.id, locale)) or TopicText(topic_id=topic.id, locale=locale)
    text.title, text.slug, text.description = title, slug_of(title), description
    db.session.add(text)
    topics_changed()


def remove(topic: Topic) -> None:
    """Delete an empty topic. The caller moves what it held first; a foreign key refuses it otherwise."""
    db.session.execute(delete(TopicText).where(TopicText.topic_id == topic.id))
    db.session.delete(topic)
    topics_changed()


def topics_changed() -> None:
    """Say that this transaction changes a topic or its words. To be called after begin_write()."""
    content_changed(PART)
