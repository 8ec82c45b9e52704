"""Who may use the routes of the studio."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.house.access import Route, only
from tests.shelf import put_article, put_topic


def an_edition(_cast: Cast) -> dict[str, Any]:
    return {"article_id": put_article("Refunds"), "language": "en"}


def an_article(_cast: Cast) -> dict[str, Any]:
    return {"article_id": put_article("Refunds")}


def its_first_revision(cast: Cast) -> dict[str, Any]:
    return {**an_edition(cast), "number": 1}


def cared_for(_cast: Cast) -> dict[str, Any]:
    return {"owner": "", "every": "90"}


def a_topic(_cast: Cast) -> dict[str, Any]:
    return {"topic_id": put_topic("harbor", "Harbor")}


def on_a_topic(cast: Cast) -> dict[str, Any]:
    topic = a_topic(cast)
    return {**topic, "article_id": put_article("Moor a boat", **topic)}


def dropped(_cast: Cast) -> dict[str, Any]:
    return {"moved": put_article("Raise a sail", topic_id=put_topic("harbor", "Harbor"))}


ROUTES: dict[str, Route] = {
    "studio.index": only("editor", "admin"),
    "studio.new": only("editor", "admin"),
    "studio.create": only("editor", "admin", status=422),
    "studio.show": only("editor", "admin", args=an_article, status=302),
    "studio.edit": only("editor", "admin", args=an_edition),
    "studio.update": only("editor", "admin", args=an_edition, status=422),
    "studio.revisions": only("editor", "admin", args=an_edition),
    "studio.revision": only("editor", "admin", args=its_first_revision),
    "studio.restore": only("editor", "admin", args=its_first_revision, status=303),
    "studio.archive": only("editor", "admin", args=an_edition, status=303),
    "studio.bring_back": only("editor", "admin", args=an_edition, status=303),
    "studio.topic_articles": only("editor", "admin", args=a_topic),
    "studio.move_article": only("editor", "admin", args=on_a_topic, status=303),
    "studio.arrange_articles": only("editor", "admin", args=a_topic, data=dropped, status=303),
    "studio.move_articles": only("editor", "admin", args=a_topic, status=303),
    "studio.mine": only("editor", "admin"),
    "studio.verify": only("editor", "admin", args=an_edition, status=303),
    "studio.look_after": only("editor", "admin", args=an_edition, data=cared_for, status=303),
    "studio.preview": only("editor", "admin"),
    "studio.new_picture": only("editor", "admin"),
    "studio.create_picture": only("editor", "admin", status=422),
}
