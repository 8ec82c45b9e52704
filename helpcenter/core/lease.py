"""Who does a thing that only one process may do: a row that must be renewed, and may be taken over once it lapses.

The clocks of the hosts must agree to within a few seconds; a lease is long enough not to notice less.
"""

from __future__ import annotations

import os
import secrets
import socket
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import String, delete, update
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock, jobs
from helpcenter.core.db import Model, begin_write, db, upsert


class Lease(Model):
    __tablename__ = "lease"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(String(120))
    expires_at: Mapped[datetime]


def new_holder() -> str:
    """A name for this process that no other one has."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"


def take(name: str, holder: str, seconds: int) -> bool:
    """Take or renew the lease; whether it is the holder's now. Commits; to be called outside of a transaction."""
    now = clock.now()
    values = {"holder": holder, "expires_at": now + timedelta(seconds=seconds)}
    begin_write()
    row = upsert(Lease).values(name=name, **values)
    taken = db.session.execute(
        row.on_conflict_do_update(
            index_elements=["name"], set_=values, where=(Lease.holder == holder) | (Lease.expires_at <= now)
        ).returning(Lease.holder)
    ).scalar()
    db.session.commit()
    return taken == holder


def give_back(name: str, holder: str) -> None:
    """Let the next one take it at once. Commits."""
    begin_write()
    db.session.execute(update(Lease).where(Lease.name == name, Lease.holder == holder).values(expires_at=clock.now()))
    db.session.commit()


def take_away(name: str) -> bool:
    """Take it from whoever has it, such as a machine whose clock was wrong; whether somebody had it. Commits.

    Whoever still works loses it with the next renewal at the latest: nobody else takes it twice within that time.
    """
    begin_write()
    held = update(Lease).where(Lease.name == name, Lease.expires_at > clock.now())
    taken = db.session.execute(held.values(expires_at=clock.now()).returning(Lease.name)).first()
    db.session.commit()
    return taken is not None


def register(app: Flask) -> None:
    """Forget leases nobody held for a day, such as those of work that is not done any more."""
    jobs.every(app, "leases: forget old ones", 24 * 3600, _forget_old)


def _forget_old() -> None:
    begin_write()
    db.session.execute(delete(Lease).where(Lease.expires_at < clock.now() - timedelta(days=1)))
    db.session.commit()
