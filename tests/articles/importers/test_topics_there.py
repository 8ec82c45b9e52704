"""What moves, is renamed or stands here already: the topics of an export."""

from __future__ import annotations

from sqlalchemy import select

from helpcenter.articles.article import Article
from helpcenter.articles.folder.report import Outcome
from helpcenter.core.db import db
from helpcenter.topics.topic import Topic, TopicText
from tests.articles.importers.conftest import Export, count, editions, said, zendesk, zendesk_article
from tests.shelf import put_topic


def test_an_article_that_moved_there_moves_here_with_all_its_languages(export: Export) -> None:
    other = {"id": 21, "category_id": 10, "name": "Bulbs", "locale": "en-us", "position": 1}
    spanish = [{"locale": "es", "title": "Enciéndela", "body": "<p>Así.</p>"}]
    zendesk(export, zendesk_article(1, "Light it", translations=spanish), sections=[other])
    export.bring_in()
    zendesk(export, zendesk_article(1, "Light it", translations=spanish, section_id=21), sections=[other])
    assert export.bring_in().counts() == {Outcome.RENAMED: 2}
    article = db.session.get_one(Article, editions()["Light it"].article_id, populate_existing=True)
    assert db.session.get_one(Topic, article.topic_id).key == "bulbs"
    assert count(Article) == 1


def test_a_category_that_was_renamed_there_stays_the_same_topic(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it"))
    export.bring_in()
    categories = [{"id": 10, "name": "Brightness", "locale": "en-us", "position": 0}]
    export.write("categories.json", {"categories": categories})
    export.bring_in()
    assert count(Topic) == 2
    assert db.session.scalar(select(TopicText.title).join(Topic).where(Topic.key == "light")) == "Brightness"


def test_a_topic_that_is_here_already_keeps_what_it_says(export: Export) -> None:
    topic_id = put_topic("light", "Our light", es="Nuestra luz")
    zendesk(export, zendesk_article(1, "Light it"))
    report = export.bring_in()
    assert "Light: its articles stand in the topic Our light that is here already" in said(report)
    titles = db.session.scalars(select(TopicText.title).where(TopicText.topic_id == topic_id).order_by(TopicText.title))
    assert list(titles) == ["Nuestra luz", "Our light"]
