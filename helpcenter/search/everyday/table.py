"""Everyday words that mean nearly the same, for reading a message that is meant for a person.

No site should have to teach them. They are applied to messages only: in a search of three words each was chosen, and
what it means nearly is not what was asked. What the editors of a site say is a synonym counts more.

The words are those of any help desk and of no product; a group that pulls in what somebody did not mean does harm, so
words of many meanings are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpcenter.search.everyday import arabic, english, russian, spanish
from helpcenter.search.synonyms import Synonym, Synonyms

_WORDS = {"en": english.WORDS, "es": spanish.WORDS, "ru": russian.WORDS, "ar": arabic.WORDS}


def _groups() -> Iterator[Synonym]:
    for locale, lines in _WORDS.items():
        for line in lines.strip().splitlines():
            yield Synonym(locale, tuple(phrase.strip() for phrase in line.split(",")))


EVERYDAY = Synonyms(tuple(_groups()))
