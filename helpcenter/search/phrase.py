"""A phrase of readers and a thing that belongs to it: what a pin and a search of the test set have in common."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.search.analysis import index_terms
from helpcenter.search.document import SubjectKey
from helpcenter.search.languages import LANGUAGES
from helpcenter.search.query import LONGEST_TEXT


class PhraseRefused(ValueError):
    """Nothing can be kept for this phrase; the message is one of the REASONS of this or of who keeps it."""


REASONS = ("language", "no word", "too long")


class OfPhrase:
    """The columns of a row that names a thing for a phrase in a language."""

    id: Mapped[int] = mapped_column(primary_key=True)
    locale: Mapped[str] = mapped_column(String(5))
    phrase: Mapped[str] = mapped_column(String(LONGEST_TEXT))
    kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]

    @property
    def subject(self) -> SubjectKey:
        """The thing."""
        return self.kind, self.subject_id


def checked(locale: str, phrase: str) -> str:
    """A phrase with its spaces tidied. Raises PhraseRefused."""
    phrase = " ".join(phrase.split())
    if locale not in LANGUAGES:
        raise PhraseRefused("language")
    if len(phrase) > LONGEST_TEXT:
        raise PhraseRefused("too long")
    if not index_terms(phrase, locale, keep_stop_words=True):
        raise PhraseRefused("no word")
    return phrase
