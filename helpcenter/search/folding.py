"""One spelling for what readers take as the same letter, by language.

Composed forms, case, stress marks; Russian ё as е; Spanish accents; Arabic vowel marks, tatweel, the forms of alef, yeh
and teh marbuta.
"""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff\u064b-\u065f\u0670\u0640\u06d6-\u06ed]")
_ALIKE = {
    "en": (),
    "es": (("á", "a"), ("é", "e"), ("í", "i"), ("ó", "o"), ("ú", "u"), ("ü", "u"), ("ñ", "n")),
    "ru": (("ё", "е"),),
    "ar": (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ى", "ي"), ("ة", "ه"), ("ؤ", "و"), ("ئ", "ي")),
}
_ALEF = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"))


def cleaned(text: str) -> str:
    """The text in composed form without marks that carry no letter: stress, vowels, tatweel, soft hyphens."""
    if text.isascii():
        return text
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


def lowered(text: str) -> str:
    """In lower case with as many characters as before, so that places in it are places in the original."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def folded(text: str, locale: str) -> str:
    """The spelling two readers agree on. Keeps the length of a cleaned text."""
    text = lowered(text)
    return text if text.isascii() else _replaced(text, _ALIKE[locale])


def with_plain_alef(word: str) -> str:
    """An Arabic word with every alef written without its hamza, as it is mostly typed."""
    return _replaced(word, _ALEF)


def kept_places(text: str) -> list[int] | None:
    """For each character of `without_marks(text)` its place in the text; None when nothing was taken out."""
    if text.isascii() or not _MARKS.search(text):
        return None
    return [place for place, character in enumerate(text) if not _MARKS.match(character)]


def without_marks(text: str) -> str:
    """The text without its marks, otherwise as it is."""
    return text if text.isascii() else _MARKS.sub("", text)


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text
