"""What is wrong within a text, and what an article is among the others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from helpcenter.articles.article import Article
from helpcenter.articles.folder.site_check import check_site
from helpcenter.articles.health import pardon
from helpcenter.articles.health.finding import Wanted, count, some
from helpcenter.articles.health.kind import Kind
from helpcenter.articles.help_key import point
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from tests.articles.health.conftest import found, said
from tests.cast import Cast
from tests.shelf import change_article, put_article

BODY = "## Part\n\n#### Deep\n\n![](/files/x.png)\n\n![A form](form.png)\n\n<img src='y.png' alt=''>\n"
MONTHS = timedelta(days=91)


def test_pictures_and_headings_are_told_with_their_lines(app: Flask) -> None:
    cards = put_article("Cards", BODY)
    assert found(Kind.ALT) == [("Cards", 5), ("Cards", 9)]
    assert found(Kind.PICTURES) == [("Cards", 7), ("Cards", 9)]
    assert said(Kind.HEADINGS) == ["The heading “Deep” skips a level: 4 after 2."]
    assert said(Kind.ALT)[0] == "The picture /files/x.png has no description for people who cannot see it."
    change_article(cards, body="## Part")
    assert [found(kind) for kind in (Kind.ALT, Kind.PICTURES, Kind.HEADINGS)] == [[], [], []]


def test_two_articles_of_one_title_in_one_language_are_both_told(app: Flask) -> None:
    first, second = put_article("Cards"), put_article("cards")
    put_article("Cards", locale="es")
    put_article("Cards", published=False)
    assert said(Kind.TITLES) == [
        f"Article {second} is also titled “Cards”.",
        f"Article {first} is also titled “cards”.",
    ]
    change_article(second, title="Cards of members")
    assert found(Kind.TITLES) == []


def read(article_id: int) -> None:
    begin_write()
    recorder.record("viewed", by=Actor(new_id()), subject=("article", article_id), locale="en")
    db.session.commit()


@pytest.mark.parametrize("way", ["a reader", "a link", "the product", "an article it replaces"])
def test_an_article_that_nobody_comes_across_is_told_until_somebody_does(app: Flask, way: str) -> None:
    other, lonely = put_article("Refunds"), put_article("Cards", "[me](#part)\n\n## Part")
    with clock.moved(clock.now() + MONTHS):
        read(other)
        assert found(Kind.ORPHANS) == [("Cards", 0)]
        assert said(Kind.ORPHANS) == ["No other article links here, and no one has read it in the last 90 days."]
        if way == "a reader":
            read(lonely)
        elif way == "a link":
            change_article(other, body=f"[c](/en/articles/{lonely})")
        else:
            begin_write()
            if way == "the product":
                point("cards", lonely, by=None)
            else:
                db.session.get_one(Article, other).successor_id = lonely
            db.session.commit()
        assert found(Kind.ORPHANS) == []


def test_a_young_article_has_time_to_be_found_and_each_is_told_once(app: Flask) -> None:
    lonely = put_article("Cards")
    put_article("Tarjetas", locale="es", of=lonely)
    assert found(Kind.ORPHANS) == []
    with clock.moved(clock.now() + MONTHS):
        assert found(Kind.ORPHANS) == [("Cards", 0)]


def give(kind: Kind, reason: str = "", by: int | None = None) -> None:
    db.session.rollback()
    one = some(kind, Wanted(), 1)[0]
    begin_write()
    pardon.give(one.edition_id, one.kind, one.what, reason, by=by)
    db.session.commit()


@pytest.mark.parametrize("kind", [Kind.ALT, Kind.PICTURES, Kind.HEADINGS, Kind.TITLES, Kind.LINKS])
def test_what_is_right_as_it_is_stays_so_when_lines_move_and_until_it_is_taken_back(app: Flask, kind: Kind) -> None:
    body = f"{BODY}\n[gone](/en/articles/999)"
    cards = put_article("Cards", body)
    put_article("Cards")
    before = count(kind, Wanted())
    give(kind, "We want it so")
    assert count(kind, Wanted()) == before - 1 and count(kind, Wanted(is_pardoned=True)) == 1
    change_article(cards, body=f"A line.\n\n{body}")
    db.session.rollback()
    held = some(kind, Wanted(is_pardoned=True), None)
    assert len(held) == 1 and held[0].pardon is not None and held[0].pardon.reason == "We want it so"
    begin_write()
    pardon.take_back(held[0].pardon.id)
    db.session.commit()
    assert count(kind, Wanted()) == before and count(kind, Wanted(is_pardoned=True)) == 0


def test_the_command_says_what_the_page_says_and_keeps_still_about_what_is_right(app: Flask) -> None:
    put_article("Cards", BODY)
    messages = [finding.message for finding in check_site()]
    assert sorted(messages) == sorted(sentence for kind in Kind for sentence in said(kind))
    assert len(messages) == 5
    for _ in range(2):
        give(Kind.ALT)
    assert not [one for one in check_site() if "no description" in one.message]


def test_a_person_takes_along_what_they_found_right(cast: Cast) -> None:
    put_article("Cards", BODY)
    give(Kind.ALT, "An ornament", by=cast.id_of("ada"))
    held: dict[str, Any] = cast.browser("ada").get("/preferences/export").json["article"]  # type: ignore[index]
    assert [(one["what"], one["why"]) for one in held["found_right"]] == [("alt: /files/x.png", "An ornament")]


def test_a_language_narrows_every_kind(app: Flask) -> None:
    put_article("Cards", BODY)
    put_article("Tarjetas", BODY, locale="es")
    for kind in (Kind.ALT, Kind.PICTURES, Kind.HEADINGS):
        assert {one.locale for one in some(kind, Wanted("es"), None)} == {"es"}
        assert count(kind, Wanted()) == 2 * count(kind, Wanted("es"))
