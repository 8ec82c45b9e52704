"""Who may use the routes that draw on several packages."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.community.posts import put_question
from tests.house.access import Route, everyone, only
from tests.shelf import put_topic


def billing(_cast: Cast) -> dict[str, Any]:
    return {"topic_id": put_topic("billing", "Billing"), "locale": "en", "slug": "billing"}


def billing_alone(cast: Cast) -> dict[str, Any]:
    return {"topic_id": billing(cast)["topic_id"]}


def english(_cast: Cast) -> dict[str, Any]:
    return {"locale": "en"}


def question(cast: Cast) -> dict[str, Any]:
    return {"locale": "en", "question_id": put_question(cast)}


ROUTES: dict[str, Route] = {
    "journal.index": only("admin"),
    "home.index": everyone(302),
    "home.show": everyone(args=english),
    "topics.show": everyone(args=billing),
    "search.index": everyone(args=english, query={"q": "refund"}),
    "search.suggestions": everyone(args=english, query={"q": "refund"}),
    "feeds.site": everyone(),
    "feeds.topic": everyone(args=billing_alone),
    "machines.sitemap": everyone(),
    "machines.sitemap_part": everyone(args=lambda _: {"part": 1}),
    "machines.robots": everyone(),
    "machines.opensearch": everyone(),
    "machines.llms": everyone(),
    "handovers.create_article": only("editor", "admin", status=303, args=question),
}
