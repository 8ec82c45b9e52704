"""Who may use the routes of notifications: everybody their own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from helpcenter.accounts.notifications import stop_token
from helpcenter.accounts.notifications.kind import kinds
from helpcenter.accounts.notifications.notification import Notification
from helpcenter.core.db import db
from tests.cast import Cast
from tests.community.posts import put_answer, put_question
from tests.house.access import Route, everyone, signed_in

LOCALE = {"locale": "en"}


def nowhere(_cast: Cast) -> dict[str, Any]:
    return dict(LOCALE)


def told_to_ben(cast: Cast) -> dict[str, Any]:
    question_id = put_question(cast)
    put_answer(cast, question_id)
    wanted = select(Notification.id).where(Notification.user_id == cast.id_of("ben")).order_by(Notification.id.desc())
    return {**LOCALE, "notification_id": db.session.scalars(wanted).first()}


def a_question(cast: Cast) -> dict[str, Any]:
    return {**LOCALE, "kind": "question", "subject_id": put_question(cast)}


def link_of_ben(cast: Cast) -> dict[str, Any]:
    return {"secret": stop_token.make(cast.id_of("ben"), ["answer"])}


def every_wish(_cast: Cast) -> dict[str, Any]:
    names = [name for name, one in kinds().items() if not one.verb]
    return {"in_app": names, "by_mail": names, "rhythm": "at_once", "follows_own": "y"}


ROUTES: dict[str, Route] = {
    "notifications.index": signed_in(args=nowhere),
    "notifications.update": signed_in(303, args=nowhere),
    "notifications.show_opening": signed_in(303, args=told_to_ben),
    "notifications.open_one": signed_in(404, args=told_to_ben).but(member=303),
    "followings.index": signed_in(args=nowhere),
    "followings.create": signed_in(303, args=a_question),
    # Ben follows what he asked; nobody else said anything of it, but may see it.
    "followings.destroy": signed_in(303, args=a_question),
    "notification_settings.edit": signed_in(),
    "notification_settings.update": signed_in(303, data=every_wish),
    "notification_stops.show": everyone(args=link_of_ben),
    "notification_stops.destroy": everyone(args=link_of_ben),
}
