"""Whoever gave the right password and owes the second step: a row for ten minutes, which is no session.

The cookie holds a random id, the row its hash. It ends when it is used, after five wrong codes, and with the sessions
of its person: when the password changes, say.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db

LIFETIME = timedelta(minutes=10)
MOST_TRIES = 5
ID_BYTES = 32


class HalfSignIn(Model):
    """`tries` counts wrong codes."""

    __tablename__ = "half_sign_in"
    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int]


def start(user_id: int) -> str:
    """What the cookie of this browser shall hold for ten minutes. To be called after begin_write()."""
    cookie, now = secrets.token_urlsafe(ID_BYTES), clock.now()
    db.session.add(HalfSignIn(id_hash=_hashed(cookie), user_id=user_id, expires_at=now + LIFETIME, tries=0))
    db.session.flush()
    return cookie


def of(cookie: str | None) -> HalfSignIn | None:
    """The row of a cookie; None when it is unknown, used, ended or over."""
    if not cookie:
        return None
    found = select(HalfSignIn).where(HalfSignIn.id_hash == _hashed(cookie), HalfSignIn.expires_at > clock.now())
    return db.session.scalar(found.execution_options(populate_existing=True))


def fail(row: HalfSignIn) -> bool:
    """Count a wrong code; whether it was the last that was allowed. To be called after begin_write()."""
    row.tries += 1
    if row.tries < MOST_TRIES:
        return False
    db.session.delete(row)
    return True


def end(row: HalfSignIn) -> None:
    """It was used. To be called after begin_write()."""
    db.session.delete(row)


def end_all(user_id: int) -> None:
    """End every one of a person. To be called after begin_write()."""
    db.session.execute(delete(HalfSignIn).where(HalfSignIn.user_id == user_id))


def end_everyone() -> None:
    """End every one of everybody. To be called after begin_write()."""
    db.session.execute(delete(HalfSignIn))


def sweep() -> None:
    """Forget those that are over. To be called after begin_write()."""
    db.session.execute(delete(HalfSignIn).where(HalfSignIn.expires_at <= clock.now()))


def _hashed(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
