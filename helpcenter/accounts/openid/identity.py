"""Who is who at the provider: an account of this site belongs to a subject of an issuer, and never to an address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.accounts import user
from helpcenter.accounts.openid.claims import Claims
from helpcenter.accounts.openid.id_token import LONGEST_SUBJECT
from helpcenter.accounts.user import LONGEST_EMAIL, User
from helpcenter.core import clock, journal
from helpcenter.core.db import Model, db

LONGEST_ISSUER = 255


class OpenidIdentity(Model):
    """`email` is what the provider said the last time, so that its owner recognises it; '' where it said none."""

    __tablename__ = "openid_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"), UniqueConstraint("user_id", "issuer"))
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    issuer: Mapped[str] = mapped_column(String(LONGEST_ISSUER))
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    email: Mapped[str] = mapped_column(String(LONGEST_EMAIL), default="")
    connected_at: Mapped[datetime]
    used_at: Mapped[datetime]


class Anothers(ValueError):
    """The account belongs to somebody else there, or that person has another account here."""


def holder(claims: Claims) -> User | None:
    """Whoever this is here; None for somebody never seen."""
    wanted = (OpenidIdentity.issuer == claims.issuer, OpenidIdentity.subject == claims.subject)
    user_id = db.session.scalar(select(OpenidIdentity.user_id).where(*wanted))
    return user.by_id(user_id) if user_id is not None else None


def of(user_id: int) -> OpenidIdentity | None:
    """How somebody is known at the provider of the settings."""
    wanted = (OpenidIdentity.user_id == user_id, OpenidIdentity.issuer == current_app.config["SETTINGS"].openid_issuer)
    return db.session.scalars(select(OpenidIdentity).where(*wanted)).first()


def all_of(user_id: int) -> Sequence[OpenidIdentity]:
    """How somebody is known at every provider this site ever had."""
    wanted = select(OpenidIdentity).where(OpenidIdentity.user_id == user_id)
    return db.session.scalars(wanted.order_by(OpenidIdentity.id)).all()


def connect(user_id: int, claims: Claims) -> bool:
    """From now on this person comes in as that account; whether that is new. After begin_write(). Raises Anothers."""
    known, own = holder(claims), of(user_id)
    if (known is not None and known.id != user_id) or (own is not None and own.subject != claims.subject):
        raise Anothers(user_id)
    if own is not None:
        return False
    now = clock.now()
    db.session.add(
        OpenidIdentity(
            user_id=user_id,
            issuer=claims.issuer,
            subject=claims.subject,
            email=claims.email,
            connected_at=now,
            used_at=now,
        )
    )
    db.session.flush()
    journal.note("openid_connected", by=user_id, subject=("user", user_id))
    return True


def note_use(user_id: int, claims: Claims) -> bool:
    """Note that they came in; whether their address there is another one than the last time."""
    own = of(user_id)
    if own is None:
        return False
    is_new = bool(claims.email) and claims.email != own.email
    own.used_at, own.email = clock.now(), claims.email or own.email
    return is_new


def disconnect(user_id: int, *, by: int | None) -> bool:
    """They come in this way no more; whether they did. `by` is None for the command line. After begin_write()."""
    own = of(user_id)
    if own is None:
        return False
    db.session.delete(own)
    journal.note("openid_disconnected", by=by, subject=("user", user_id))
    return True


def forget(user_id: int) -> None:
    """Whoever leaves is known nowhere. To be called after begin_write()."""
    db.session.execute(delete(OpenidIdentity).where(OpenidIdentity.user_id == user_id))
