from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.accounts.viewer import STRANGER
from helpcenter.core.db import begin_write, db
from helpcenter.feedback.tally import HelpfulTally
from helpcenter.topics.audience import Audience
from helpcenter.web.contents import contents
from helpcenter.web.views import machines
from tests.cast import Cast
from tests.shelf import put_article, put_topic

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_first_address_leads_to_the_language_of_the_browser(app: Flask, stranger: FlaskClient) -> None:
    answer = stranger.get("/", headers={"Accept-Language": "ru, en;q=0.5"})
    assert (answer.status_code, answer.location) == (302, "/ru/")
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_contents_page_lists_topics_with_their_articles(app: Flask, stranger: FlaskClient) -> None:
    billing = put_topic("billing", "Billing")
    put_article("Refunds", topic_id=billing)
    page = stranger.get("/en/").text
    assert "Billing" in page
    assert "Refunds" in page


def test_an_empty_topic_is_hidden_from_readers(app: Flask, stranger: FlaskClient) -> None:
    put_topic("empty", "Nothing here yet")
    put_article("Refunds")
    assert "Nothing here yet" not in stranger.get("/en/").text


def test_an_empty_site_shows_its_admin_what_to_do_first(app: Flask, cast: Cast, stranger: FlaskClient) -> None:
    assert "/settings" in cast.browser("root").get("/en/").text
    assert "checklist" not in stranger.get("/en/").text


def test_a_topic_page_shows_its_sections(app: Flask, stranger: FlaskClient) -> None:
    billing = put_topic("billing", "Billing")
    refunds = put_topic("refunds", "Refund rules", below=billing)
    put_article("How to ask", topic_id=refunds)
    page = stranger.get(f"/en/topics/{billing}-billing").text
    assert "Refund rules" in page
    assert "How to ask" in page


def test_the_address_of_a_section_leads_to_its_place(app: Flask, stranger: FlaskClient) -> None:
    billing = put_topic("billing", "Billing")
    refunds = put_topic("refunds", "Refund rules", below=billing)
    answer = stranger.get(f"/en/topics/{refunds}-refund-rules")
    assert (answer.status_code, answer.location) == (301, f"/en/topics/{billing}-billing#section-{refunds}")


def test_a_members_topic_is_not_found_by_strangers(app: Flask, stranger: FlaskClient, cast: Cast) -> None:
    inside = put_topic("inside", "Inside", audience=Audience.MEMBERS)
    put_article("Hidden words", topic_id=inside)
    assert stranger.get(f"/en/topics/{inside}-inside").status_code == 404
    assert "Hidden words" not in stranger.get("/en/").text
    assert "Hidden words" in cast.browser("ben").get(f"/en/topics/{inside}-inside").text


def test_the_feed_lists_what_is_new(app: Flask, stranger: FlaskClient) -> None:
    put_article("Refunds & more")
    feed = ElementTree.fromstring(stranger.get("/feed.atom").data)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["Refunds & more"]


def test_the_feed_has_each_article_once_in_its_language_or_the_next_best_the_newest_first(
    app: Flask, stranger: FlaskClient
) -> None:
    refunds = put_article("Refunds")
    put_article("Reembolsos", locale="es", of=refunds)
    put_article("Facturas", locale="es")
    put_article("Hidden words", audience=Audience.MEMBERS)
    put_article("Draft words", published=False)
    for language, titles in {"en": ["Facturas", "Refunds"], "es": ["Facturas", "Reembolsos"]}.items():
        feed = ElementTree.fromstring(stranger.get(f"/feed.atom?lang={language}").data)
        assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == titles


def test_the_feed_ends_with_the_thirtieth(app: Flask, stranger: FlaskClient) -> None:
    for number in range(32):
        put_article(f"Number {number}")
    feed = ElementTree.fromstring(stranger.get("/feed.atom").data)
    found = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert found == [f"Number {number}" for number in range(31, 1, -1)]


