"""A link to an article is picked by its title and outlives a change of it."""

import pytest
from sqlalchemy import select

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles.edition import Edition
from helpcenter.articles.visibility import readable
from helpcenter.core import jobs
from helpcenter.core.db import db
from tests.articles.studio.conftest import edition, send


@pytest.fixture
def target(ada, words) -> int:
    """An article that others link to."""
    answer = ada.post("/studio/articles", data=words(title="Pay an invoice", publish="1"))
    return int(answer.headers["Location"].split("/")[-2])


def choices(browser, **asked) -> list[dict[str, str]]:
    return browser.get("/studio/links", query_string=asked).get_json()["articles"]


def test_words_of_a_title_find_it_with_its_topic(ada, target):
    (found,) = choices(ada, q="INVOICE pay")
    assert found == {"title": "Pay an invoice", "address": f"/articles/{target}", "about": "Billing", "lang": "en"}
    assert choices(ada, q="nothing like it") == []


def test_without_a_word_the_last_changed_come_first(ada, target, words):
    ada.post("/studio/articles", data=words(title="A draft of mine"))
    assert [one["title"] for one in choices(ada)] == ["A draft of mine", "Pay an invoice"]


def test_an_article_is_offered_once_by_its_title_in_the_language_of_the_text(ada, target, words):
    send(ada, f"/studio/articles/{target}/es", **words(title="Pagar una factura"))
    assert [one["title"] for one in choices(ada, **{"in": "es"})] == ["Pagar una factura"]
    assert [one["title"] for one in choices(ada, **{"in": "ru"})] == ["Pagar una factura"]
    assert [one["title"] for one in choices(ada, q="invoice", **{"in": "es"})] == ["Pay an invoice"]


def test_what_is_archived_is_not_offered(ada, target):
    ada.post(f"/studio/articles/{target}/en/archival")
    assert choices(ada) == []


def test_the_link_leads_to_the_language_of_the_text_and_to_the_address_of_today(ada, target, words):
    body = f"See [how](/articles/{target}#who-pays)."
    address = ada.post("/studio/articles", data=words(title="Refunds", body=body, publish="1")).headers["Location"]
    number = int(address.split("/")[-2])
    assert f'href="/en/articles/{target}-pay-an-invoice#' in readable(number, "en", STRANGER).html
    send(ada, f"/studio/articles/{target}/es", **words(title="Pagar una factura"), publish="1")
    send(ada, f"/studio/articles/{number}/es", **words(title="Reembolso", body=body), publish="1")
    assert f'href="/es/articles/{target}-pagar-una-factura#' in readable(number, "es", STRANGER).html


def test_a_link_to_an_article_that_never_was_is_no_link(ada, words):
    ada.post("/studio/articles", data=words(body="See [how](/articles/9999).", publish="1"))
    assert "<a " not in readable(edition().article_id, "en", STRANGER).html


def test_a_link_is_led_to_a_new_address_in_the_background(app, ada, target, words):
    ada.post("/studio/articles", data=words(title="Refunds", body=f"See [how](/articles/{target}).", publish="1"))
    number = edition_of_title("Refunds")
    send(ada, f"/studio/articles/{target}/en", **words(title="Pay an invoice", slug="settle-a-bill"))
    db.session.rollback()
    jobs.run_due(app)
    assert f'href="/en/articles/{target}-settle-a-bill"' in readable(number, "en", STRANGER).html


def edition_of_title(title) -> int:
    """The number of the article of this title."""
    return db.session.scalars(select(Edition.article_id).where(Edition.title == title)).one()
