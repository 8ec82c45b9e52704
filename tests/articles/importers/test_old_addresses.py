"""Addresses of categories, sections and collections lead to the topics they became."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.articles.article import OldAddress
from helpcenter.core.db import begin_write, db
from helpcenter.topics import arrangement
from helpcenter.topics.topic import Topic
from tests.articles.importers.conftest import ZENDESK, Export, editions, said, zendesk, zendesk_article
from tests.shelf import put_article, put_topic


def topic_in(key: str) -> Topic:
    """A topic by its key, in the transaction that is open."""
    return db.session.scalars(select(Topic).where(Topic.key == key)).one()


def topic(key: str) -> Topic:
    db.session.rollback()
    return topic_in(key)


@pytest.fixture
def leads(export: Export, stranger: FlaskClient) -> Callable[[str], str | None]:
    """Where an address leads, after a help center of Zendesk was brought in."""
    shades = {"id": 21, "category_id": 10, "name": "Shades", "locale": "en-us", "position": 1}
    spanish = {"locale": "es", "title": "Pantallas", "source_id": 21, "source_type": "Section"}
    shades |= {"html_url": f"{ZENDESK}/hc/en-us/sections/21-Shades", "translations": [spanish]}
    zendesk(export, zendesk_article(1, "Light it"), zendesk_article(2, "Shade it", section_id=21), sections=[shades])
    export.bring_in()

    def asked(path: str) -> str | None:
        answer = stranger.get(path)
        assert answer.status_code in (301, 404)
        return answer.location

    return asked


@pytest.mark.parametrize(
    "path",
    [
        "/hc/en-us/sections/21-Shades",
        "/hc/en-us/sections/21",
        "/hc/sections/21",
        "/hc/en-us/sections/21-An-older-name/",
    ],
)
def test_a_section_is_found_on_the_page_of_its_topic_in_one_step(leads: Callable[[str], str | None], path: str) -> None:
    assert leads(path) == f"/en/topics/{topic('light').id}-light#section-{topic('shades').id}"


def test_a_category_leads_to_its_topic_and_a_language_in_the_address_is_kept(
    leads: Callable[[str], str | None],
) -> None:
    assert leads("/hc/en-us/categories/10-Light") == f"/en/topics/{topic('light').id}-light"
    assert str(leads("/hc/es/sections/21-Pantallas")).startswith("/es/topics/")
    assert leads("/hc/en-us/sections/99-Elsewhere") is None


def test_what_led_to_a_topic_that_was_deleted_leads_to_where_its_articles_went(
    leads: Callable[[str], str | None],
) -> None:
    other = put_topic("town", "Town")
    begin_write()
    arrangement.delete(topic_in("shades"), other)
    db.session.commit()
    assert leads("/hc/en-us/sections/21-Shades") == f"/en/topics/{other}-town"


def test_an_address_leads_nowhere_for_whoever_may_not_see_the_topic(leads: Callable[[str], str | None]) -> None:
    begin_write()
    arrangement.open_to(topic_in("light"), "team")
    db.session.commit()
    assert leads("/hc/en-us/sections/21-Shades") is None


@pytest.mark.parametrize(
    ("system", "name", "lists", "path"),
    [
        (
            "intercom",
            "collections.json",
            {
                "type": "list",
                "data": [{"id": "7", "type": "collection", "name": "Light", "url": "{}/en/collections/7-l"}],
            },
            "/en/collections/7-light",
        ),
        (
            "help-scout",
            "collections.json",
            {"collections": {"items": [{"id": "7", "name": "Light", "publicUrl": "{}/collection/7-light"}]}},
            "/collection/7-light",
        ),
    ],
)
def test_collections_of_the_others_lead_here_too(
    export: Export, stranger: FlaskClient, system: str, name: str, lists: dict[str, object], path: str
) -> None:
    export.write(name, str_in(lists))
    export.bring_in(system)
    assert stranger.get(path).location == f"/en/topics/{topic('light').id}-light"


def str_in(lists: object) -> object:
    """The lists with the address of a site in them."""
    if isinstance(lists, dict):
        return {key: str_in(value) for key, value in lists.items()}
    if isinstance(lists, list):
        return [str_in(one) for one in lists]
    return lists.replace("{}", "https://help.lamps.example") if isinstance(lists, str) else lists


def test_old_addresses_lead_to_the_article_in_one_step(export: Export, stranger: FlaskClient) -> None:
    zendesk(export, zendesk_article(1, "Light it"))
    export.bring_in()
    article_id = editions()["Light it"].article_id
    for path in ("/hc/en-us/articles/1-Light-it", "/hc/en-us/articles/1", "/hc/en-us/articles/1-An-older-title"):
        answer = stranger.get(path)
        assert (answer.status_code, answer.location) == (301, f"/en/articles/{article_id}-light-it")


def test_an_old_address_that_leads_to_another_article_stays_there_and_is_told(export: Export) -> None:
    other = put_article("Another")
    begin_write()
    db.session.add(OldAddress(path="/hc/articles/1", article_id=other))
    db.session.commit()
    zendesk(export, zendesk_article(1, "Light it"))
    report = export.bring_in()
    assert said(report) == ["1 Light it (en): redirect_from: /hc/articles/1 leads to another article already"]
    assert db.session.get_one(OldAddress, "/hc/articles/1").article_id == other
