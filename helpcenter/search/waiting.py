"""The waiting list: who found nothing and wants to be told when there is an answer.

An address counts once its owner opened the link that was sent to it and pressed the button there. The waiting ends
with the one letter that tells of the answer, or with whoever stops it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, delete, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.accounts.user import LONGEST_EMAIL, email_key
from helpcenter.core import clock
from helpcenter.core.db import Model, begin_write, db, upsert
from helpcenter.search.folding import cleaned, folded
from helpcenter.search.query import LONGEST_TEXT
from helpcenter.search.wording import Wording

UNCONFIRMED_LIFETIME = timedelta(days=7)
LONGEST_WAIT = timedelta(days=365)
MOST_OF_ADDRESS = 20
"""Searches that one address can wait for."""


class SearchWait(Model):
    """`meaning` is what spellings of the words have in common. `user_id` is who is told as they see the site."""

    __tablename__ = "search_wait"
    __table_args__ = (UniqueConstraint("address_key", "locale", "meaning"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(8), index=True)
    words: Mapped[str] = mapped_column(String(LONGEST_TEXT))
    meaning: Mapped[str] = mapped_column(String(2 * LONGEST_TEXT))
    address: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
    address_key: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class SearchNews(Model):
    """Something entered the index, or changed in it, since the waiting list was last looked at."""

    __tablename__ = "search_news"
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    noted_at: Mapped[datetime]


def meaning_of(words: str, locale: str) -> str:
    """What spellings of the same words have in common."""
    return folded(cleaned(words), locale)[: 2 * LONGEST_TEXT]


def wait(words: str, locale: str, address: str, *, user_id: int | None) -> SearchWait | None:
    """Wait for an answer to these words; a signed-in person's address needs no link. After begin_write().

    None where this address waits for them already and confirmed it, or waits for too much.
    """
    meaning, now = meaning_of(words, locale), clock.now()
    mine = select(func.count(SearchWait.id)).where(
        SearchWait.address_key == email_key(address), SearchWait.confirmed_at.is_not(None)
    )
    if (db.session.scalar(mine) or 0) >= MOST_OF_ADDRESS:
        return None
    new = upsert(SearchWait).values(
        locale=locale,
        words=words,
        meaning=meaning,
        address=address,
        address_key=email_key(address),
        user_id=user_id,
        created_at=now,
        confirmed_at=now if user_id is not None else None,
    )
    # Whoever asks twice has two letters, of which both work.
    kept = {"created_at": SearchWait.created_at, **({"user_id": user_id, "confirmed_at": now} if user_id else {})}
    row = new.on_conflict_do_update(
        index_elements=["address_key", "locale", "meaning"], set_=kept, where=SearchWait.confirmed_at.is_(None)
    ).returning(SearchWait)
    found: SearchWait | None = db.session.execute(row).scalar_one_or_none()
    return found


def find(wait_id: int) -> SearchWait | None:
    """One that still waits, or still may be confirmed."""
    return db.session.get(SearchWait, wait_id)


def confirm(row: SearchWait) -> None:
    """The address is theirs. To be called after begin_write()."""
    row.confirmed_at = row.confirmed_at or clock.now()


def end(row: SearchWait) -> None:
    """They wait no longer. To be called after begin_write()."""
    db.session.delete(row)


def counts(locale: str) -> Mapping[str, int]:
    """How many addresses wait, by the meaning of what they wait for."""
    confirmed = (SearchWait.locale == locale, SearchWait.confirmed_at.is_not(None))
    rows = db.session.execute(
        select(SearchWait.meaning, func.count(SearchWait.id)).where(*confirmed).group_by(SearchWait.meaning)
    )
    return dict(rows.all())


def waited_for(locale: str, most: int = 20) -> list[Wording]:
    """What is waited for in a language, the most people first."""
    people = func.count(SearchWait.id)
    rows = db.session.execute(
        select(func.min(SearchWait.words), people)
        .where(SearchWait.locale == locale, SearchWait.confirmed_at.is_not(None))
        .group_by(SearchWait.meaning)
        .order_by(people.desc(), func.min(SearchWait.words))
        .limit(most)
    )
    return [Wording(words, count) for words, count in rows]


def note_news(subjects: Iterable[tuple[str, int]]) -> None:
    """These are in the index now, to be looked at for those who wait, if any do. To be called after begin_write()."""
    if db.session.execute(select(SearchWait.id).where(SearchWait.confirmed_at.is_not(None)).limit(1)).first() is None:
        return
    now = clock.now()
    for kind, subject_id in subjects:
        row = upsert(SearchNews).values(kind=kind, subject_id=subject_id, noted_at=now)
        db.session.execute(row.on_conflict_do_update(index_elements=["kind", "subject_id"], set_={"noted_at": now}))


def forget_old() -> None:
    """Forget addresses that were not confirmed within a week, and who waited for a year: a job."""
    begin_write()
    now = clock.now()
    unconfirmed = SearchWait.confirmed_at.is_(None) & (SearchWait.created_at < now - UNCONFIRMED_LIFETIME)
    _delete(or_(unconfirmed, SearchWait.created_at < now - LONGEST_WAIT))
    db.session.commit()


def export(user_id: int) -> Mapping[str, Any]:
    """What a person waits for."""
    rows = db.session.scalars(select(SearchWait).where(SearchWait.user_id == user_id).order_by(SearchWait.id))
    held = [{"at": row.created_at.isoformat(), "words": row.words, "language": row.locale} for row in rows]
    return {"waits": held} if held else {}


def erase(user_id: int) -> None:
    """They wait for nothing any more. To be called after begin_write()."""
    _delete(SearchWait.user_id == user_id)


def forget_address(address: str) -> None:
    """Nobody waits under this address any more, signed in or not. To be called after begin_write()."""
    _delete(SearchWait.address_key == email_key(address))


def _delete(where: Any) -> None:
    db.session.execute(delete(SearchWait).where(where), execution_options={"synchronize_session": False})
