"""Pages of other sites: looked at once a week, and broken only after two days without an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from helpcenter.articles.health import outside_address
from helpcenter.articles.health.kind import Kind
from helpcenter.articles.health.looking import MOST_ADDRESSES, forget_unheld, look_at_due
from helpcenter.articles.health.outside_address import OutsideAddress
from helpcenter.articles.publication import archive
from helpcenter.core.db import begin_write, db
from helpcenter.core.outside.look import Answer, Look, look_at
from tests.articles.health.conftest import found, said
from tests.articles.health.internet import DEAD, GONE, Internet
from tests.articles.health.internet import internet as internet
from tests.articles.health.internet import travel as travel
from tests.core.outside import other_site
from tests.shelf import change_article, edition_of, put_article

FAILURES = {Answer.GONE, Answer.FAULT, Answer.NO_NAME, Answer.NO_CONNECTION, Answer.SLOW, Answer.UNTRUSTED}


def test_one_failed_look_says_nothing_and_two_of_one_day_count_once(
    internet: Internet, travel: Callable[..., None]
) -> None:
    put_article("Cards", "One\n\n[a](https://other.example/page#part)")
    internet.looks["https://other.example/page"] = GONE
    assert internet.look() == ["https://other.example/page"]
    travel(hours=5)
    assert internet.look() == [] and found(Kind.OUTSIDE) == []
    begin_write()
    outside_address.look_again(db.session.scalars(select(OutsideAddress.id)).one())
    db.session.commit()
    assert internet.look() and found(Kind.OUTSIDE) == []
    travel(days=1)
    assert internet.look() and found(Kind.OUTSIDE) == [("Cards", 3)]
    assert said(Kind.OUTSIDE) == [
        "The page https://other.example/page#part no longer exists (404). It has been like this since 2 Mar 2026."
    ]


@pytest.mark.parametrize(
    ("look", "told"),
    [
        (Look(Answer.FAULT, 503), "The site of https://other.example/ answers with an error (503)."),
        (Look(Answer.NO_NAME), "There is no site with the name in https://other.example/."),
        (Look(Answer.SLOW), "The site of https://other.example/ does not answer in time."),
        (Look(Answer.UNTRUSTED), "The certificate of https://other.example/ cannot be trusted."),
        (DEAD, "The site of https://other.example/ cannot be reached."),
    ],
)
def test_the_sentence_says_what_a_reader_would_find(
    internet: Internet, travel: Callable[..., None], look: Look, told: str
) -> None:
    put_article("Cards", "[a](https://other.example/)")
    internet.looks["https://other.example/"] = look
    for _day in range(2):
        internet.look()
        travel(days=1)
    assert said(Kind.OUTSIDE) == [f"{told} It has been like this since 2 Mar 2026."]


@pytest.mark.parametrize("answer", sorted(set(Answer) - FAILURES))
def test_what_may_well_answer_a_reader_is_no_finding(
    internet: Internet, travel: Callable[..., None], answer: Answer
) -> None:
    put_article("Cards", "[a](https://other.example/)")
    internet.looks["https://other.example/"] = Look(answer)
    for _day in range(3):
        internet.look()
        travel(days=8)
    assert found(Kind.OUTSIDE) == []


def test_an_answer_makes_it_well_again(internet: Internet, travel: Callable[..., None]) -> None:
    put_article("Cards", "[a](https://other.example/)")
    internet.looks["https://other.example/"] = Look(Answer.NO_NAME)
    for _day in range(2):
        internet.look()
        travel(days=1)
    assert found(Kind.OUTSIDE)
    internet.looks.clear()
    travel(days=7)
    assert internet.look() and found(Kind.OUTSIDE) == []


def test_what_is_well_is_asked_once_a_week_by_somebody_with_an_address(
    internet: Internet, travel: Callable[..., None]
) -> None:
    put_article("Cards", "[a](https://other.example/) [b](https://other.example/)")
    put_article("Refunds", "[c](https://other.example/)")
    assert internet.look() == ["https://other.example/"]
    assert internet.agents == {"HelpCenter-LinkCheck/1 (+http://localhost)"}
    for _day in range(6):
        travel(days=1)
        assert internet.look() == []
    travel(days=1)
    assert internet.look() == ["https://other.example/"]


def test_what_fails_is_asked_more_and_more_rarely(internet: Internet, travel: Callable[..., None]) -> None:
    put_article("Cards", "[a](https://other.example/)")
    internet.looks["https://other.example/"] = GONE
    days = []
    for day in range(22):
        if internet.look():
            days.append(day)
        travel(days=1)
    assert days == [0, 1, 3, 7, 14, 21]


def test_of_each_site_one_page_is_asked_at_a_time(internet: Internet, travel: Callable[..., None]) -> None:
    put_article("Cards", " ".join(f"[a](https://other.example/{number})" for number in range(3)))
    put_article("Refunds", " ".join(f"[a](https://site{number}.example/)" for number in range(MOST_ADDRESSES + 4)))
    first = internet.look()
    assert len(first) == MOST_ADDRESSES and sum("other.example" in url for url in first) == 1
    travel(minutes=1)
    assert sum("other.example" in url for url in internet.look()) == 1


def test_who_asks_for_patience_is_left_alone_for_a_day(internet: Internet, travel: Callable[..., None]) -> None:
    put_article("Cards", "[a](https://other.example/1) [a](https://other.example/2)")
    internet.looks["https://other.example/1"] = Look(Answer.CLOSED, 429)
    assert len(internet.look()) == 1
    travel(hours=23)
    assert internet.look() == []
    travel(hours=1)
    assert internet.look() == ["https://other.example/2"]


def test_an_address_within_the_network_is_no_finding(internet: Internet, travel: Callable[..., None]) -> None:
    put_article("Cards", "[a](http://127.0.0.1:8000/) [b](http://wiki.internal/)")
    internet.looks = dict.fromkeys(["http://127.0.0.1:8000/", "http://wiki.internal/"], Look(Answer.REFUSED))
    for _day in range(3):
        internet.look()
        travel(days=1)
    assert found(Kind.OUTSIDE) == []


def test_what_a_person_asked_for_is_looked_at_before_all_that_waits(
    internet: Internet, travel: Callable[..., None]
) -> None:
    put_article("Cards", "[a](https://asked.example/1)")
    internet.look()
    put_article("Refunds", " ".join(f"[a](https://site{number}.example/)" for number in range(MOST_ADDRESSES + 4)))
    put_article("Limits", "[a](https://asked.example/2)")
    travel(days=3)
    begin_write()
    outside_address.look_again(
        db.session.scalars(select(OutsideAddress.id).where(OutsideAddress.url == "https://asked.example/1")).one()
    )
    db.session.commit()
    assert internet.look()[0] == "https://asked.example/1"
    travel(minutes=1)
    assert "https://asked.example/1" not in internet.look()


def test_more_addresses_than_one_statement_takes_are_each_kept_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside_address, "AT_ONCE", 2)
    urls = [f"https://site{number}.example/" for number in range(5)]
    begin_write()
    first, again = outside_address.ids_of([*urls, *urls]), outside_address.ids_of(reversed(urls))
    db.session.commit()
    assert first == again and sorted(first) == urls and len(set(first.values())) == 5


def test_only_what_readers_see_is_asked_and_what_nobody_holds_is_forgotten(
    internet: Internet, travel: Callable[..., None]
) -> None:
    cards = put_article("Cards", "[a](https://other.example/) [us](http://localhost/en/) [m](mailto:a@example.org)")
    put_article("Draft", "[a](https://draft.example/)", published=False)
    begin_write()
    archive(edition_of(cards), by=None)
    db.session.commit()
    assert internet.look() == []
    change_article(cards, body="No link any more.")
    forget_unheld()
    assert db.session.scalars(select(OutsideAddress.url)).all() == ["https://other.example/"]
    travel(days=8)
    assert internet.look() == []


def test_the_real_look_fits_the_job(internet: Internet) -> None:
    with other_site.running() as other:
        other.answers["/page"] = (200, "")
        put_article("Cards", f"[a]({other.url}/page)")
        assert look_at_due(lambda url, agent: look_at(url, agent, allowed=lambda addresses: addresses)) == 1
        assert other.asked == ["HEAD /page"]
        assert db.session.scalars(select(OutsideAddress.answer)).one() == Answer.FINE


def test_nobody_is_asked_where_it_is_switched_off_and_in_a_demo(app: Flask, internet: Internet) -> None:
    put_article("Cards", "[a](https://other.example/)")
    for changes in ({"check_outside_links": False}, {"demo": True}):
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], check_outside_links=True, demo=False)
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], **changes)
        assert internet.look() == []
