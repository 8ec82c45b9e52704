from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.articles import help_key
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition
from helpcenter.articles.studio import archival
from helpcenter.core.db import begin_write, db
from helpcenter.journeys.event import Event
from tests.cast import Cast
from tests.shelf import put_article

FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}


def pointed(key: str, article_id: int) -> None:
    begin_write()
    help_key.point(key, article_id, by=None)
    db.session.commit()


def events() -> list[Event]:
    db.session.rollback()
    return list(db.session.scalars(select(Event).order_by(Event.id)))


def report(browser: FlaskClient, page: str) -> None:
    """Do what the page's beacon does."""
    found = re.search(r'data-token="([^"]+)"[^>]*data-act="([^"]+)"', page)
    assert found
    for act in found[2].split():
        assert browser.post("/events", data={"token": found[1], "act": act}, headers=FIREFOX).status_code == 204


def test_a_place_in_the_product_leads_to_its_article_and_is_credited(app: Flask, stranger: FlaskClient) -> None:
    number = put_article("Refunds")
    pointed("billing-refunds", number)
    answer = stranger.get("/en/help/billing-refunds")
    assert answer.status_code == 302
    page = stranger.get(answer.headers["Location"]).text
    report(stranger, page)
    assert [(one.kind, one.channel, one.subject_id) for one in events()] == [
        ("help_opened", "in_product", number),
        ("viewed", "in_product", number),
    ]
    ballot = re.search(r'name="revision_id" value="([^"]+)"', page)
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert ballot and token
    data = {"answer": "yes", "revision_id": ballot[1], "token": token[1]}
    voted = stranger.post(f"/en/articles/{number}/vote", data=data, headers=FIREFOX)
    assert token[1] in voted.text
    assert (events()[-1].kind, events()[-1].channel) == ("voted", "in_product")


def test_without_the_place_the_article_is_credited_as_ever(app: Flask, stranger: FlaskClient) -> None:
    number = put_article("Refunds")
    for address in (f"/en/articles/{number}-refunds", f"/en/articles/{number}-refunds?via=made-up"):
        page = stranger.get(address).text
        report(stranger, page)
    assert {(one.kind, one.channel) for one in events()} == {("viewed", "help_center")}


def test_a_key_nobody_mapped_opens_the_search_and_is_noted(app: Flask, cast: Cast, stranger: FlaskClient) -> None:
    answer = stranger.get("/en/help/invoice-export")
    assert answer.headers["Location"] == "/en/search?q=invoice+export&help=invoice-export"
    report(stranger, stranger.get(answer.headers["Location"]).text)
    assert [(one.key, one.people) for one in help_key.missed()] == [("invoice-export", 1)]
    assert "invoice-export" in cast.browser("ada").get("/studio/help").text
    pointed("invoice-export", put_article("Invoices"))
    assert help_key.missed() == []


def test_a_key_is_pointed_elsewhere_and_never_deleted(app: Flask, cast: Cast, stranger: FlaskClient) -> None:
    first, second = put_article("Refunds"), put_article("Invoices")
    ada = cast.browser("ada")
    for number in (first, second):
        answer = ada.post("/studio/help", data={"key": "Money", "subject": f"article:{number}"})
        assert answer.status_code == 303
    assert f"/articles/{second}-" in stranger.get("/en/help/money").headers["Location"]
    assert [row.key for row in help_key.mapped()] == ["money"]


def test_capitals_in_the_address_of_the_product_make_no_difference(app: Flask, stranger: FlaskClient) -> None:
    number = put_article("Refunds")
    pointed("money", number)
    assert stranger.get("/en/help/Money").headers["Location"].endswith("?via=money")
    assert stranger.get("/en/help/Invoice-Export").headers["Location"].endswith("&help=invoice-export")


def archived(number: int, successor: int | None = None) -> None:
    begin_write()
    edition = db.session.scalars(select(Edition).where(Edition.article_id == number)).one()
    archival.archive(db.session.get_one(Article, number), edition, successor, by=None)
    db.session.commit()


def test_what_replaces_an_archived_article_takes_its_place(app: Flask, stranger: FlaskClient) -> None:
    old, new = put_article("Refunds"), put_article("Money back")
    pointed("money", old)
    archived(old, new)
    place = stranger.get("/en/help/money").headers["Location"]
    assert place == f"/en/articles/{new}-money-back?via=money"
    report(stranger, stranger.get(place).text)
    assert {(one.channel, one.subject_id) for one in events()} == {("in_product", new)}


def test_a_key_whose_article_was_archived_is_missed_until_it_is_pointed_elsewhere(
    app: Flask, stranger: FlaskClient
) -> None:
    old = put_article("Refunds")
    pointed("money", old)
    archived(old)
    search = stranger.get("/en/help/money").headers["Location"]
    assert search == "/en/search?q=money&help=money"
    report(stranger, stranger.get(search).text)
    assert [(one.key, one.people) for one in help_key.missed()] == [("money", 1)]
    pointed("money", put_article("Money back"))
    assert help_key.missed() == []


def test_without_a_language_it_leads_to_the_readers(app: Flask, stranger: FlaskClient) -> None:
    for wish, locale in (("ar,en;q=0.5", "ar"), ("", "en")):
        answer = stranger.get("/help/money", headers={"Accept-Language": wish})
        assert answer.headers["Location"] == f"/{locale}/help/money"
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_key_of_an_article_that_is_gone_opens_the_search(app: Flask, stranger: FlaskClient) -> None:
    number = put_article("Refunds", audience="staff")
    pointed("secret", number)
    assert stranger.get("/en/help/secret").headers["Location"].startswith("/en/search?")


@pytest.mark.parametrize("key", ["", "1st", "Ünï", "a" * 41, "a b"])
def test_what_is_no_key_is_refused_with_a_word(app: Flask, cast: Cast, stranger: FlaskClient, key: str) -> None:
    number = put_article("Refunds")
    page = cast.browser("ada").post("/studio/help", data={"key": key, "subject": f"article:{number}"})
    assert page.status_code == 422
    assert "A key begins with a letter" in page.text
    assert stranger.get(f"/en/help/{key or '1'}").status_code == 404


@pytest.mark.parametrize("subject", ["", "article:999", "user:1", "nonsense"])
def test_a_key_leads_to_an_article_and_to_nothing_else(app: Flask, cast: Cast, subject: str) -> None:
    page = cast.browser("ada").post("/studio/help", data={"key": "money", "subject": subject})
    assert page.status_code == 422
    assert "Choose the article" in page.text


def test_articles_are_offered_by_their_title(app: Flask, cast: Cast) -> None:
    number = put_article("Refunds for members")
    assert f'value="article:{number}"' in cast.browser("ada").get("/studio/help?key=money&title=refunds").text
