"""An export of Help Scout Docs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from helpcenter.articles.article import Article, OldAddress
from helpcenter.articles.edition import Status
from helpcenter.articles.folder.report import Outcome
from helpcenter.core.db import db
from helpcenter.topics.topic import Topic
from tests.articles.importers.conftest import Export, body, editions, said

SITE = "https://docs.lamps.example"


def article(number: int, name: str, text: str = "<p>Some words.</p>", **more: Any) -> dict[str, Any]:
    return {
        "id": f"a{number}",
        "number": number,
        "collectionId": "c1",
        "slug": name.lower().replace(" ", "-"),
        "status": "published",
        "hasDraft": False,
        "name": name,
        "text": text,
        "categories": ["k1"],
        "keywords": ["shine"],
        "publicUrl": f"{SITE}/article/{number}-{name.lower().replace(' ', '-')}",
        "popularity": 4.3,
        "viewCount": 237,
        "createdAt": "2020-01-02T03:04:05Z",
        **more,
    }


def write(export: Export, *articles: dict[str, Any], **collection: Any) -> None:
    one = {"id": "c1", "name": "Light", "order": 2, "visibility": "public", **collection}
    other = {"id": "c2", "name": "Dark", "order": 1, "visibility": "public"}
    category = {"id": "k1", "collectionId": "c1", "name": "Lamps", "order": 1}
    export.write("collections.json", {"collections": {"page": 1, "pages": 1, "count": 2, "items": [one, other]}})
    export.write(
        "categories.json", {"categories": {"page": 1, "items": [category, {**category, "id": "k2", "name": "Bulbs"}]}}
    )
    references = [{key: value for key, value in item.items() if key not in ("text", "categories")} for item in articles]
    export.write("articles.json", {"articles": {"page": 1, "pages": 1, "count": 9, "items": references}})
    for item in articles:
        if "text" in item:
            export.write(f"articles/{item['id']}.json", {"article": item})


def test_collections_become_topics_and_categories_their_sections(export: Export) -> None:
    write(export, article(1, "Light it"), article(2, "Put it out", status="notpublished"))
    assert export.bring_in("help-scout").counts() == {Outcome.IMPORTED: 2}
    roots = db.session.scalars(select(Topic.key).where(Topic.parent_key == 0).order_by(Topic.position))
    assert list(roots) == ["dark", "light"]
    topic = db.session.get_one(Topic, db.session.get_one(Article, editions()["Light it"].article_id).topic_id)
    assert topic.key == "lamps"
    assert editions()["Put it out"].status == Status.DRAFT


def test_the_language_is_said_by_whoever_brings_it_in(export: Export) -> None:
    write(export, article(1, "Enciéndela"))
    export.bring_in("help-scout", language="es")
    assert editions()["Enciéndela"].locale == "es"


def test_a_private_collection_is_for_the_team(export: Export) -> None:
    write(export, article(1, "Light it"), visibility="private")
    export.bring_in("help-scout")
    assert db.session.get_one(Article, editions()["Light it"].article_id).audience == "team"
    assert db.session.scalar(select(Topic.audience).where(Topic.key == "light")) == "team"


def test_redirects_come_along_and_those_that_lead_elsewhere_are_told(export: Export) -> None:
    write(export, article(1, "Light it"))
    known = {"id": "r1", "urlMapping": "/old/lamp", "type": "article", "documentId": "a1"}
    custom = {"id": "r2", "urlMapping": "/old/shop", "type": "custom", "redirect": "https://shop.example"}
    export.write("redirects.json", {"redirects": {"page": 1, "items": [known, custom]}})
    report = export.bring_in("help-scout")
    paths = db.session.scalars(select(OldAddress.path).order_by(OldAddress.path))
    assert list(paths) == ["/article/1", "/article/1-light-it", "/old/lamp"]
    assert "/old/shop: a redirect that leads to no article of the export" in said(report)


def test_links_are_found_by_the_number_of_the_article(export: Export) -> None:
    write(
        export, article(1, "Light it", f'<a href="{SITE}/article/2-an-older-name">there</a>'), article(2, "Put it out")
    )
    export.bring_in("help-scout")
    assert body("Light it") == "[there](/article/2-put-it-out)"


def test_what_does_not_come_along_is_told(export: Export) -> None:
    write(export, article(1, "Light it", categories=["k1", "k2"], hasDraft=True))
    assert said(export.bring_in("help-scout")) == [
        "Help Scout: the count of views, and which articles are related, are not kept",
        "a1 Light it: changes that were not published there",
        "a1 Light it: it stands in several categories there, and in one here",
    ]


def test_a_list_without_texts_is_not_taken_for_empty_articles(export: Export) -> None:
    bare = {key: value for key, value in article(1, "Light it").items() if key != "text"}
    write(export, bare)
    report = export.bring_in("help-scout")
    assert report.has_problems
    assert said(report) == [
        "a1 Light it: its text is not in the export: lists have none, so each article has to be saved as well"
    ]
    assert editions() == {}
