"""An export of Intercom."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from helpcenter.articles.article import Article, OldAddress
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.importers.imported_article import votes_before
from helpcenter.core.db import db
from helpcenter.topics.topic import Topic, TopicText
from tests.articles.importers.conftest import Export, body, editions, said
from tests.shelf import put_article


def article(number: int, title: str, html: str = "<p>Some words.</p>", **more: Any) -> dict[str, Any]:
    return {
        "type": "article",
        "id": str(number),
        "title": title,
        "description": f"About: {title}",
        "body": html,
        "state": "published",
        "url": f"https://lamps.example/help/en/articles/{number}-{title.lower().replace(' ', '-')}",
        "parent_id": 31,
        "parent_ids": [31],
        "parent_type": "collection",
        "default_locale": "en",
        "created_at": 1600000000 + number,
        "updated_at": 1650000000,
        **more,
    }


def write(export: Export, *articles: dict[str, Any]) -> None:
    spanish = {"type": "group_content", "name": "Luz", "description": ""}
    collections = [
        {"id": "31", "name": "Lamps", "order": 0, "parent_id": "30", "default_locale": "en"},
        {"id": "30", "name": "Light", "order": 1, "parent_id": None, "translated_content": {"es": spanish, "fr": None}},
        {"id": "32", "name": "Bulbs", "order": 0, "parent_id": "31"},
        {"id": "33", "name": "Dark", "order": 0, "parent_id": None},
    ]
    export.write("collections.json", {"type": "list", "pages": {}, "data": collections})
    export.write("articles/page-1.json", {"type": "list", "pages": {}, "total_count": 9, "data": list(articles)})


def test_collections_become_topics_in_their_order(export: Export) -> None:
    write(export, article(1, "Light it"))
    report = export.bring_in("intercom")
    roots = db.session.scalars(select(Topic.key).where(Topic.parent_key == 0).order_by(Topic.position))
    assert list(roots) == ["dark", "light"]
    spanish = select(TopicText.title).where(TopicText.locale == "es")
    assert list(db.session.scalars(spanish)) == ["Luz"]
    assert "Bulbs: a section within a section: its articles stand in the section around it" in said(report)
    assert editions()["Light it"].summary == "About: Light it"


def test_languages_and_drafts_come_along(export: Export) -> None:
    spanish = {"type": "article_content", "title": "Enciéndela", "body": "<p>Así.</p>", "state": "draft", "url": None}
    empty = {"type": "article_content", "title": "", "body": "", "state": "draft"}
    content = {"type": "article_translated_content", "es": spanish, "ru": empty, "pt-BR": None}
    write(export, article(1, "Light it", translated_content=content), article(2, "Put it out", state="draft"))
    export.bring_in("intercom")
    found = {title: (one.locale, one.status) for title, one in editions().items()}
    assert found == {
        "Light it": ("en", Status.PUBLISHED),
        "Enciéndela": ("es", Status.DRAFT),
        "Put it out": ("en", Status.DRAFT),
    }


def test_the_oldest_article_stands_first_and_that_is_told(export: Export) -> None:
    write(export, article(2, "Second"), article(1, "First"))
    report = export.bring_in("intercom")
    rows = select(Edition.title).join(Article, Article.id == Edition.article_id).order_by(Article.position)
    assert list(db.session.scalars(rows)) == ["First", "Second"]
    assert "Intercom: the order within a collection is not in the export; the oldest stands first" in said(report)


def test_what_stands_in_no_collection_has_a_topic_of_its_own(export: Export) -> None:
    write(export, article(1, "Light it", parent_id=None, parent_ids=[]))
    export.bring_in("intercom")
    topic = db.session.get_one(Topic, db.session.get_one(Article, editions()["Light it"].article_id).topic_id)
    assert topic.key == "intercom"


def test_reactions_that_say_yes_or_no_are_kept(export: Export) -> None:
    write(export, article(1, "Light it"))
    statistics = {
        "type": "article_statistics",
        "reactions": 20,
        "happy_reaction_percentage": 60.0,
        "neutral_reaction_percentage": 25.0,
        "sad_reaction_percentage": 15.0,
    }
    # As a single article is given, beside the list that has no numbers.
    export.write("articles/1.json", article(1, "Light it", statistics=statistics))
    export.bring_in("intercom")
    votes = votes_before(editions()["Light it"].article_id)
    assert votes is not None and (votes.yes, votes.no) == (12, 3)


def test_links_and_old_addresses_lead_to_the_article(export: Export) -> None:
    write(
        export,
        article(1, "Light it", '<p><a href="https://lamps.example/help/en/articles/2-put-it-out">there</a></p>'),
        article(2, "Put it out"),
    )
    export.bring_in("intercom")
    assert body("Light it") == "[there](/help/en/articles/2-put-it-out)"
    owner = db.session.get_one(OldAddress, "/help/en/articles/2-put-it-out").article_id
    assert owner == editions()["Put it out"].article_id


def test_an_old_address_that_another_article_has_here_is_told(export: Export) -> None:
    here = put_article("Here")
    write(export, article(2, "Second", url=f"https://help.lamps.example/en/articles/{here}-second"))
    clash = [line for line in said(export.bring_in("intercom")) if "another article here" in line]
    where = f"2 Second: /en/articles/{here}-second"
    assert clash == [f"{where}: its old address is the one of another article here, and leads there"]


def test_an_article_in_several_collections_stands_in_one_and_that_is_told(export: Export) -> None:
    write(export, article(1, "Light it", parent_ids=[31, 33]), article(2, "Put it out", parent_ids=[31, 99]))
    report = export.bring_in("intercom")
    told = [one for one in said(report) if "several collections" in one]
    assert len(told) == 1 and "Light it" in told[0]


def test_what_has_no_title_or_is_no_list_is_told_and_the_rest_comes_along(export: Export) -> None:
    write(export, article(1, "Light it"), article(2, ""))
    export.write("teammates.json", {"type": "list", "data": [{"type": "admin", "id": "1", "name": "Ada"}]})
    report = export.bring_in("intercom")
    assert list(editions()) == ["Light it"]
    assert any("no title" in one for one in said(report))
    assert any("no list of articles or collections is in it" in one for one in said(report))


def test_articles_that_do_not_say_what_they_are_are_known_by_what_they_hold(export: Export) -> None:
    bare = article(1, "Light it")
    del bare["type"]
    write(export, bare)
    export.bring_in("intercom")
    assert list(editions()) == ["Light it"]


@pytest.mark.parametrize(
    "statistics",
    [
        None,
        {"reactions": 0, "happy_reaction_percentage": 50, "sad_reaction_percentage": 50},
        {"reactions": 9, "happy_reaction_percentage": "many", "sad_reaction_percentage": 50},
        {"reactions": 9, "happy_reaction_percentage": 900, "sad_reaction_percentage": -800},
    ],
)
def test_reactions_that_make_no_sense_are_none(export: Export, statistics: object) -> None:
    write(export, article(1, "Light it", statistics=statistics))
    export.bring_in("intercom")
    assert votes_before(editions()["Light it"].article_id) is None
