from __future__ import annotations

import pytest
from flask import Flask

from helpcenter.accounts.viewer import STRANGER
from helpcenter.support.replies import article_link
from helpcenter.topics.audience import Audience
from tests.cast import Cast
from tests.shelf import put_article

SITE = "http://localhost"


def test_a_link_becomes_the_whole_address_in_the_language_of_the_reader(app: Flask) -> None:
    refunds = put_article("Refunds")
    put_article("Reembolsos", locale="es", of=refunds)
    to = f"{SITE}/es/articles/{refunds}-reembolsos"
    for text, said in (
        (f"See /articles/{refunds}.", f"See {to}."),
        (f"[Lo que tarda](/articles/{refunds}#plazos)!", f"Lo que tarda ({to}#plazos)!"),
        (f"{SITE}/en/articles/{refunds}-refunds", to),
        (f"(/en/articles/{refunds}-refunds)", f"({to})"),
        (f"[R]({SITE}/en/articles/{refunds}-refunds#h)", f"R ({to}#h)"),
    ):
        assert article_link.articles_in(text) == [refunds]
        assert article_link.with_addresses(text, article_link.addresses([refunds], "es")) == said


@pytest.mark.parametrize(
    "text",
    [
        "https://other.example/articles/1",
        "https://other.example/en/articles/1-refunds",
        "/articles/",
        "/articles/1/vote",
        "/articles/99999999999",
        "/articles/12a",
        "x/articles/1",
        "[R](https://other.example/articles/1)",
        "and/or/articles/1",
    ],
)
def test_what_is_no_link_of_ours_stays(app: Flask, text: str) -> None:
    assert article_link.articles_in(text) == []
    assert article_link.with_addresses(text, {1: "elsewhere", 12: "elsewhere"}) == text


def test_a_link_is_written_as_it_is_read_again(app: Flask) -> None:
    assert article_link.articles_in(article_link.written(7, "Refunds [new] (beta)")) == [7]


def test_an_address_leads_to_the_page_also_in_a_language_without_a_translation(app: Flask) -> None:
    refunds = put_article("Refunds")
    address = article_link.addresses([refunds], "ar")[refunds].removeprefix(SITE)
    assert "Some words." in app.test_client().get(address, follow_redirects=True).text


def test_what_not_everybody_may_read_is_known(cast: Cast) -> None:
    refunds, draft = put_article("Refunds"), put_article("Draft", published=False)
    secret = put_article("Secret", audience=Audience.TEAM)
    wanted = [refunds, draft, secret, 999]
    assert article_link.unreadable(wanted, STRANGER, "en") == [draft, secret, 999]
    assert article_link.unreadable(wanted, cast.viewer("sam"), "en") == [draft, 999]
