"""The page of results, on real articles, in every state it can be in."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from helpcenter.articles.article import Article
from helpcenter.core.db import db
from helpcenter.feedback import tally
from helpcenter.feedback.tally import SHOWN_FROM
from helpcenter.journeys import page_token
from helpcenter.search import drainer, pin, synonym
from helpcenter.topics.audience import Audience
from tests.cast import Cast
from tests.feedback import votes
from tests.search.damage import break_index
from tests.shelf import edition_of, put_article, put_topic
from tests.web.result_page import Page, edit, search

REPAIR = "Search is being repaired. Until then, only titles are searched."


@pytest.fixture
def shelf(app: Flask) -> dict[str, int]:
    billing = put_topic("billing", "Billing")
    invoices = put_topic("invoices", "Invoices", below=billing)
    account = put_topic("account", "Account")
    found = {
        "refund": put_article("Get a refund", "Your money comes back.", topic_id=billing, summary="Money back."),
        "invoice": put_article("Download an invoice", "Beside it stands the refund.", topic_id=invoices),
        "password": put_article("Change your password", "Not a word about a refund.", topic_id=account),
        "spanish": put_article("Pedir un refund", "El dinero vuelve.", locale="es", topic_id=billing),
        "members": put_article("Refund for members", "More money.", topic_id=billing, audience=Audience.MEMBERS),
        "team": put_article("Refund notes", "For the team.", topic_id=billing, audience=Audience.TEAM),
    }
    drainer.drain()
    return found | {"billing": billing, "account": account}


def helped_by(article_id: int) -> None:
    """As many people as it takes to be shown say that an article helped."""
    revision_id = edition_of(article_id).published_revision_id
    assert revision_id is not None
    for _ in range(SHOWN_FROM):
        votes.cast(True, votes.someone(), revision_id, ("article", article_id))
    tally.show_changes()


def test_a_result_tells_its_place_kind_and_why_it_was_found(shelf: dict[str, int], stranger: FlaskClient) -> None:
    page = search(stranger, "refund")
    assert page.heading == "3 results for “refund”"
    assert page.titles[0] == "Get a refund"
    assert sorted(page.titles[1:]) == ["Change your password", "Download an invoice"]
    assert "Billing › Invoices" in page.main
    assert "Beside it stands the <mark>refund</mark>." in page.text
    assert "Article" in page.main


def test_one_result_is_said_as_one(shelf: dict[str, int], stranger: FlaskClient) -> None:
    assert search(stranger, "beside").heading == "1 result for “beside”"


def test_topics_narrow_and_say_how_many_before(shelf: dict[str, int], stranger: FlaskClient) -> None:
    page = search(stranger, "refund")
    assert "Topic All Billing 2 Account 1" in page.filters
    narrowed = Page(stranger, page.link("Account"))
    assert narrowed.titles == ["Change your password"]
    assert "Topic All Billing 2 Account 1" in narrowed.filters
    assert f'topic={shelf["account"]}" aria-current="true"' in narrowed.text
    assert sorted(Page(stranger, narrowed.link("All")).titles) == sorted(page.titles)


def test_kinds_narrow_and_say_how_many_before(shelf: dict[str, int], stranger: FlaskClient) -> None:
    assert "Kind" not in search(stranger, "refund").filters, "one kind is no choice"
    assert len(search(stranger, "refund", kind="nonsense").titles) == 3
    other = search(stranger, "refund", kind="topic")
    assert other.titles == []
    assert "Kind All Article 3 topic 0" in other.filters
    assert len(Page(stranger, other.link("Article")).titles) == 3


def test_what_makes_no_sense_in_an_address_is_left_out(shelf: dict[str, int], stranger: FlaskClient) -> None:
    assert len(search(stranger, "refund", topic=999, page="x").titles) == 3
    assert len(search(stranger, "refund", topic="²", page="²").titles) == 3
    assert search(stranger, "refund", page=0).heading == "3 results for “refund”"
    long = search(stranger, "refund+" * 100)
    assert "Get a refund" in long.titles


def test_a_slip_is_searched_as_it_was_meant_and_that_is_said(shelf: dict[str, int], stranger: FlaskClient) -> None:
    page = search(stranger, "refnud")
    assert page.heading == "3 results for “refund”"
    assert "Nothing was found for “refnud”." in page.main
    assert page.titles[0] == "Get a refund"


def test_a_better_word_is_offered_where_something_is_found(shelf: dict[str, int], stranger: FlaskClient) -> None:
    page = search(stranger, "invoice+refnud")
    assert "Did you mean invoice refund ?" in page.main
    assert page.titles[0] == "Download an invoice"
    assert page.link("invoice refund") == "/en/search?q=invoice+refund"


def test_other_languages_are_folded_below(shelf: dict[str, int], stranger: FlaskClient) -> None:
    page = search(stranger, "refund")
    assert page.elsewhere == ["Pedir un refund"]
    assert "1 result in another language" in page.main
    assert "Español" in page.main
    assert '<details class="folded">' in page.text
    alone = search(stranger, "vuelve")
    assert (alone.titles, alone.elsewhere) == ([], ["Pedir un refund"])
    assert '<details class="folded" open>' in alone.text


def test_a_reader_of_another_language_is_answered_in_it(shelf: dict[str, int], stranger: FlaskClient) -> None:
    page = search(stranger, "refund", locale="es")
    assert page.titles == ["Pedir un refund"]
    assert "Get a refund" in page.elsewhere


def test_members_find_what_is_for_members_and_the_team_what_is_for_it(shelf: dict[str, int], cast: Cast) -> None:
    assert "Refund for members" in search(cast.browser("ben"), "refund").titles
    assert "Refund notes" not in search(cast.browser("ben"), "refund").titles
    page = search(cast.browser("ada"), "refund")
    assert {"Refund for members", "Refund notes"} <= set(page.titles)
    assert page.heading == "5 results for “refund”"


def test_strangers_are_not_told_of_what_they_may_not_see(shelf: dict[str, int], stranger: FlaskClient) -> None:
    for words in ("refund", "members", "notes", "refund+team"):
        page = search(stranger, words)
        assert "Refund for members" not in page.main
        assert "Refund notes" not in page.main


def test_no_count_is_shown_when_the_second_look_took_something_away(
    shelf: dict[str, int], stranger: FlaskClient
) -> None:
    hidden = update(Article).where(Article.id == shelf["refund"]).values(audience=Audience.TEAM)
    edit(lambda: db.session.execute(hidden))
    page = search(stranger, "refund")
    assert page.heading == "Results for “refund”"
    assert sorted(page.titles) == ["Change your password", "Download an invoice"]
    assert not re.search(r"\d", page.filters)


def test_a_pinned_result_stands_first_and_says_who_chose_it(shelf: dict[str, int], stranger: FlaskClient) -> None:
    edit(lambda: pin.add("en", "refund", ("article", shelf["password"]), by=None))
    page = search(stranger, "refunds")
    assert page.titles[0] == "Change your password"
    assert len(page.titles) == 3
    assert page.main.count("Chosen by the team") == 1
    assert "Chosen by the team" not in search(stranger, "refund+money").main


def test_a_pin_for_the_team_stays_with_the_team(shelf: dict[str, int], stranger: FlaskClient, cast: Cast) -> None:
    edit(lambda: pin.add("en", "password", ("article", shelf["team"]), by=None))
    assert search(stranger, "password").titles == ["Change your password"]
    assert search(cast.browser("sam"), "password").titles == ["Refund notes", "Change your password"]


def test_a_synonym_is_obeyed_at_once(shelf: dict[str, int], stranger: FlaskClient) -> None:
    assert search(stranger, "cash").titles == []
    edit(lambda: synonym.add("en", ["cash", "money"], by=None))
    assert search(stranger, "cash").titles == ["Get a refund"]


def test_nothing_found_leads_on(shelf: dict[str, int], stranger: FlaskClient) -> None:
    helped_by(shelf["invoice"])
    page = search(stranger, "refunddddddding+zzz", correct=0)
    assert page.heading == "Nothing found for “refunddddddding zzz”"
    assert "Check the spelling, or try fewer and plainer words." in page.main
    assert "Closest titles" in page.main
    assert page.link("Get a refund").startswith(f"/en/articles/{shelf['refund']}")
    assert "What helped others in Billing Download an invoice" in page.main
    assert page.link("Ask the community") == "/en/questions/new?title=refunddddddding+zzz"
    assert page.link("Write to support") == "/en/contact?q=refunddddddding+zzz"
    assert 'value="refunddddddding zzz"' in page.text
    assert "Refund for members" not in page.main


def test_nothing_like_it_at_all_still_leads_on(shelf: dict[str, int], stranger: FlaskClient) -> None:
    helped_by(shelf["password"])
    page = search(stranger, "qqqzzz")
    assert page.heading == "Nothing found for “qqqzzz”"
    assert "Closest titles" not in page.main
    assert "What helped others Change your password" in page.main
    for words, way in (
        ("Ask the community", "/en/questions/new?title=qqqzzz"),
        ("Write to support", "/en/contact?q=qqqzzz"),
    ):
        assert page.link(words) == way


def test_without_words_what_helped_others_is_shown(shelf: dict[str, int], stranger: FlaskClient) -> None:
    helped_by(shelf["password"])
    for address in ("/en/search", "/en/search?q=", "/en/search?q=+++"):
        page = Page(stranger, address)
        assert page.heading == "Search"
        assert "What helped others Change your password" in page.main
        assert "read-beacon" not in page.text


def test_markup_and_quotation_marks_stay_text(shelf: dict[str, int], stranger: FlaskClient) -> None:
    text = stranger.get('/en/search?q="><script>alert(1)</script>').text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_while_the_index_is_damaged_titles_answer_and_that_is_said(
    shelf: dict[str, int], stranger: FlaskClient
) -> None:
    assert REPAIR not in search(stranger, "refund").main
    break_index()
    page = search(stranger, "refund")
    assert REPAIR in page.main
    assert page.heading == "Results for “refund”"
    assert page.titles == ["Get a refund", "Pedir un refund"]
    assert page.elsewhere == []
    assert "Money back." in page.main
    assert not re.search(r"\d", page.filters)
    assert REPAIR in search(stranger, "money").main
    drainer.drain()
    assert search(stranger, "refund").heading == "3 results for “refund”"


def test_the_first_page_reports_how_many_were_found(shelf: dict[str, int], stranger: FlaskClient) -> None:
    def reported(page: Page) -> object:
        found = re.search(r'<read-beacon[^>]* data-token="([^"]+)"', page.text)
        return page_token.read(found[1]).detail if found else None

    assert reported(search(stranger, "refund")) == {"results": 3}
    assert reported(search(stranger, "qqqzzz")) == {"results": 0}
    assert reported(search(stranger, "refund", page=2)) is None


def test_every_page_tells_browsers_how_to_search_here(shelf: dict[str, int], stranger: FlaskClient) -> None:
    assert '<link rel="search" type="application/opensearchdescription+xml"' in search(stranger, "refund").text
    assert '<link rel="search" type="application/opensearchdescription+xml"' in stranger.get("/en/").text
    told = stranger.get("/opensearch.xml").text
    assert "/search?q={searchTerms}" in told


def test_a_page_of_results_is_not_for_search_engines(shelf: dict[str, int], stranger: FlaskClient) -> None:
    assert '<meta name="robots" content="noindex">' in search(stranger, "refund").text
