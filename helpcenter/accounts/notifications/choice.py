"""Which kinds somebody wants to hear of, and by which way. Without a row: both ways."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Exists, ForeignKey, String, delete, exists, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.accounts.notifications.kind import LONGEST_KIND, labels
from helpcenter.core.db import Model, db, upsert


class NotificationChoice(Model):
    __tablename__ = "notification_choice"
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(LONGEST_KIND), primary_key=True)
    in_app: Mapped[bool]
    by_mail: Mapped[bool]


def choices_of(user_id: int) -> dict[str, tuple[bool, bool]]:
    """For each kind whether it is wanted on the page, and by mail."""
    rows = db.session.scalars(select(NotificationChoice).where(NotificationChoice.user_id == user_id))
    kept = {row.kind: (row.in_app, row.by_mail) for row in rows}
    return {name: kept.get(name, (True, True)) for name in labels()}


def choose(user_id: int, offered: Iterable[str], *, in_app: Collection[str], by_mail: Collection[str]) -> None:
    """Keep for every kind that was offered whether it is among these. To be called after begin_write()."""
    for name in offered:
        _keep(user_id, name, in_app=name in in_app, by_mail=name in by_mail)


def stop_mail(user_id: int, names: Iterable[str]) -> None:
    """No letter about these kinds; the page goes on. To be called after begin_write()."""
    held = choices_of(user_id)
    for name in names:
        if name in held:
            _keep(user_id, name, in_app=held[name][0], by_mail=False)


def refuses_mail(user_id: Any, name: str) -> Exists:
    """Whether somebody wants no letter of this kind, as a part of another query."""
    of_it = (NotificationChoice.user_id == user_id, NotificationChoice.kind == name)
    return exists().where(*of_it, NotificationChoice.by_mail.is_(False))


def forget(user_id: int) -> None:
    """As if nothing had ever been chosen. To be called after begin_write()."""
    db.session.execute(delete(NotificationChoice).where(NotificationChoice.user_id == user_id))


def _keep(user_id: int, name: str, **ways: bool) -> None:
    row = upsert(NotificationChoice).values(user_id=user_id, kind=name, **ways)
    db.session.execute(row.on_conflict_do_update(index_elements=["user_id", "kind"], set_=ways))
