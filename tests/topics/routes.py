"""Who may use the routes of topics."""

from __future__ import annotations

from typing import Any

from helpcenter.core.db import begin_write, db
from helpcenter.topics.topic import find_or_make
from tests.cast import Cast
from tests.house.access import Route, only


def a_topic(_cast: Cast) -> dict[str, Any]:
    begin_write()
    topic = find_or_make("routes")
    db.session.commit()
    return {"topic_id": topic.id}


def filled(_cast: Cast) -> dict[str, Any]:
    return {"title_en": "Routes again", "parent": "", "audience": "everyone"}


def dropped(cast: Cast) -> dict[str, Any]:
    return {"moved": a_topic(cast)["topic_id"], "below": ""}


ROUTES: dict[str, Route] = {
    "topics_studio.index": only("editor", "admin"),
    "topics_studio.new": only("editor", "admin"),
    "topics_studio.create": only("editor", "admin", status=422),
    "topics_studio.edit": only("editor", "admin", args=a_topic),
    "topics_studio.update": only("editor", "admin", args=a_topic, data=filled, status=303),
    "topics_studio.move": only("editor", "admin", args=a_topic, status=303),
    "topics_studio.arrange": only("editor", "admin", data=dropped, status=303),
    "topics_studio.destroy": only("editor", "admin", args=a_topic, status=303),
}
