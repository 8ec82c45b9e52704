"""Exporting topics: a file for each language a topic has words in."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select

from helpcenter.articles.folder import topic_files
from helpcenter.articles.folder.layout import TOPIC_FILE, Layout
from helpcenter.articles.folder.record import FolderTopic
from helpcenter.articles.folder.target import Target
from helpcenter.core.db import begin_write, db
from helpcenter.topics.topic import Topic, TopicText


@dataclass(frozen=True)
class _Written:
    topic_id: int
    locale: str
    below: str
    path: str
    text: str


def export_topics(target: Target, folder: str, layout: Layout) -> None:
    """Write the file of every topic in every language, and remember those of this folder. Commits."""
    topics = {topic.id: topic for topic in db.session.scalars(select(Topic))}
    known = {(row.locale, row.below): row for row in db.session.scalars(select(FolderTopic))}
    texts = select(TopicText.topic_id, TopicText.locale).order_by(TopicText.topic_id, TopicText.locale)
    written = []
    for topic_id, locale in db.session.execute(texts).all():
        topic = topics[topic_id]
        below = "/".join([*([topics[topic.parent_id].key] if topic.parent_id else []), topic.key, TOPIC_FILE])
        row = known.get((locale, below))
        text = topic_files.exported(topic, locale, row)
        path = layout.source_of(f"{locale}/{below}")
        if path is not None and target.write(path, text, row.sha256 if row else ""):
            written.append(_Written(topic_id, locale, below, path, text))
    _remember(written, folder)


def _remember(written: list[_Written], folder: str) -> None:
    begin_write()
    known = {(row.locale, row.below): row for row in db.session.scalars(select(FolderTopic))}
    for one in written:
        row = known.get((one.locale, one.below))
        if row is None:
            row = FolderTopic(folder=folder, source=one.path, locale=one.locale, below=one.below)
        elif row.folder != folder or row.text == one.text:
            continue
        row.topic_id, row.text, row.sha256 = one.topic_id, one.text, sha256(one.text.encode()).hexdigest()
        db.session.add(row)
    db.session.commit()
