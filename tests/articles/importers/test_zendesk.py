"""An export of Zendesk Guide."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from helpcenter.articles.article import Article
from helpcenter.articles.edition import Status
from helpcenter.articles.folder.report import Outcome
from helpcenter.articles.importers.imported_article import votes_before
from helpcenter.articles.revision import Revision
from helpcenter.core.db import db
from helpcenter.topics.topic import Topic, TopicText
from tests.articles.importers.conftest import ZENDESK, Export, body, editions, said, shown, zendesk, zendesk_article


def topics() -> list[tuple[str, str | None]]:
    """Each topic with the one around it, in their order."""
    rows = {topic.id: topic for topic in db.session.scalars(select(Topic).order_by(Topic.parent_key, Topic.position))}
    return [(topic.key, rows[topic.parent_id].key if topic.parent_id else None) for topic in rows.values()]


def article_of(title: str) -> Article:
    article_id = editions()[title].article_id
    return db.session.get_one(Article, article_id, populate_existing=True)


def test_categories_become_topics_and_sections_their_sections(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it"))
    assert export.bring_in().counts() == {Outcome.IMPORTED: 1}
    assert topics() == [("light", None), ("lamps", "light")]
    said_of = db.session.scalars(select(TopicText).where(TopicText.title == "Light")).one()
    assert said_of.description == "All that shines."
    assert article_of("Light it").topic_id == db.session.scalar(select(Topic.id).where(Topic.key == "lamps"))


def test_a_section_within_a_section_gives_its_articles_to_the_one_around_it(export: Export) -> None:
    inner = {"id": 21, "category_id": 10, "parent_section_id": 20, "name": "Bulbs", "locale": "en-us", "position": 0}
    zendesk(
        export,
        zendesk_article(1, "Screw it in", section_id=21, position=0),
        zendesk_article(2, "Light it", position=1),
        sections=[inner],
    )
    report = export.bring_in()
    assert topics() == [("light", None), ("lamps", "light")]
    assert [article_of(title).position for title in ("Light it", "Screw it in")] == [1, 2]
    assert "Bulbs: a section within a section: its articles stand in the section around it" in said(report)


def test_the_order_is_kept_and_what_was_promoted_stands_first(export: Export) -> None:
    zendesk(
        export,
        zendesk_article(1, "Third", position=5),
        zendesk_article(2, "Second", position=2),
        zendesk_article(3, "First", position=9, promoted=True),
    )
    export.bring_in()
    assert [article_of(title).position for title in ("First", "Second", "Third")] == [1, 2, 3]


def test_translations_become_editions_wherever_they_are_given(export: Export) -> None:
    translation = {"locale": "es", "title": "Enciéndela", "body": "<p>Así.</p>", "draft": True}
    inside = zendesk_article(1, "Light it", translations=[translation])
    apart = {"source_id": 2, "source_type": "Article", "locale": "ru", "title": "Погаси", "body": "<p>Так.</p>"}
    listed_again = zendesk_article(2, "Apágala", "<p>Así no.</p>", locale="es")
    german = {**translation, "locale": "de", "title": "Mach an"}
    inside["translations"].append(german)
    zendesk(export, inside, zendesk_article(2, "Put it out"), listed_again, translations=[apart])
    report = export.bring_in()
    found = {title: (one.article_id, one.locale, one.status) for title, one in editions().items()}
    first, second = found["Light it"][0], found["Put it out"][0]
    assert found == {
        "Light it": (first, "en", Status.PUBLISHED),
        "Enciéndela": (first, "es", Status.DRAFT),
        "Put it out": (second, "en", Status.PUBLISHED),
        "Apágala": (second, "es", Status.PUBLISHED),
        "Погаси": (second, "ru", Status.PUBLISHED),
    }
    assert "1 Light it: its de version: the product does not speak this language yet" in said(report)


def test_two_kinds_of_english_are_one_language(export: Export) -> None:
    british = {"locale": "en-gb", "title": "Light it, please", "body": "<p>x</p>", "draft": False}
    zendesk(export, zendesk_article(1, "Light it", translations=[british]))
    assert "1 Light it: its en-gb version: en-us stands for en already" in said(export.bring_in())
    assert set(editions()) == {"Light it"}


def test_labels_become_search_words(export: Export) -> None:
    zendesk(export, zendesk_article(1, "Light it", label_names=["shine", "glow", "x" * 90]))
    report = export.bring_in()
    revision = db.session.get_one(Revision, editions()["Light it"].latest_revision_id)
    assert revision.keywords == ["shine", "glow"]
    assert "1 Light it: search words beyond 200, or longer than 80 letters" in said(report)


@pytest.mark.parametrize(
    ("segments", "audience", "is_told"),
    [
        ([{"id": 7, "user_type": "signed_in_users"}], "members", False),
        ([{"id": 7, "user_type": "signed_in_users", "tags": [], "organization_ids": []}], "members", False),
        ([{"id": 7, "user_type": "staff"}], "team", False),
        *(
            ([{"id": 7, "user_type": "signed_in_users", name: [3]}], "team", True)
            for name in ("organization_ids", "tags", "or_tags", "group_ids", "added_user_ids")
        ),
        ([], "team", True),
    ],
)
def test_who_may_read_it_may_still(export: Export, segments: list[Any], audience: str, is_told: bool) -> None:
    zendesk(export, zendesk_article(1, "Light it", user_segment_id=7), user_segments=segments)
    report = export.bring_in()
    assert article_of("Light it").audience == audience
    assert any("only the team sees it now" in line for line in said(report)) == is_told


def test_what_only_some_customers_may_read_is_told(export: Export) -> None:
    segments = [
        {"id": 7, "user_type": "signed_in_users", "tags": ["vip"]},
        {"id": 8, "user_type": "signed_in_users", "tags": []},
    ]
    zendesk(
        export,
        zendesk_article(1, "Light it", user_segment_id=7),
        zendesk_article(2, "Put it out", user_segment_ids=[7, 8]),
        user_segments=segments,
    )
    report = export.bring_in()
    assert said(report) == ["1 Light it: only some customers may read it there; only the team sees it now"]
    # Whoever is in one of several may read it.
    assert (article_of("Light it").audience, article_of("Put it out").audience) == ("team", "members")


def test_the_sums_of_votes_are_kept(export: Export) -> None:
    zendesk(
        export,
        zendesk_article(1, "Light it", vote_count=15, vote_sum=9),
        zendesk_article(2, "Put it out", vote_count=0),
    )
    export.bring_in()
    votes = votes_before(editions()["Light it"].article_id)
    assert votes is not None and (votes.yes, votes.no, votes.system) == (12, 3, "Zendesk")
    assert votes_before(editions()["Put it out"].article_id) is None


def test_links_between_articles_lead_to_each_other_however_they_are_written(export: Export) -> None:
    links = [
        f"{ZENDESK}/hc/en-us/articles/2-Put-it-out",
        "/hc/en-us/articles/2",
        f"{ZENDESK}/hc/articles/2-An-older-title",
        "/hc/es/articles/2-x#H_How",
    ]
    html = "".join(f'<p><a href="{link}">there</a></p>' for link in links)
    zendesk(
        export,
        zendesk_article(1, "Light it", html),
        zendesk_article(2, "Put it out", '<h2 id="H_How">How</h2><p>x</p>'),
    )
    report = export.bring_in()
    assert body("Light it").count("](/hc/en-us/articles/2-Put-it-out") == 4
    to = f"/en/articles/{editions()['Put it out'].article_id}-put-it-out"
    assert shown("Light it").count(f'href="{to}"') == 3
    assert f'href="{to}#h-h_how"' in shown("Light it")
    assert 'id="h-h_how"' in shown("Put it out")
    assert said(report) == []


def test_a_link_to_a_section_leads_to_its_topic_and_one_to_nothing_is_told(export: Export) -> None:
    section = {"id": 22, "category_id": 10, "name": "Shades", "locale": "en-us", "position": 3}
    section["html_url"] = f"{ZENDESK}/hc/en-us/sections/22-Shades"
    html = (
        '<p><a href="/hc/en-us/sections/22-Shades">s</a> <a href="/hc/en-us/articles/99">gone</a>'
        ' <a href="/hc/en-us/article_attachments/5/plan.pdf">plan</a> <a href="mailto:a@lamps.example">a</a></p>'
    )
    zendesk(export, zendesk_article(1, "Light it", html), sections=[section])
    report = export.bring_in()
    topic = db.session.scalar(select(Topic.id).where(Topic.key == "shades"))
    assert body("Light it") == (
        f"[s](/en/topics/{topic}) [gone]({ZENDESK}/hc/en-us/articles/99)"
        f" [plan]({ZENDESK}/hc/en-us/article_attachments/5/plan.pdf) [a](mailto:a@lamps.example)"
    )
    lines = said(report)
    assert any("/articles/99: a link leads to the old help center" in line for line in lines)
    assert any("plan.pdf: a file to download stays" in line for line in lines)


def test_a_video_of_an_allowed_site_is_shown_and_another_is_a_link(export: Export) -> None:
    frame = '<p>Look:</p><iframe src="//www.{}/embed/abcdef12345" title="A tour"></iframe>'
    texts = frame.format("youtube.com") + frame.format("loom.com")
    zendesk(export, zendesk_article(1, "Light it", texts))
    report = export.bring_in()
    video = '<video src="https://www.youtube.com/watch?v=abcdef12345" title="A tour"></video>'
    assert body("Light it").startswith(f"Look:\n\n{video}")
    assert 'class="video-link"' in shown("Light it") and ">A tour (www.loom.com)</a>" in shown("Light it")
    assert [one for one in said(report) if "youtube" in one] == []
