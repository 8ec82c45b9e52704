"""The one-time link with which the first admin is made; there is no default account."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from flask import current_app
from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.accounts import user
from helpcenter.core import clock
from helpcenter.core.db import Model, begin_write, db, upsert

TOKEN_BYTES = 32


class SetupLink(Model):
    """At most one row: the hash of the link that counts."""

    __tablename__ = "setup_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


def link() -> str | None:
    """A fresh set-up link to print at the start, None once there is an admin. Commits; earlier links end."""
    begin_write()
    token = None if user.has_admin() else secrets.token_urlsafe(TOKEN_BYTES)
    if token is None:
        spend()
    else:
        values = {"token_hash": _hashed(token), "created_at": clock.now()}
        row = upsert(SetupLink).values(id=1, **values)
        db.session.execute(row.on_conflict_do_update(index_elements=["id"], set_=values))
    db.session.commit()
    return token and f"{current_app.config['SETTINGS'].site_url}/setup/{token}"


def is_valid(token: str) -> bool:
    """Whether the link is the printed one and there is no admin yet."""
    kept = db.session.execute(select(SetupLink.token_hash).where(SetupLink.id == 1)).scalar()
    return kept is not None and secrets.compare_digest(kept, _hashed(token)) and not user.has_admin()


def spend() -> bool:
    """Use the link up; whether it was still there. To be called after begin_write()."""
    return bool(db.session.execute(delete(SetupLink)).rowcount)  # type: ignore[attr-defined]


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
