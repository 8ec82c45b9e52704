"""Who may use the routes of moderation. Ben asked; Cleo answered; Mia moderates."""

from __future__ import annotations

from typing import Any

from helpcenter.community.moderation.act import Act
from tests.cast import Cast
from tests.community.moderation.acts import hide
from tests.community.posts import put_question
from tests.house.access import Route, only, signed_in

LOCALE = {"locale": "en"}
MODERATORS = ("moderator", "admin")


def nowhere(_cast: Cast) -> dict[str, Any]:
    return dict(LOCALE)


def to_hide(cast: Cast) -> dict[str, Any]:
    return {**LOCALE, "kind": "question", "post_id": put_question(cast), "verb": Act.HIDE.value}


def a_reason(_cast: Cast) -> dict[str, Any]:
    return {"reason": "spam"}


def hidden(cast: Cast) -> dict[str, Any]:
    return {**LOCALE, "act_id": hide(cast, "question", put_question(cast))}


ROUTES: dict[str, Route] = {
    "moderations.create": only(*MODERATORS, status=303, args=to_hide, data=a_reason),
    "moderation_log.index": signed_in(args=nowhere),
    "moderation_log.undo": only(*MODERATORS, status=303, args=hidden),
}
