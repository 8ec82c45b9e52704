"""Renaming: every address that was ever known leads to the present one in one hop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpcenter.articles.folder.relinking import relink
from helpcenter.articles.publication import Publication
from helpcenter.articles.renaming import RenamedArticle
from helpcenter.articles.rendering import Rendering
from helpcenter.core.db import begin_write, db
from helpcenter.topics.topic import Topic, describe
from tests.articles.folder.conftest import Folder, article, folder, shown
from tests.articles.studio.conftest import count, edition, hidden_fields, send
from tests.shelf import put_article, put_topic

__all__ = ["folder"]
Words = Callable[..., dict[str, Any]]


def one_hop(browser: FlaskClient, old: str) -> str:
    """Where an address leads; fails unless it does so by one lasting redirect to a page."""
    answer = browser.get(old)
    assert answer.status_code == 301, old
    assert browser.get(answer.headers["Location"]).status_code == 200
    return str(answer.headers["Location"])


def rename(ada: FlaskClient, address: str, words: Words, slug: str, **more: Any) -> None:
    assert send(ada, address, **words(slug=slug, **more)).status_code == 303


def test_all_old_addresses_lead_to_the_newest_at_once(app: Flask, ada: FlaskClient, written: str, words: Words) -> None:
    for slug in ("Money back", "refunds", "возврат"):
        rename(ada, written, words, slug)
    number, stranger = edition().article_id, app.test_client()
    for old in ("-get-a-refund", "-money-back", "-refunds", "", "-anything"):
        assert one_hop(stranger, f"/en/articles/{number}{old}").endswith("-%D0%B2%D0%BE%D0%B7%D0%B2%D1%80%D0%B0%D1%82")
    assert stranger.get(f"/en/articles/{number}-возврат").status_code == 200
    # Every other language of the site leads to its own, which is the only one there is.
    assert one_hop(stranger, f"/es/articles/{number}-get-a-refund").startswith(f"/es/articles/{number}-")


def test_a_new_address_is_no_new_revision_and_is_told(ada: FlaskClient, written: str, words: Words) -> None:
    page = ada.get(written)
    answer = send(ada, written, page, **words(slug="refunds"))
    assert "Nothing was changed" not in ada.get(answer.headers["Location"]).text
    assert count(Publication) == 1


def test_an_emptied_address_is_made_of_the_title_readers_see(ada: FlaskClient, written: str, words: Words) -> None:
    rename(ada, written, words, "x")
    rename(ada, written, words, "", title="A title that waits")
    assert edition().slug == "get-a-refund"


def test_whoever_did_not_touch_it_does_not_take_a_new_address_back(
    ada: FlaskClient, written: str, words: Words
) -> None:
    page = ada.get(written)
    rename(ada, written, words, "refunds")
    fields = {**hidden_fields(page), "latest": hidden_fields(ada.get(written))["latest"]}
    ada.post(written, data={**fields, **words(slug="get-a-refund", body="Newer words.")})
    assert edition().slug == "refunds"


def test_an_old_path_leads_to_the_new_address_in_one_hop(
    app: Flask, ada: FlaskClient, written: str, words: Words
) -> None:
    send(ada, written, **words(old_addresses="/docs/refunds"))
    rename(ada, written, words, "refunds", old_addresses="/docs/refunds")
    assert one_hop(app.test_client(), "/docs/refunds").endswith("-refunds")


def html_of(article_id: int) -> str:
    db.session.rollback()
    rows = select(Rendering.html).join(Publication, Publication.revision_id == Rendering.revision_id)
    found = db.session.scalars(rows.order_by(Publication.id)).all()
    return next(html for html in found if "See" in html)


@pytest.mark.parametrize("link", ["/en/articles/{id}-get-a-refund", "/en/articles/{id}", "/en/articles/{id}-x#why"])
def test_what_links_to_it_is_made_anew_in_the_background(
    ada: FlaskClient, written: str, words: Words, link: str
) -> None:
    number = edition().article_id
    linking = put_article("Cards", f"See [this]({link.format(id=number)}).")
    rename(ada, written, words, "refunds")
    assert relink() == 1
    assert f'href="/en/articles/{number}-refunds' in html_of(linking)
    assert count(RenamedArticle) == 0
    assert relink() == 0


def test_an_address_in_a_language_without_an_edition_stays_as_it_was_written(app: Flask) -> None:
    number = put_article("Refunds")
    linking = put_article("Cards", f"See [this](/es/articles/{number}-x).")
    assert f'href="/es/articles/{number}-x"' in html_of(linking)


def test_a_file_that_was_renamed_leads_and_is_led_to(app: Flask, folder: Folder) -> None:
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.write("en/billing/cards.md", article("Cards", "See [this](refunds.md)."))
    folder.take_in()
    folder.rename("en/billing/refunds.md", "en/billing/money-back.md")
    folder.write("en/billing/cards.md", article("Cards", "See [this](money-back.md)."))
    folder.take_in()
    relink()
    assert "-money-back" in shown("Cards")


def test_a_topic_keeps_every_address_it_had(app: Flask) -> None:
    topic = put_topic("harbor", "Harbor", es="Puerto")
    section = put_topic("boats", "Boats", below=topic)
    put_article("Moor a boat", topic_id=section)
    for title in ("Port", "Quay", "Docks"):
        begin_write()
        describe(db.session.get_one(Topic, topic), "en", title)
        describe(db.session.get_one(Topic, section), "en", f"{title} boats")
        db.session.commit()
    stranger = app.test_client()
    for old in ("harbor", "port", "quay", "anything"):
        assert one_hop(stranger, f"/en/topics/{topic}-{old}") == f"/en/topics/{topic}-docks"
    assert one_hop(stranger, f"/es/topics/{topic}-docks") == f"/es/topics/{topic}-puerto"
    for old in ("boats", "port-boats"):
        assert one_hop(stranger, f"/en/topics/{section}-{old}") == f"/en/topics/{topic}-docks#section-{section}"
