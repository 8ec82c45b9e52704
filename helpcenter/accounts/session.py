"""A signed-in browser is a row: the cookie holds a random id, the row its hash; deleting the row ends it at once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, ForeignKey, String, Table, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.accounts.notifications.notification import Notification
from helpcenter.accounts.role import Role
from helpcenter.accounts.second_step import half_sign_in, requirement
from helpcenter.accounts.second_step.second_step import SecondStep
from helpcenter.accounts.user import User, UserRole
from helpcenter.accounts.viewer import Viewer
from helpcenter.core import clock
from helpcenter.core.db import Model, db
from helpcenter.core.plain_reader import PlainReader

IDLE_LIFETIME = timedelta(days=30)
ABSOLUTE_LIFETIME = timedelta(days=180)
SEEN_EVERY = timedelta(hours=1)
ID_BYTES = 32


class UserSession(Model):
    """`id_hash` is the SHA-256 of the cookie: whoever reads the table can not sign in with it."""

    __tablename__ = "user_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    id_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    browser: Mapped[str] = mapped_column(String(60), default="")


@dataclass(frozen=True)
class OpenSession:
    """A session as its owner sees it in the list."""

    id: int
    browser: str
    created_at: datetime
    last_seen_at: datetime


def start(user_id: int, browser: str = "") -> str:
    """Sign a browser in and forget dead sessions of the person; what the cookie shall hold. After begin_write()."""
    now, cookie = clock.now(), secrets.token_urlsafe(ID_BYTES)
    db.session.execute(delete(UserSession).where(UserSession.user_id == user_id, _is_over(now)))
    db.session.add(
        UserSession(id_hash=_hashed(cookie), user_id=user_id, created_at=now, last_seen_at=now, browser=browser[:60])
    )
    db.session.flush()
    return cookie


def viewer_of(cookie: str, reader: PlainReader | None = None) -> Viewer | None:
    """Whoever holds this cookie, by one query; None when the session is unknown, ended or too old.

    It is asked by the session of this request, or by a plain reader, which raises what the database driver raises.
    """
    now = clock.now()
    given = {"id_hash": _hashed(cookie), "born": now - ABSOLUTE_LIFETIME, "seen": now - IDLE_LIFETIME}
    rows: Sequence[Any] = reader.rows(_HOLDER, given) if reader else db.session.execute(_HOLDER, given).all()
    if not rows:
        return None
    row = rows[0]
    held = {Role(one.role): one.given_at for one in rows if one.role}
    # Whoever asks by a plain reader gives nothing to the team, so what is asked of it does not matter there.
    due_at = None if row.has_second_step or reader else requirement.due(held)
    withheld = requirement.withheld(held, due_at)
    return Viewer(
        id=row.id,
        name=row.name,
        email=row.email,
        roles=frozenset({Role.MEMBER, *held}) - withheld,
        locale=row.locale,
        time_zone=row.time_zone,
        theme=row.theme,
        shortcuts=row.shortcuts,
        is_confirmed=row.confirmed_at is not None,
        session_id=row.session_id,
        last_seen_at=row.last_seen_at,
        unread=row.unread,
        second_step_due=due_at,
        withheld=withheld,
    )


def open_sessions(user_id: int) -> Sequence[OpenSession]:
    """Where a person is signed in, the latest first."""
    rows = db.session.execute(
        select(UserSession.id, UserSession.browser, UserSession.created_at, UserSession.last_seen_at)
        .where(UserSession.user_id == user_id, ~_is_over(clock.now()))
        .order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
    )
    return [OpenSession(*row) for row in rows]


def count() -> int:
    """How many browsers are signed in."""
    return db.session.scalar(select(func.count()).select_from(UserSession).where(~_is_over(clock.now()))) or 0


def touch(session_id: int) -> None:
    """Note that the session is in use."""
    db.session.execute(update(UserSession).where(UserSession.id == session_id).values(last_seen_at=clock.now()))


def is_due(viewer: Viewer) -> bool:
    """Whether the session was noted so long ago that it is worth a write."""
    return viewer.last_seen_at is not None and clock.now() - viewer.last_seen_at >= SEEN_EVERY


def end(session_id: int, *, of: int) -> None:
    """Sign one browser of a person out."""
    db.session.execute(delete(UserSession).where(UserSession.id == session_id, UserSession.user_id == of))


def end_all(user_id: int, *, but: int | None = None) -> None:
    """Sign every browser of a person out, those that owe the second step too; `but` is a session that stays."""
    half_sign_in.end_all(user_id)
    db.session.execute(delete(UserSession).where(UserSession.user_id == user_id, UserSession.id != (but or 0)))


def end_everyone() -> None:
    """Sign everybody out everywhere. To be called after begin_write()."""
    half_sign_in.end_everyone()
    db.session.execute(delete(UserSession))


def sweep() -> int:
    """Forget sessions and half log-ins that are over; how many sessions. To be called after begin_write()."""
    half_sign_in.sweep()
    return int(db.session.execute(delete(UserSession).where(_is_over(clock.now()))).rowcount)  # type: ignore[attr-defined]


_SESSION, _USER, _ROLE, _TOLD, _SECOND = (
    cast(Table, model.__table__) for model in (UserSession, User, UserRole, Notification, SecondStep)
)
# The bell of every page shows it; as a part of this query it costs no other one.
_UNREAD = (
    select(func.count())
    .select_from(_TOLD)
    .where(_TOLD.c.user_id == _USER.c.id, _TOLD.c.read_at.is_(None), _TOLD.c.in_app)
    .correlate(_USER)
    .scalar_subquery()
)
# Every request of the signed-in asks this. It is made once: building it costs five times what running it does.
_HOLDER = (
    select(
        _SESSION.c.id.label("session_id"),
        _SESSION.c.last_seen_at,
        _USER.c.id,
        _USER.c.name,
        _USER.c.email,
        _USER.c.locale,
        _USER.c.time_zone,
        _USER.c.theme,
        _USER.c.shortcuts,
        _USER.c.confirmed_at,
        _ROLE.c.role,
        _ROLE.c.given_at,
        _SECOND.c.user_id.is_not(None).label("has_second_step"),
        _UNREAD.label("unread"),
    )
    .select_from(
        _SESSION.join(_USER, _USER.c.id == _SESSION.c.user_id)
        .outerjoin(_ROLE, _ROLE.c.user_id == _USER.c.id)
        .outerjoin(_SECOND, _SECOND.c.user_id == _USER.c.id)
    )
    .where(
        _SESSION.c.id_hash == bindparam("id_hash"),
        _SESSION.c.created_at > bindparam("born"),
        _SESSION.c.last_seen_at > bindparam("seen"),
        _USER.c.erased_at.is_(None),
    )
)


def _is_over(now: datetime) -> ColumnElement[bool]:
    return or_(UserSession.created_at <= now - ABSOLUTE_LIFETIME, UserSession.last_seen_at <= now - IDLE_LIFETIME)


def _hashed(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
