"""Pages of other sites that articles link to: each once, with what came of the last looks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urldefrag, urlsplit

from sqlalchemy import ColumnElement, String, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db, upsert
from helpcenter.core.outside.look import Answer, Look

LONGEST_URL_BYTES = 2_000
LONGEST_HOST = 255
LOOK_EVERY = timedelta(days=7)
DOUBT_FOR = timedelta(days=1)
"""After a failure the next look waits so long, so that two of them never fall on one bad day."""
BROKEN_AFTER = 2
KNOWN_FOR = LOOK_EVERY + timedelta(days=2)
"""How long it is believed of an address that it answers. Without an end, two that died would vouch for each other."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""When an address is due that a person asked for: before all others that wait, however many these are."""
AT_ONCE = 500
"""Rows of one statement: a database takes only so many values."""


class OutsideAddress(Model):
    """`failures` counts looks in a row that found nothing, two of a day as one; `failing_since` is the first of them.

    `answer` and `status` are those of the last look; `next_at` is when the next one is due.
    """

    __tablename__ = "outside_address"
    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(LONGEST_URL_BYTES), unique=True)
    host: Mapped[str] = mapped_column(String(LONGEST_HOST), index=True)
    next_at: Mapped[datetime] = mapped_column(index=True)
    looked_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(16), default="")
    status: Mapped[int | None]
    failures: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]


@dataclass(frozen=True)
class Due:
    """An address whose time has come."""

    id: int
    url: str
    host: str


def checkable(address: str) -> str | None:
    """The address to ask for a link: without its fragment; None for what is no page of the web, or is too long."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None
    url = urldefrag(address)[0].strip()
    if parts.scheme not in ("http", "https") or not host or len(host) > LONGEST_HOST:
        return None
    return url if len(url.encode()) <= LONGEST_URL_BYTES and url.isprintable() else None


def ids_of(urls: Iterable[str]) -> dict[str, int]:
    """The numbers of these addresses; new ones are kept and due now. To be called after begin_write().

    Call it once in a transaction, or first for all: it keeps them in the order of the alphabet, so that of two that
    keep the same ones the second waits for the first, and never each for the other.
    """
    wanted = sorted(set(urls))
    numbers: dict[str, int] = {}
    for start in range(0, len(wanted), AT_ONCE):
        numbers |= _numbers(wanted[start : start + AT_ONCE])
    return numbers


def _numbers(wanted: list[str]) -> dict[str, int]:
    now = clock.now()
    rows = [
        {"url": url, "host": (urlsplit(url).hostname or "").lower(), "next_at": now, "failures": 0, "answer": ""}
        for url in wanted
    ]
    db.session.execute(upsert(OutsideAddress).values(rows).on_conflict_do_nothing(index_elements=["url"]))
    found = select(OutsideAddress.url, OutsideAddress.id).where(OutsideAddress.url.in_(wanted))
    return dict(db.session.execute(found).all())


def is_broken() -> ColumnElement[bool]:
    """Whether nothing was found there on two days."""
    return OutsideAddress.failures >= BROKEN_AFTER


def due(held: ColumnElement[bool], most: int) -> list[Due]:
    """What is due of the addresses that fulfil `held`: one of each host, the longest overdue first."""
    place = func.row_number().over(
        partition_by=OutsideAddress.host, order_by=(OutsideAddress.next_at, OutsideAddress.id)
    )
    waiting = (
        select(OutsideAddress.id, OutsideAddress.url, OutsideAddress.host, OutsideAddress.next_at, place.label("place"))
        .where(OutsideAddress.next_at <= clock.now(), held)
        .subquery()
    )
    first = select(waiting.c.id, waiting.c.url, waiting.c.host).where(waiting.c.place == 1)
    return [Due(*row) for row in db.session.execute(first.order_by(waiting.c.next_at, waiting.c.id).limit(most))]


def known_good(held: ColumnElement[bool], but_of: Collection[str]) -> Due | None:
    """An address that answered lately, of none of these hosts: whoever can not reach it either is cut off.

    Of several the one that was asked the longest ago, so that it is not always the same that helps out.
    """
    statement = (
        select(OutsideAddress.id, OutsideAddress.url, OutsideAddress.host)
        .where(
            OutsideAddress.answer == Answer.FINE.value,
            OutsideAddress.looked_at >= clock.now() - KNOWN_FOR,
            OutsideAddress.host.not_in(but_of),
            held,
        )
        .order_by(OutsideAddress.looked_at, OutsideAddress.id)
        .limit(1)
    )
    row = db.session.execute(statement).first()
    return Due(*row) if row else None


def note(address: OutsideAddress, look: Look) -> None:
    """Keep what a look found, and say when the next is due. To be called after begin_write()."""
    now = clock.now()
    is_new_day = address.looked_at is None or address.looked_at.date() != now.date()
    if not look.answer.is_failure:
        address.failures, address.failing_since = 0, None
    elif address.failures == 0 or is_new_day:
        address.failures += 1
        address.failing_since = address.failing_since or now
    address.looked_at, address.answer, address.status = now, look.answer.value, look.status
    address.next_at = now + _wait(address.failures)
    if look.asks_for_patience:
        later = now + DOUBT_FOR
        others = OutsideAddress.host == address.host, OutsideAddress.next_at < later
        put_off = update(OutsideAddress).where(*others).values(next_at=later)
        db.session.execute(put_off, execution_options={"synchronize_session": "fetch"})


def _wait(failures: int) -> timedelta:
    """A day after the first failure, then twice as long each time, and a week as for what is well."""
    return min(LOOK_EVERY, DOUBT_FOR * 2 ** min(failures - 1, 5)) if failures else LOOK_EVERY


def look_again(address_id: int) -> None:
    """Have an address looked at next, before all that is due. To be called after begin_write()."""
    soon = update(OutsideAddress).where(OutsideAddress.id == address_id).values(next_at=LONG_AGO)
    db.session.execute(soon, execution_options={"synchronize_session": False})


def forget(unheld: ColumnElement[bool]) -> None:
    """Forget addresses that fulfil `unheld`. To be called after begin_write()."""
    db.session.execute(delete(OutsideAddress).where(unheld), execution_options={"synchronize_session": False})
