"""Who may use the readers' routes of articles."""

from __future__ import annotations

from typing import Any

from helpcenter.accounts.viewer import STRANGER
from helpcenter.articles import visibility
from helpcenter.feedback import ballot
from tests.cast import Cast
from tests.house.access import Route, everyone, only
from tests.shelf import edition_of, put_article, token_of


def refunds(_cast: Cast) -> dict[str, Any]:
    return {"locale": "en", "article_id": put_article("Refunds"), "slug": "refunds"}


def refunds_without_slug(_cast: Cast) -> dict[str, Any]:
    return {"locale": "en", "article_id": put_article("Refunds")}


def the_only_refunds(_cast: Cast) -> dict[str, Any]:
    rows = visibility.listed(STRANGER, "en")
    return {"locale": "en", "article_id": rows[0].article_id if rows else put_article("Refunds")}


def a_yes(cast: Cast) -> dict[str, Any]:
    article_id = the_only_refunds(cast)["article_id"]
    revision_id = edition_of(article_id).published_revision_id
    return {"answer": "yes", "revision_id": ballot.make(("article", article_id), revision_id or 0)}


def step_two(cast: Cast) -> dict[str, Any]:
    return {**the_only_refunds(cast), "step": 2}


def seen_page(cast: Cast) -> dict[str, Any]:
    return {"token": token_of(the_only_refunds(cast)["article_id"])}


def invoices(_cast: Cast) -> dict[str, Any]:
    return {"locale": "en", "key": "invoices"}


ROUTES: dict[str, Route] = {
    "articles.show": everyone(args=refunds),
    "articles.source": everyone(args=refunds_without_slug),
    "votes.show": everyone(303, args=refunds_without_slug),
    "stucks.show": everyone(args=step_two),
    "stucks.create": everyone(args=step_two, data=seen_page),
    "helps.show": everyone(302, args=invoices),
    "help_keys.index": only("editor", "admin"),
    "help_keys.create": only("editor", "admin", status=422),
    "votes.create": everyone(args=the_only_refunds, data=a_yes),
    "votes.show_survey": everyone(303, args=refunds_without_slug),
    "votes.create_survey": everyone(args=the_only_refunds, data=a_yes),
}
