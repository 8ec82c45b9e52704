"""What editors expect to be found: for this phrase, this thing. Their own test set, in the words of their readers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Select, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db
from helpcenter.search import phrase as phrases
from helpcenter.search.document import SubjectKey
from helpcenter.search.phrase import OfPhrase, PhraseRefused

# Each is searched for whenever the page is opened, so there is an end to them.
MOST_EXPECTED = 100
REASONS = (*phrases.REASONS, "too many", "known")


class Expectation(OfPhrase, Model):
    """For a phrase, this thing is expected."""

    __tablename__ = "search_expectation"
    __table_args__ = (UniqueConstraint("locale", "phrase", "kind", "subject_id"),)
    added_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime]


def in_language(locale: str) -> Select[Expectation]:
    """The expectations of a language, by phrase."""
    return select(Expectation).where(Expectation.locale == locale).order_by(Expectation.phrase, Expectation.id)


def add(locale: str, phrase: str, subject: SubjectKey, *, by: int | None) -> Expectation:
    """Expect a thing for a phrase. Raises PhraseRefused. To be called after begin_write()."""
    phrase = phrases.checked(locale, phrase)
    own = Expectation.locale == locale
    same = (own, Expectation.phrase == phrase, Expectation.kind == subject[0], Expectation.subject_id == subject[1])
    if db.session.scalar(select(Expectation.id).where(*same)):
        raise PhraseRefused("known")
    if (db.session.scalar(select(func.count()).select_from(Expectation).where(own)) or 0) >= MOST_EXPECTED:
        raise PhraseRefused("too many")
    row = Expectation(
        locale=locale, phrase=phrase, kind=subject[0], subject_id=subject[1], added_by=by, added_at=clock.now()
    )
    db.session.add(row)
    return row


def remove(row: Expectation) -> None:
    """Expect it no longer. To be called after begin_write()."""
    db.session.delete(row)
