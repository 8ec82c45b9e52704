"""Who may use the routes of moderation. Ben asked; Cleo answered; Mia moderates."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from helpcenter.community.moderation.act import Act
from helpcenter.community.moderation.sanction import Sanction
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.community.moderation.acts import entry_of, hide, put_flag
from tests.community.posts import put_question
from tests.house.access import REFUSED, Route, only, signed_in

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


def flagged(cast: Cast) -> dict[str, Any]:
    """A post of Ada's, who is nobody of the table but the editor."""
    return {**LOCALE, "kind": "question", "subject_id": put_question(cast, "ada")}


def waiting(cast: Cast) -> dict[str, Any]:
    asked = put_question(cast)
    put_flag(cast, "question", asked)
    return {**LOCALE, "entry_id": entry_of("question", asked), "verb": "dismiss"}


def a_member(cast: Cast) -> dict[str, Any]:
    """Ben, who is free again each time."""
    put_question(cast)
    begin_write()
    db.session.execute(update(Sanction).values(ended_at=clock.now()))
    db.session.commit()
    return {**LOCALE, "user_id": cast.id_of("ben")}


def asked(cast: Cast) -> dict[str, Any]:
    return {**LOCALE, "question_id": put_question(cast)}


ROUTES: dict[str, Route] = {
    "merges.new": only(*MODERATORS, args=asked),
    "merges.create": only(*MODERATORS, status=422, args=asked),
    "moderations.create": only(*MODERATORS, status=303, args=to_hide, data=a_reason),
    "moderation_log.index": signed_in(args=nowhere),
    "flags.new": signed_in(args=flagged).but(editor=REFUSED),
    "flags.create": signed_in(303, args=flagged, data=a_reason).but(editor=REFUSED),
    "reviews.index": only(*MODERATORS, args=nowhere),
    "reviews.update": only(*MODERATORS, status=303, args=waiting),
    "cleanups.create": only(*MODERATORS, status=303, args=a_member),
    "moderation_log.undo": only(*MODERATORS, status=303, args=hidden),
}
