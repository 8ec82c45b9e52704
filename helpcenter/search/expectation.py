"""What editors expect to be found: for this phrase, this thing. Their own test set, in the words of their readers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Select, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db
from helpcenter.search.analysis import index_terms
from helpcenter.search.document import SubjectKey
from helpcenter.search.languages import LANGUAGES
from helpcenter.search.query import LONGEST_TEXT

# Each is searched for whenever the page is opened, so there is an end to them.
MOST_EXPECTED = 100


class ExpectationRefused(ValueError):
    """An expectation that makes no sense; the message is one of REASONS."""


REASONS = ("language", "no word", "too long", "too many", "known")


class Expectation(Model):
    __tablename__ = "search_expectation"
    __table_args__ = (UniqueConstraint("locale", "phrase", "kind", "subject_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(5))
    phrase: Mapped[str] = mapped_column(String(LONGEST_TEXT))
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    added_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime]

    @property
    def subject(self) -> SubjectKey:
        """What is expected."""
        return self.kind, self.subject_id


def in_language(locale: str) -> Select[Expectation]:
    """The expectations of a language, by phrase."""
    return select(Expectation).where(Expectation.locale == locale).order_by(Expectation.phrase, Expectation.id)


def add(locale: str, phrase: str, subject: SubjectKey, *, by: int | None) -> Expectation:
    """Expect a thing for a phrase. Raises ExpectationRefused. To be called after begin_write()."""
    phrase = " ".join(phrase.split())
    if locale not in LANGUAGES:
        raise ExpectationRefused("language")
    if len(phrase) > LONGEST_TEXT:
        raise ExpectationRefused("too long")
    if not index_terms(phrase, locale, keep_stop_words=True):
        raise ExpectationRefused("no word")
    own = Expectation.locale == locale
    same = (own, Expectation.phrase == phrase, Expectation.kind == subject[0], Expectation.subject_id == subject[1])
    if db.session.scalar(select(Expectation.id).where(*same)):
        raise ExpectationRefused("known")
    if (db.session.scalar(select(func.count()).select_from(Expectation).where(own)) or 0) >= MOST_EXPECTED:
        raise ExpectationRefused("too many")
    row = Expectation(
        locale=locale, phrase=phrase, kind=subject[0], subject_id=subject[1], added_by=by, added_at=clock.now()
    )
    db.session.add(row)
    return row


def remove(row: Expectation) -> None:
    """Expect it no longer. To be called after begin_write()."""
    db.session.delete(row)
