"""What is kept here of a person: handed out on request, taken away with the account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from helpcenter.accounts.notifications import choice, following, notification, setting
from helpcenter.accounts.notifications.notification import Notification
from helpcenter.core.db import db


def export(user_id: int) -> Mapping[str, Any]:
    """What they follow, what they wish for and what they were told, oldest first."""
    told = db.session.scalars(select(Notification).where(Notification.user_id == user_id).order_by(Notification.id))
    followed = db.session.scalars(following.followed_by(user_id).order_by(following.Follow.id))
    wish = setting.wish_of(user_id)
    held: dict[str, Any] = {
        "follows": [
            {"at": row.changed_at.isoformat(), "what": f"{row.subject_kind} {row.subject_id}"} for row in followed
        ],
        "told": [_told(row) for row in told],
    }
    held = {name: what for name, what in held.items() if what}
    if wish != setting.Wish():
        held |= {"letters": wish.rhythm.value, "follows_own": wish.follows_own}
    unwanted = {
        name: {"on_the_page": in_app, "by_mail": by_mail}
        for name, (in_app, by_mail) in choice.choices_of(user_id).items()
        if not (in_app and by_mail)
    }
    return {**held, **({"kinds": unwanted} if unwanted else {})}


def erase(user_id: int) -> None:
    """Forget all of it. To be called after begin_write()."""
    notification.forget(user_id)
    following.forget(user_id)
    choice.forget(user_id)
    setting.forget(user_id)


def _told(row: Notification) -> dict[str, Any]:
    return {
        "at": row.created_at.isoformat(),
        "kind": row.kind,
        "about": f"{row.about_kind} {row.about_id}",
        "what": f"{row.subject_kind} {row.subject_id}",
        "read_at": row.read_at and row.read_at.isoformat(),
        "mailed_at": row.mailed_at and row.mailed_at.isoformat(),
    }
