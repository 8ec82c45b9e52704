"""How often somebody may do something, counted in the database, so that every process counts the same.

The rules of counting are those of the `limits` library; its storage is a table of ours. Keys are kept as keyed hashes:
the table holds no address. Only what is marked with `limit` or asks `spend` is counted: reading a page costs nothing,
where a limiter that looks at every request made a plain page twice as dear.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from ipaddress import IPv6Address, ip_address
from typing import Any

from flask import Flask, current_app, request
from limits import RateLimitItem, parse_many
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import Connection, String, case, delete, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock, jobs
from helpcenter.core.db import Model, begin_write, db, is_writing, upsert
from helpcenter.core.origin import SAFE_METHODS
from helpcenter.core.refusals import TooMany

FORGET_SECONDS = 3600
# Some proxies pass a port on: without this all who come through one would share a single count.
_WITH_PORT = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+))(?::[0-9]{1,5})?")


class LimitCounter(Model):
    __tablename__ = "limit_counter"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class TableStorage(Storage):
    """Counters in a table of the database of the app in whose context it is asked."""

    STORAGE_SCHEME = ["helpcenter"]

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, in a short transaction of its own; the count now. `expiry` is in seconds."""
        now = clock.now()
        row = upsert(LimitCounter).values(key=_hashed(key), count=amount, expires_at=now + timedelta(seconds=expiry))
        over = LimitCounter.expires_at <= now
        values = {
            "count": case((over, amount), else_=LimitCounter.count + amount),
            "expires_at": case((over, row.excluded.expires_at), else_=LimitCounter.expires_at),
        }
        statement = row.on_conflict_do_update(index_elements=["key"], set_=values).returning(LimitCounter.count)
        with _writing_connection() as connection:
            count: int = connection.execute(statement).scalar_one()
            connection.commit()
            return count

    def get(self, key: str) -> int:
        """The count now."""
        row = self._row(key)
        return row.count if row else 0

    def get_expiry(self, key: str) -> float:
        """When the window of the key ends, in seconds since 1970; now for one that was never counted."""
        row = self._row(key)
        return (row.expires_at if row else clock.now()).timestamp()

    def check(self) -> bool:
        """Whether the database answers."""
        with db.engine.connect() as connection:
            return bool(connection.execute(text("SELECT 1")).scalar())

    def reset(self) -> int | None:
        """Forget every counter; how many there were."""
        with _writing_connection() as connection:
            forgotten = connection.execute(delete(LimitCounter)).rowcount
            connection.commit()
            return forgotten

    def clear(self, key: str) -> None:
        """Forget one counter."""
        with _writing_connection() as connection:
            connection.execute(delete(LimitCounter).where(LimitCounter.key == _hashed(key)))
            connection.commit()

    def _row(self, key: str) -> Any:
        wanted = (LimitCounter.key == _hashed(key)) & (LimitCounter.expires_at > clock.now())
        with db.engine.connect() as connection:
            return connection.execute(select(LimitCounter.count, LimitCounter.expires_at).where(wanted)).first()


_limiter = FixedWindowRateLimiter(TableStorage())


def limit(rate: str, *, scope: str, key: Callable[[], str] | None = None) -> Callable[..., Any]:
    """A decorator for views: at most `rate` ("5 per minute; 20 per day") writes for each key in this scope.

    The key is the visitor's address unless a function gives another. Raises TooMany. GET is never counted.
    """

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def counted(*args: Any, **kwargs: Any) -> Any:
            if request.method not in SAFE_METHODS:
                spend(rate, scope, key() if key else address())
            return view(*args, **kwargs)

        return counted

    return mark


def spend(rate: str, scope: str, key: str) -> None:
    """Count one act of `key`, such as "account:7"; raises TooMany past the rate. To be called before begin_write()."""
    if not current_app.config["SETTINGS"].limits_enabled:
        return
    if is_writing(db.session()):
        raise RuntimeError("a limit is counted before begin_write(), in a transaction of its own")
    for item in parse_many(rate):
        if not _limiter.hit(item, scope, key):
            raise TooMany(_seconds_left(item, scope, key))


def forgive(rate: str, scope: str, key: str) -> None:
    """Forget what was counted, such as wrong passwords after a right one."""
    for item in parse_many(rate):
        _limiter.clear(item, scope, key)


def address() -> str:
    """Where the request comes from: the address, for IPv6 its /64, which is what one household or server gets."""
    said = request.remote_addr or ""
    with_port = _WITH_PORT.fullmatch(said)
    try:
        found = ip_address((with_port[1] or with_port[2]) if with_port else said)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(IPv6Address(int(found) >> 64 << 64)) + "/64"
    return str(found)


def _seconds_left(item: RateLimitItem, scope: str, key: str) -> int:
    ends = datetime.fromtimestamp(_limiter.get_window_stats(item, scope, key).reset_time, UTC)
    return max(1, int((ends - clock.now()).total_seconds()) + 1)


def _hashed(key: str) -> str:
    secret = hashlib.sha256(current_app.config["SETTINGS"].secret_key.encode()).digest()
    return hashlib.blake2b(key.encode(), key=secret, digest_size=20).hexdigest()


def _writing_connection() -> Connection:
    # A counter that a power cut takes back harms nobody, and waiting for the disk would double a vote's time.
    return db.engine.connect().execution_options(writing=True, hasty=True)


def _forget_old() -> None:
    begin_write()
    db.session.execute(delete(LimitCounter).where(LimitCounter.expires_at <= clock.now()))
    db.session.commit()


def register(app: Flask) -> None:
    """Forget counters whose window ended."""
    jobs.every(app, "limits: forget old counters", FORGET_SECONDS, _forget_old)
