"""A synonym as editors keep it: words of one language that mean the same, or lead one way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.content_version import content_changed, kept_while_unchanged
from helpcenter.core.db import Model, db
from helpcenter.search.languages import LANGUAGES
from helpcenter.search.synonyms import LONGEST_PHRASE, Synonym, Synonyms, phrase_of, synonyms_of

MOST_PHRASES = 20
LONGEST_TEXT = 80


class SynonymRefused(ValueError):
    """Words that make no synonym; the message is one of REASONS."""


REASONS = ("language", "too few", "too many", "too long", "no word", "same")


class SynonymRow(Model):
    __tablename__ = "search_synonym"
    id: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(5))
    phrases: Mapped[list[Any]] = mapped_column(JSON)
    to: Mapped[list[Any]] = mapped_column(JSON, default=list)
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    updated_at: Mapped[datetime]

    @property
    def synonym(self) -> Synonym:
        """What it says, as a value."""
        return Synonym(self.locale, tuple(self.phrases), tuple(self.to))


def synonyms() -> Synonyms:
    """Every synonym of the site, kept in this process while nothing public changes."""
    return kept_while_unchanged("search_synonyms", _read)


def in_language(locale: str) -> Select[SynonymRow]:
    """The synonyms of a language, the newest first."""
    return select(SynonymRow).where(SynonymRow.locale == locale).order_by(SynonymRow.id.desc())


def add(locale: str, phrases: Iterable[str], to: Iterable[str] = (), *, by: int | None) -> SynonymRow:
    """Add a synonym; without `to` it works both ways. Raises SynonymRefused. After begin_write()."""
    synonym = checked(locale, phrases, to)
    row = SynonymRow(locale=locale)
    _fill(row, synonym, by)
    db.session.add(row)
    return row


def change(row: SynonymRow, phrases: Iterable[str], to: Iterable[str] = (), *, by: int | None) -> None:
    """Give a synonym other words. Raises SynonymRefused. After begin_write()."""
    _fill(row, checked(row.locale, phrases, to), by)


def remove(row: SynonymRow) -> None:
    """Forget a synonym. After begin_write()."""
    db.session.delete(row)
    content_changed()


def checked(locale: str, phrases: Iterable[str], to: Iterable[str] = ()) -> Synonym:
    """The synonym of these words, spaces tidied and repetitions gone. Raises SynonymRefused."""
    synonym = Synonym(locale, _tidy(phrases), _tidy(to))
    every = (*synonym.phrases, *synonym.to)
    if locale not in LANGUAGES:
        raise SynonymRefused("language")
    if not synonym.phrases or len(every) < 2:
        raise SynonymRefused("too few")
    if len(every) > MOST_PHRASES:
        raise SynonymRefused("too many")
    if any(len(phrase) > LONGEST_TEXT or len(phrase_of(phrase, locale)) > LONGEST_PHRASE for phrase in every):
        raise SynonymRefused("too long")
    if not all(phrase_of(phrase, locale) for phrase in every):
        raise SynonymRefused("no word")
    if len({phrase_of(phrase, locale) for phrase in every}) < 2:
        raise SynonymRefused("same")
    return synonym


def _fill(row: SynonymRow, synonym: Synonym, by: int | None) -> None:
    row.phrases, row.to = list(synonym.phrases), list(synonym.to)
    row.updated_by, row.updated_at = by, clock.now()
    content_changed()


def _tidy(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tidy for tidy in (" ".join(phrase.split()) for phrase in phrases) if tidy))


def _read() -> Synonyms:
    rows: Sequence[Any] = db.session.execute(select(SynonymRow.locale, SynonymRow.phrases, SynonymRow.to)).all()
    return synonyms_of(Synonym(locale, tuple(phrases), tuple(to)) for locale, phrases, to in rows)
