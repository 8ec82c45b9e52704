"""A pin as editors keep it: for a phrase in a language, this thing comes first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Select, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.content_version import content_changed, kept_while_unchanged
from helpcenter.core.db import Model, db
from helpcenter.search import phrase as phrases
from helpcenter.search.document import SubjectKey
from helpcenter.search.phrase import OfPhrase, PhraseRefused
from helpcenter.search.pinning import MOST_PINNED, Pinned, meaning_of

REASONS = (*phrases.REASONS, "too many", "pinned")


class PinRow(OfPhrase, Model):
    """For a phrase, this thing comes first, or at its place among those that do."""

    __tablename__ = "search_pin"
    __table_args__ = (UniqueConstraint("locale", "phrase", "kind", "subject_id"),)
    place: Mapped[int] = mapped_column(default=1)
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    updated_at: Mapped[datetime]

    @property
    def pinned(self) -> Pinned:
        """What it says, as a value."""
        return Pinned(self.locale, self.phrase, self.subject, self.place)


def pins() -> tuple[Pinned, ...]:
    """Every pin of the site, kept in this process while nothing public changes."""
    return kept_while_unchanged("search_pins", _read)


def in_language(locale: str) -> Select[PinRow]:
    """The pins of a language, by phrase and place."""
    return select(PinRow).where(PinRow.locale == locale).order_by(PinRow.phrase, PinRow.place, PinRow.id)


def for_phrase(locale: str, phrase: str) -> list[PinRow]:
    """The pins that hold for a phrase: those of every phrase that means the same, the first place first."""
    meaning = meaning_of(phrase, locale)
    alike = [row for row in db.session.scalars(in_language(locale)) if meaning_of(row.phrase, locale) == meaning]
    return sorted(alike, key=lambda row: (row.place, *row.subject))


def add(locale: str, phrase: str, subject: SubjectKey, *, by: int | None) -> PinRow:
    """Pin a thing for a phrase, behind those pinned for it already. Raises PhraseRefused. After begin_write()."""
    phrase = phrases.checked(locale, phrase)
    alike = for_phrase(locale, phrase)
    if any(row.subject == subject for row in alike):
        raise PhraseRefused("pinned")
    if len(alike) >= MOST_PINNED:
        raise PhraseRefused("too many")
    row = PinRow(
        locale=locale,
        phrase=phrase,
        kind=subject[0],
        subject_id=subject[1],
        place=1 + max((other.place for other in alike), default=0),
        updated_by=by,
        updated_at=clock.now(),
    )
    db.session.add(row)
    content_changed()
    return row


def shift(row: PinRow, steps: int) -> None:
    """Move it among those of its phrase, -1 for one place up; at an end nothing happens. After begin_write()."""
    rows = for_phrase(row.locale, row.phrase)
    at = rows.index(row)
    rows.insert(min(max(0, at + steps), len(rows) - 1), rows.pop(at))
    _number(rows)
    content_changed()


def remove(row: PinRow) -> None:
    """Unpin it; those behind it move up. After begin_write()."""
    rest = [other for other in for_phrase(row.locale, row.phrase) if other is not row]
    db.session.delete(row)
    _number(rest)
    content_changed()


def count(locale: str) -> int:
    """How many pins a language has."""
    return db.session.scalar(select(func.count()).select_from(PinRow).where(PinRow.locale == locale)) or 0


def _number(rows: Sequence[PinRow]) -> None:
    for place, row in enumerate(rows, 1):
        row.place = place


def _read() -> tuple[Pinned, ...]:
    columns = PinRow.locale, PinRow.phrase, PinRow.kind, PinRow.subject_id, PinRow.place
    rows = db.session.execute(select(*columns).order_by(PinRow.locale, PinRow.phrase, PinRow.place, PinRow.id))
    return tuple(Pinned(locale, phrase, (kind, subject_id), place) for locale, phrase, kind, subject_id, place in rows)
