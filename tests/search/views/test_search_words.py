from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpcenter.core.db import begin_write, db
from helpcenter.journeys.exclusion import STAFF
from helpcenter.search import drainer, expectation, pin
from helpcenter.search.expectation import Expectation
from helpcenter.search.pin import PinRow
from helpcenter.search.synonym import SynonymRow
from helpcenter.topics.audience import Audience
from tests.cast import Cast
from tests.journeys.acts import act, someone
from tests.search.conftest import thing
from tests.search.damage import break_index
from tests.search.shelf import Shelf
from tests.shelf import put_article


@pytest.fixture
def articles(app: Flask) -> dict[str, int]:
    """Articles by a short name, indexed."""
    found = {
        "invoice": put_article("Download an invoice", "An invoice for each charge."),
        "refund": put_article("Get a refund", "You get your money back."),
        "cancel": put_article("Cancel your plan", "It ends with the paid month."),
        "members": put_article("Member prices", "An invoice with a discount.", audience=Audience.MEMBERS),
        "spanish": put_article("Descargar una factura", "Una factura por cobro.", locale="es"),
    }
    drainer.drain()
    return found


@pytest.fixture
def ada(cast: Cast, articles: dict[str, int]) -> FlaskClient:
    return cast.browser("ada")


def page(browser: FlaskClient, path: str = "", **asked: object) -> str:
    query = urlencode(asked)
    answer = browser.get(f"/studio/search{path}" + (f"?{query}" if query else ""))
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def part(text: str, id: str) -> str:
    """A section of a page, without tags, on one line."""
    section = re.search(rf'<section id="{id}".*?</section>', text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", section[0]).split()) if section else ""


def titles(text: str) -> list[str]:
    """What the search that was tried finds."""
    return re.findall(r'class="plain-title"[^>]*>([^<]+)<', text)


def send(browser: FlaskClient, path: str, **data: object) -> tuple[int, str]:
    answer = browser.post(f"/studio/search{path}", data={"in": "en", **data})
    return answer.status_code, unescape(answer.text)


def rows_of(kind: type[SynonymRow] | type[PinRow] | type[Expectation]) -> list[object]:
    db.session.rollback()
    return list(db.session.query(kind).order_by(kind.id))


def pinned(phrase: str = "refund") -> list[int]:
    db.session.rollback()
    return [row.subject_id for row in pin.for_phrase("en", phrase)]


# Trying a search


def test_a_search_that_is_tried_shows_what_readers_find_and_why(ada: FlaskClient) -> None:
    text = page(ada, q="invoice")
    assert titles(text) == ["Download an invoice"]
    assert "“invoice” in the title" in part(text, "tried")
    assert "“invoice” in the text" in part(text, "tried")


def test_every_reason_is_said_in_words_of_the_language(ada: FlaskClient, shelf: Shelf) -> None:
    shelf.put(thing(1, "Quick start", "How to begin quickly, at once.", keywords=("beginning",)))
    drainer.rebuild()
    told = part(page(ada, q="quick start begin"), "tried")
    assert "“begin” in the search words" in told
    assert "“quick” in the title" in told
    exact = part(page(ada, q="quick start"), "tried")
    assert "The words are next to each other" in exact
    assert "The search is the title" in exact
    assert " in keyword" not in told
    assert "quick» en el título" in part(page(ada, q="quick start", lang="es", **{"in": "en"}), "tried")


def test_an_editor_may_try_a_search_as_herself(ada: FlaskClient) -> None:
    assert titles(page(ada, q="invoice", **{"as": "me"})) == ["Download an invoice", "Member prices"]


def test_a_search_is_tried_in_the_language_that_was_chosen(ada: FlaskClient) -> None:
    assert titles(page(ada, q="facturas", **{"in": "es"})) == ["Descargar una factura"]
    assert titles(page(ada, q="facturas", **{"in": "xx"})) == []


def test_a_slip_is_told_as_readers_are_told(ada: FlaskClient) -> None:
    assert "These are for “refund”" in part(page(ada, q="refnud"), "tried")
    assert "Nothing is found." in part(page(ada, q="zzzqqq"), "tried")


def test_markup_in_a_search_stays_text(ada: FlaskClient) -> None:
    assert b"<b>bold" not in ada.get("/studio/search?q=%3Cb%3Ebold").data


# Synonyms


def test_a_synonym_counts_at_once(ada: FlaskClient) -> None:
    assert titles(page(ada, q="bill")) == []
    assert send(ada, "/synonyms", phrases="bill, invoice")[0] == 303
    assert titles(page(ada, q="bill")) == ["Download an invoice"]
    assert "“bill”, as “invoic”, in the title" in part(page(ada, q="bill"), "tried")
    assert "bill, invoice Both ways" in part(page(ada), "synonyms")


def test_a_synonym_may_lead_one_way(ada: FlaskClient) -> None:
    send(ada, "/synonyms", phrases="bill\nreceipt", to="invoice")
    assert titles(page(ada, q="receipt")) == ["Download an invoice"]
    assert "bill, receipt also finds invoice One way" in part(page(ada), "synonyms")


def test_a_synonym_is_of_one_language(ada: FlaskClient) -> None:
    send(ada, "/synonyms", phrases="recibo، factura", **{"in": "es"})
    assert titles(page(ada, q="recibo", **{"in": "es"})) == ["Descargar una factura"]
    assert "recibo" not in part(page(ada), "synonyms")


@pytest.mark.parametrize(
    ("phrases", "to", "told"),
    [
        ("bill", "", "Write two words at least"),
        ("", "bill, invoice", "Write two words at least"),
        ("bill, bills", "", "as the same word"),
        ("bill, …", "", "at least one letter or number"),
        ("bill, one two three four five six", "", "5 words at most"),
        (", ".join(f"word{n}" for n in range(21)), "", "20 at most"),
    ],
)
def test_words_that_make_no_synonym_come_back_with_a_reason(ada: FlaskClient, phrases: str, to: str, told: str) -> None:
    status, text = send(ada, "/synonyms", phrases=phrases, to=to)
    assert status == 422
    assert told in text
    assert all(f">\n{words}</textarea>" in text.replace("\r\n", "\n") for words in (phrases, to))
    assert rows_of(SynonymRow) == []


def test_a_synonym_is_changed(ada: FlaskClient) -> None:
    send(ada, "/synonyms", phrases="bill, invoice")
    (row,) = rows_of(SynonymRow)
    path = f"/synonyms/{row.id}"  # type: ignore[attr-defined]
    assert ">\nbill\ninvoice</textarea>" in page(ada, path).replace("\r\n", "\n")
    assert send(ada, path, phrases="bill")[0] == 422
    assert send(ada, path, phrases="cash, refund")[0] == 303
    assert (titles(page(ada, q="bill")), titles(page(ada, q="cash"))) == ([], ["Get a refund"])


def test_a_removed_synonym_can_be_put_back(ada: FlaskClient) -> None:
    send(ada, "/synonyms", phrases="bill", to="invoice")
    (row,) = rows_of(SynonymRow)
    answer = ada.post(f"/studio/search/synonyms/{row.id}/removal", follow_redirects=True)  # type: ignore[attr-defined]
    assert "The synonym “bill, invoice” was removed." in answer.text
    assert titles(page(ada, q="bill")) == []
    assert ada.post("/studio/search/restoration").status_code == 303
    assert titles(page(ada, q="bill")) == ["Download an invoice"]
    assert "There is nothing to put back" in ada.post("/studio/search/restoration", follow_redirects=True).text
    assert len(rows_of(SynonymRow)) == 1


def test_a_synonym_is_looked_at_before_it_counts(ada: FlaskClient, articles: dict[str, int]) -> None:
    send(ada, "/test-set", phrase="bill", subject=f"article:{articles['invoice']}")
    status, text = send(ada, "/synonyms", phrases="bill, invoice", check="1")
    assert status == 200
    assert "bill Nothing. Download an invoice" in part(text, "change")
    assert "bill Download an invoice Not among the first ten 1 Better" in part(text, "change")
    assert ">\nbill, invoice</textarea>" in text.replace("\r\n", "\n")
    assert rows_of(SynonymRow) == []
    send(ada, "/synonyms", phrases="bill, invoice")
    (row,) = rows_of(SynonymRow)
    text = send(ada, f"/synonyms/{row.id}", phrases="cash, refund", check="1")[1]  # type: ignore[attr-defined]
    assert "bill Download an invoice Nothing." in part(text, "change")
    assert "1 Not among the first ten Worse" in part(text, "change")
    assert titles(page(ada, q="bill")) == ["Download an invoice"]


# Pinned results


def test_an_article_is_found_by_title_and_pinned(ada: FlaskClient, articles: dict[str, int]) -> None:
    text = page(ada, "/pins", phrase="refund", title="cancel")
    assert "Cancel your plan" in part(text, "offered")
    assert send(ada, "/pins", phrase="refund", title="cancel", subject=f"article:{articles['cancel']}")[0] == 303
    assert titles(page(ada, q="my refunds")) == ["Cancel your plan", "Get a refund"]
    assert "Only because it is pinned." in part(page(ada, q="refund"), "tried")
    assert "refund Cancel your plan" in part(page(ada), "pins")
    assert "Cancel your plan" not in part(page(ada, "/pins", phrase="refund", title="cancel"), "offered")


def test_three_are_pinned_at_most_and_in_an_order(ada: FlaskClient, articles: dict[str, int]) -> None:
    three = [articles["invoice"], articles["refund"], articles["cancel"]]
    for id in three:
        assert send(ada, "/pins", phrase="refund", subject=f"article:{id}")[0] == 303
    status, text = send(ada, "/pins", phrase="Refunds", title="member", subject=f"article:{articles['members']}")
    assert (status, "3 results are already pinned for it" in text) == (422, True)
    assert 'value="Refunds"' in text
    assert 'value="member"' in text
    assert pinned() == three
    last, first = (pin.for_phrase("en", "refund")[at].id for at in (2, 0))
    assert send(ada, f"/pins/{last}/position", to="up")[0] == 303
    assert pinned() == [articles["invoice"], articles["cancel"], articles["refund"]]
    send(ada, f"/pins/{first}/position", to="up")
    assert pinned() == [articles["invoice"], articles["cancel"], articles["refund"]]


def test_a_removed_pin_is_put_back_at_its_place(ada: FlaskClient, articles: dict[str, int]) -> None:
    three = [articles["invoice"], articles["refund"], articles["cancel"]]
    for id in three:
        send(ada, "/pins", phrase="refund", subject=f"article:{id}")
    answer = ada.post(f"/studio/search/pins/{pin.for_phrase('en', 'refund')[1].id}/removal", follow_redirects=True)
    assert "The result pinned for “refund” was removed." in answer.text
    assert pinned() == [three[0], three[2]]
    ada.post("/studio/search/restoration")
    assert pinned() == three


def test_what_can_not_be_found_is_not_pinned(ada: FlaskClient, articles: dict[str, int]) -> None:
    draft = put_article("A draft", published=False)
    for subject in (f"article:{draft}", f"article:{articles['spanish']}", "article:99999", "user:1", "x", ""):
        status, text = send(ada, "/pins", phrase="refund", subject=subject)
        assert (status, "cannot be found in this language" in text) == (422, True), subject
    assert send(ada, "/pins", phrase="?!", subject=f"article:{articles['refund']}")[0] == 422
    assert ada.get("/studio/search/pins?phrase=%3F!&title=refund").status_code == 422
    assert rows_of(PinRow) == []


def test_a_pin_is_looked_at_before_it_counts(ada: FlaskClient, articles: dict[str, int]) -> None:
    text = page(ada, "/pins", phrase="refund", title="cancel", candidate=f"article:{articles['cancel']}")
    told = part(text, "found")
    assert "would find Nothing is saved yet. Cancel your plan Get a refund What readers find now Get a refund" in told
    assert rows_of(PinRow) == []


def test_a_pin_on_what_left_says_so(ada: FlaskClient, articles: dict[str, int]) -> None:
    begin_write()
    pin.add("en", "refund", ("article", articles["spanish"]), by=None)
    db.session.commit()
    assert "Readers do not find it now" in part(page(ada), "pins")


# Searches that found nothing


def search(words: str, people: int, results: int = 0, locale: str = "en", reason: str | None = None) -> None:
    for _ in range(people):
        act("searched", someone(excluded_reason=reason), detail={"results": results}, query=words, locale=locale)


def test_words_of_two_people_that_found_nothing_are_listed_with_ways_on(ada: FlaskClient) -> None:
    search("reimburse me", 2)
    search("Reimburse ME", 1)
    search("alone", 1)
    search("refund", 5, results=2)
    search("testing", 3, reason=STAFF)
    search("reembolsar", 2, locale="es")
    text = page(ada)
    told = part(text, "unfound")
    assert "reimburse me 3 Finds nothing Add a synonym Pin a result Write an article" in told
    assert not any(word in told for word in ("alone", "refund", "testing", "reembolsar"))
    assert "words=reimburse+me" in text
    assert "Write an article" in text
    assert 'value="reimburse me"' in ada.get("/studio/articles/new?in=en&title=reimburse+me").text
    assert ">\nreimburse me</textarea>" in page(ada, "/synonyms/new", words="reimburse me").replace("\r\n", "\n")


def test_what_finds_something_by_now_is_told(ada: FlaskClient) -> None:
    search("reimburse", 2)
    send(ada, "/synonyms", phrases="reimburse, refund")
    assert "reimburse 2 Finds something" in part(page(ada), "unfound")


def test_one_person_before_and_after_signing_in_is_one(ada: FlaskClient, cast: Cast) -> None:
    browser = someone()
    act("searched", browser, detail={"results": 0}, query="my secret", locale="en")
    act("signed_in", browser.signed_in_as(cast.id_of("ben")))
    act("searched", browser.signed_in_as(cast.id_of("ben")), detail={"results": 0}, query="my secret", locale="en")
    assert "my secret" not in page(ada)


# The test set


def test_a_search_of_the_test_set_shows_its_place(ada: FlaskClient, articles: dict[str, int]) -> None:
    assert "Get a refund" in part(page(ada, "/test-set/new", phrase="money", title="refund"), "offered")
    assert send(ada, "/test-set", phrase="money", subject=f"article:{articles['refund']}")[0] == 303
    send(ada, "/test-set", phrase="cash", subject=f"article:{articles['refund']}")
    send(ada, "/test-set", phrase="discount", subject=f"article:{articles['members']}")
    told = part(page(ada), "test-set")
    assert "money Get a refund 1" in told
    assert "cash Get a refund Not among the first ten" in told
    assert "discount Member prices 1" in told


@pytest.mark.parametrize(
    ("phrase", "subject", "told"),
    [
        ("money", "refund", "already in your test set"),
        ("?!", "refund", "at least one letter or number"),
        ("x" * 201, "refund", "200 characters at most"),
        ("money", "spanish", "cannot be found"),
    ],
)
def test_what_makes_no_sense_in_a_test_set_comes_back(
    ada: FlaskClient, articles: dict[str, int], phrase: str, subject: str, told: str
) -> None:
    send(ada, "/test-set", phrase="money", subject=f"article:{articles['refund']}")
    status, text = send(ada, "/test-set", phrase=phrase, title="ref", subject=f"article:{articles[subject]}")
    assert (status, told in text) == (422, True)
    assert f'value="{phrase}"' in text
    assert 'value="ref"' in text


def test_a_full_test_set_takes_no_more(
    ada: FlaskClient, articles: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expectation, "MOST_EXPECTED", 1)
    assert send(ada, "/test-set", phrase="money", subject=f"article:{articles['refund']}")[0] == 303
    assert send(ada, "/test-set", phrase="cash", subject=f"article:{articles['refund']}")[0] == 422


def test_a_removed_search_can_be_put_back(ada: FlaskClient, articles: dict[str, int]) -> None:
    send(ada, "/test-set", phrase="money", subject=f"article:{articles['refund']}")
    (row,) = rows_of(Expectation)
    ada.post(f"/studio/search/test-set/{row.id}/removal")  # type: ignore[attr-defined]
    assert rows_of(Expectation) == []
    assert "removed from your test set" in page(ada, removed=1)
    ada.post("/studio/search/restoration")
    assert len(rows_of(Expectation)) == 1
    assert "removed from your test set" not in page(ada, removed=1)


# The gate


@pytest.mark.parametrize(
    "path", ["/synonyms/99", "/synonyms/99/removal", "/pins/99/position", "/pins/99/removal", "/test-set/99/removal"]
)
def test_what_is_not_there_is_not_found(ada: FlaskClient, path: str) -> None:
    assert send(ada, path, phrases="bill, invoice")[0] == 404


def test_the_page_is_reached_from_the_teams_pages_and_kept_nowhere(ada: FlaskClient, cast: Cast) -> None:
    answer = ada.get("/studio/search")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert '<a href="/studio/search" aria-current="page">Search words</a>' in answer.text
    assert "/studio/search" not in cast.browser("ben").get("/en/").text


def test_the_page_works_while_the_index_is_being_mended(ada: FlaskClient, app: Flask) -> None:
    send(ada, "/synonyms", phrases="bill, invoice")
    break_index()
    assert "Search is being repaired" in page(ada, q="invoice")
    assert titles(page(ada, q="invoice")) == ["Download an invoice"]
