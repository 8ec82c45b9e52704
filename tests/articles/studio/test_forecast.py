"""What readers would find with the words in the form, and whether they find it once these are published."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.revision import Revision
from helpcenter.core.db import begin_write, db
from helpcenter.journeys.actor import Actor
from helpcenter.search import finding, pin, synonym
from helpcenter.search.drainer import drain
from helpcenter.search.engines import engine
from tests.articles.studio.conftest import count, send
from tests.journeys.acts import act, someone
from tests.shelf import edition_of, put_article, put_topic


def search(words: str, people: int = 3, results: int = 0, locale: str = "en", **who: Any) -> None:
    """So many people search for these words."""
    for _ in range(people):
        act("searched", someone(**who), detail={"results": results}, query=words, locale=locale)


def ask(browser: FlaskClient, words: dict[str, Any], article_id: int | None = None) -> TestResponse:
    db.session.rollback()
    drain()
    address = f"/studio/forecast?article={article_id}" if article_id else "/studio/forecast"
    answer = browser.post(address, data=words)
    assert answer.status_code == 200
    return answer


def part(answer: TestResponse, name: str) -> str:
    """The words of a part of the page."""
    found = re.search(rf'<section id="{name}".*?</section>', answer.text, re.DOTALL)
    assert found
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def rescued(answer: TestResponse) -> str:
    return part(answer, "draft-rescue")


def test_the_failed_searches_that_would_find_it_are_told_with_their_people(ada: FlaskClient, words: Any) -> None:
    search("money back", 3)
    search("refunds", 4)
    search("billing", 2)
    search("harbour", 5)
    said = rescued(ask(ada, words()))
    assert "these failed searches will find it: 2 searches, 7 people" in said
    assert "refunds 4 people money back 3 people" in said
    assert "billing" not in said and "harbour" not in said


def test_somebody_who_searched_twice_is_one_of_the_people(ada: FlaskClient, words: Any) -> None:
    people = [someone() for _ in range(3)]
    for text in ("money back", "refunds"):
        for one in people:
            act("searched", one, detail={"results": 0}, query=text, locale="en")
    assert "2 searches, 3 people" in rescued(ask(ada, words()))


@pytest.mark.parametrize("who", [{"excluded_reason": "staff"}, {"excluded_reason": "crawler"}, {"observable": False}])
def test_the_team_crawlers_and_who_wants_no_tracking_are_left_out(
    ada: FlaskClient, words: Any, who: dict[str, Any]
) -> None:
    search("refunds", 3, **who)
    search("reembolso", 3, locale="es")
    assert "There is nothing to rescue" in rescued(ask(ada, words()))


def test_words_of_two_people_are_told_nowhere(ada: FlaskClient, words: Any) -> None:
    search("sebastian's divorce refund", 2)
    search("sebastian's divorce refund", 2, results=3)
    search("unheard of", 2)
    page = ask(ada, words()).text
    assert "sebastian" not in page and "unheard" not in page


def test_what_finds_something_by_now_needs_no_rescue(ada: FlaskClient, words: Any) -> None:
    put_article("Refunds")
    search("refunds")
    assert "There is nothing to rescue" in rescued(ask(ada, words()))


def test_a_draft_that_helps_nobody_is_told_what_would_help(ada: FlaskClient, words: Any) -> None:
    search("harbour fees", 3)
    said = rescued(ask(ada, words()))
    assert "None of the latest failed searches would find it." in said and "harbour fees 3 people" in said
    better = rescued(ask(ada, words(keywords="harbour")))
    assert "1 search, 3 people" in better and "harbour fees" in better


def test_what_it_would_push_from_the_first_place_is_told(ada: FlaskClient, words: Any) -> None:
    put_article("Payments and money", "A refund takes a week.")
    search("get a refund", 6, results=1)
    search("money and payments", 6, results=1)
    said = rescued(ask(ada, words()))
    assert "It would come first, before Payments and money get a refund · 6 people" in said
    assert "money and payments" not in said


def test_an_article_that_is_first_already_pushes_nothing_down(ada: FlaskClient, words: Any, written: str) -> None:
    article_id = int(written.split("/")[-2])
    search("get a refund", 6, results=1)
    assert "It would come first" not in rescued(ask(ada, words(body="Anew."), article_id))


def test_only_what_all_its_readers_may_read_counts(ada: FlaskClient, words: Any) -> None:
    team = put_topic("team", "Team", audience="team")
    put_article("A refund for the team", topic_id=team)
    search("refund for the team", 3)
    said = rescued(ask(ada, words()))
    assert "1 search, 3 people" in said and "A refund for the team" not in said
    of_team = rescued(ask(ada, words(topic=str(team))))
    assert "nothing to rescue" in of_team and "Only people who may read it will find it." in of_team


def test_pins_and_synonyms_hold_in_the_forecast_too(ada: FlaskClient, words: Any) -> None:
    pinned = put_article("Cards")
    begin_write()
    synonym.add("en", ("restitution",), ("refund",), by=None)
    pin.add("en", "refund me", ("article", pinned), by=None)
    db.session.commit()
    search("restitution", 3)
    search("refund me", 3, results=1)
    said = rescued(ask(ada, words()))
    assert "restitution 3 people" in said and "It would come first" not in said


QUERIES = ("bank account", "acount", "choose a payment", "open billing", "get a refund", "harbour", "cards", "pick")


@pytest.mark.parametrize("is_new", [True, False])
def test_what_is_promised_is_what_comes(app: Flask, ada: FlaskClient, words: Any, written: str, is_new: bool) -> None:
    """The draft is published, the outbox drained, and the same searches are made."""
    for number in range(8):
        put_article(f"Cards {number}", "A payment with a card from a bank account, " * number)
    for text in QUERIES:
        search(text, 3)
        search(text, 3, results=2)
    draft = words(title="Choose a bank account", body="Pay from it whatever you pick: a payment, or two.", publish="1")
    article_id = None if is_new else int(written.split("/")[-2])
    drain()
    before = {text: first(text) for text in QUERIES}
    said = rescued(ask(ada, draft, article_id))
    address = "/studio/articles" if is_new else written
    answer = ada.post(address, data=draft) if is_new else send(ada, address, **draft)
    assert answer.status_code == 303
    published = article_id or int(answer.headers["Location"].split("/")[-2])
    db.session.rollback()
    drain()
    saved, pushed = said.partition("It would come first, before")[::2]
    assert "these failed searches will find it" in saved and pushed
    for text in QUERIES:
        places = [hit.id for hit in finding.find(text, "en", STRANGER, limit=5).hits[:5]]
        assert (f"{text} 3 people" in saved) == (before[text] is None and published in places), text
        is_pushed = places[:1] == [published] and before[text] not in (None, published)
        assert (f"{text} · 3 people" in pushed) == is_pushed, text


def first(text: str) -> int | None:
    hits = finding.find(text, "en", STRANGER, limit=1).hits
    return hits[0].id if hits else None


def test_words_that_led_to_it_and_stand_nowhere_in_it_are_told(ada: FlaskClient, words: Any, written: str) -> None:
    article_id = int(written.split("/")[-2])
    token = edition_of(article_id)
    for text in ("restitution of a refund", "refnud"):
        for _ in range(3):
            one = Actor(someone().visitor_id)
            act("searched", one, detail={"results": 2}, query=text, locale="en")
            act("viewed", one, subject=("article", article_id), revision_id=token.published_revision_id, locale="en")
    said = part(ask(ada, words(), article_id), "draft-hints")
    assert "appear nowhere in it: restitution" in said and "refnud" not in said
    assert "appear nowhere" not in part(ask(ada, words(body="No restitution."), article_id), "draft-hints")


def test_a_forecast_keeps_nothing_and_needs_nothing_that_is_saved(ada: FlaskClient, words: Any) -> None:
    ask(ada, words())
    assert count(Revision) == 0
    assert finding.find("refund", "en", STRANGER).hits == ()


@pytest.mark.parametrize("changed", [{"title": " "}, {"body": "\n"}])
def test_without_title_or_text_there_is_nothing_to_look_for(ada: FlaskClient, words: Any, changed: Any) -> None:
    assert "as soon as there is a title and a text" in rescued(ask(ada, words(**changed)))


def test_a_text_that_is_refused_says_why(ada: FlaskClient, words: Any) -> None:
    assert "nested too deeply" in rescued(ask(ada, words(body="[" * 20_000)))


def test_while_search_is_repaired_it_says_so(
    ada: FlaskClient, words: Any, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from helpcenter.search.engine import EngineDamaged

    def broken(*_: Any) -> None:
        raise EngineDamaged("a file is gone")

    drain()
    monkeypatch.setattr(engine(), "supposing", broken)
    assert "Search is being repaired." in rescued(ask(ada, words()))


@pytest.mark.parametrize("odd", [{"topic": "nonsense"}, {"topic": "99999"}, {"audience": "kings"}, {"language": "xx"}])
def test_odd_fields_do_no_harm(ada: FlaskClient, words: Any, odd: dict[str, str]) -> None:
    search("refunds", 3)
    assert "1 search, 3 people" in rescued(ask(ada, words(**odd)))


def test_there_is_none_for_an_article_that_does_not_exist(ada: FlaskClient, words: Any) -> None:
    assert ada.post("/studio/forecast?article=999", data=words()).status_code == 404


def test_the_page_of_the_form_shows_the_hints_and_has_the_button(ada: FlaskClient, words: Any, written: str) -> None:
    page = ada.get(written)
    assert 'formaction="/studio/forecast?article=' in page.text
    long_one = " ".join(["word"] * 50)
    send(ada, written, page, **words(body=f"Short.\n\n{long_one}."))
    assert "Line 3 : A sentence of 50 words." in part(ada.get(written), "draft-hints")