def test_a_topic_shows_how_much_it_holds_and_what_helped_most_then_what_stands_first(
    app: Flask, stranger: FlaskClient
) -> None:
    billing = put_topic("billing", "Billing")
    cards = put_topic("cards", "Cards", below=billing)
    titles = ["First", "Second", "Third", "Fourth"]
    numbers = {title: put_article(title, topic_id=cards if title == "Fourth" else billing) for title in titles}
    put_article("Hidden words", topic_id=billing, audience=Audience.MEMBERS)
    put_article("Draft words", topic_id=billing, published=False)
    put_article("Cuarto", locale="es", of=numbers["Fourth"])
    for title, times in {"Fourth": 2, "Second": 1}.items():
        begin_write()
        db.session.add(HelpfulTally(subject_kind="article", subject_id=numbers[title], revision_id=1, shown_yes=times))
        db.session.commit()
    shelf = contents("en", STRANGER)[0]
    assert (shelf.title, shelf.count) == ("Billing", 4)
    assert [link.title for link in shelf.best] == ["Fourth", "Second", "First"]
    assert contents("es", STRANGER)[0].best[0].title == "Cuarto"


@pytest.mark.parametrize("path", ["/sitemap.xml", "/llms.txt"])
def test_a_long_page_is_not_made_for_a_query_it_does_not_have(app: Flask, stranger: FlaskClient, path: str) -> None:
    put_article("Refunds")
    answer = stranger.get(f"{path}?made=up")
    assert (answer.status_code, answer.location) == (301, path)
    assert "efunds" in stranger.get(path).text


def test_the_sitemap_lists_every_language_of_a_public_article(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds")
    put_article("Reembolsos", locale="es", of=article)
    put_article("Hidden words", audience=Audience.MEMBERS)
    text = stranger.get("/sitemap.xml").text
    ElementTree.fromstring(text)
    assert f"<loc>http://localhost/es/articles/{article}-reembolsos</loc>" in text
    assert "hidden-words" not in text


def test_the_sitemap_of_a_large_site_comes_in_parts_that_hold_every_page_once(
    app: Flask, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machines, "PAGES_IN_A_SITEMAP", 2)
    articles = [put_article(f"Number {number}") for number in range(5)]
    parts = [place.text or "" for place in ElementTree.fromstring(stranger.get("/sitemap.xml").data).iter(f"{MAP}loc")]
    assert parts == [f"http://localhost/sitemap-{number}.xml" for number in (1, 2, 3)]
    pages = [
        place.text or ""
        for part in parts
        for place in ElementTree.fromstring(stranger.get(part).data).iter(f"{MAP}loc")
    ]
    homes = [f"http://localhost/{code}/" for code in ("en", "es", "ru", "ar")]
    assert pages == [*homes, *(f"http://localhost/en/articles/{one}-number-{one - articles[0]}" for one in articles)]
    made: list[int] = []
    monkeypatch.setattr(machines, "_public_pages", lambda: made.append(1))
    assert [stranger.get(f"/sitemap-{beyond}.xml").status_code for beyond in (0, 4, 99)] == [404, 404, 404]
    assert not made, "what is not there costs as much as the longest page of the site"
    assert stranger.get("/sitemap-1.xml?made=up").status_code == 301


def test_the_map_for_language_models_links_the_sources(app: Flask, stranger: FlaskClient) -> None:
    article = put_article("Refunds", summary="Money back.")
    assert f"- [Refunds](http://localhost/en/articles/{article}.md): Money back." in stranger.get("/llms.txt").text


def test_robots_stay_out_of_search_results(app: Flask, stranger: FlaskClient) -> None:
    text = stranger.get("/robots.txt").text
    assert "Disallow: /en/search" in text
    assert "Sitemap: http://localhost/sitemap.xml" in text


def test_an_address_can_not_tell_the_language_links_where_to_lead(app: Flask, stranger: FlaskClient) -> None:
    put_article("Refunds")
    answer = stranger.get("/en/search?q=a&_scheme=javascript&_external=1&_method=POST&_anchor=x")
    assert answer.status_code == 200
    assert 'href="javascript' not in answer.text
    assert "/ru/search?q=a" in answer.text
