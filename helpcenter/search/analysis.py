"""From text to the terms of the index, the same for documents and for queries.

A word becomes its stem. A code-like token ("utm_source", "robots.txt", "e-mail", "C++") is kept whole and in its parts,
so that either way of asking finds it. Stemming is Snowball's in all four languages.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from helpcenter.search.folding import cleaned, folded, with_plain_alef
from helpcenter.search.languages import NOT_LATIN, STEMMERS
from helpcenter.search.stop_words import is_stop_word

LONGEST_TERM = 40
MOST_PARTS = 6
# Bump it whenever the same text would give other terms: an index built before is then built anew.
ANALYSIS_VERSION = 1
_TOKEN = re.compile(r"\w+(?:[.'’@:/&+#-]\w+)*(?:\+\+|\+|#)?")
_BREAK = re.compile(r"[\W_]+")
_local = threading.local()


@dataclass(frozen=True)
class Token:
    """A token as written, with the words it is made of: one for a plain word, several for a code-like token."""

    text: str
    parts: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """Whether it is a word and nothing more."""
        return len(self.parts) == 1 and self.parts[0] == self.text


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text in order, case kept, apostrophes gone."""
    for match in _TOKEN.finditer(cleaned(text)):
        token = _token(match.group())
        if token is not None:
            yield token


def _token(found: str) -> Token | None:
    whole = found.strip("_").replace("’", "'")
    if whole.endswith(("'s", "'S")):
        whole = whole[:-2]
    whole = whole.replace("'", "")
    if whole[-1:] in "+#" and len(whole.rstrip("+#")) > 3:
        whole = whole.rstrip("+#")
    parts = tuple(part for part in _BREAK.split(whole) if part)
    return Token(whole, parts[:MOST_PARTS]) if parts else None


def stems(word: str, locale: str) -> tuple[str, ...]:
    """The stems a word may be found under: one, or two where its spelling without accents stems otherwise."""
    # Kept by the word in small letters, so that one at the beginning of a title is not stemmed once more.
    return _stems(word.lower()[:LONGEST_TERM].replace("ё", "е"), locale)


@lru_cache(maxsize=30_000)
def _stems(word: str, locale: str) -> tuple[str, ...]:
    language = "en" if locale in NOT_LATIN and word.isascii() else locale
    found = [folded(_stem(form, language), language) for form in _forms(word, language)]
    return tuple(dict.fromkeys(found))


def term_of(token: Token) -> str:
    """A code-like token as a term: whole, in lower case."""
    return token.text.lower()[:LONGEST_TERM]


def joined(token: Token) -> str | None:
    """ "e-mail" as "email": the two parts of a hyphenated word without the hyphen, else None."""
    if len(token.parts) == 2 and "-" in token.text and token.text.isprintable():
        return "".join(token.parts).lower()[:LONGEST_TERM]
    return None


@dataclass(frozen=True)
class Analysed:
    """What a token means in a language: its terms, those that tell something, and what people may type for it."""

    terms: tuple[str, ...]
    telling_terms: tuple[str, ...]
    words: tuple[str, ...]


def analysed(text: str, locale: str) -> list[Analysed]:
    """Every token of a text, analysed, in order. A token is analysed once and kept."""
    found = (_analysed(match, locale) for match in _TOKEN.findall(cleaned(text)))
    return [entry for entry in found if entry is not None]


def index_terms(text: str, locale: str, *, keep_stop_words: bool = False) -> list[str]:
    """Every term a text is indexed under, repeated as often as it stands there."""
    entries = analysed(text, locale)
    return [term for entry in entries for term in (entry.terms if keep_stop_words else entry.telling_terms)]


def words(text: str, locale: str) -> set[str]:
    """The words of a text as people type them, for completing and correcting: lower case, letters in them."""
    return {word for entry in analysed(text, locale) for word in entry.words}


@lru_cache(maxsize=30_000)
def _analysed(found: str, locale: str) -> Analysed | None:
    token = _token(found)
    if token is None:
        return None
    whole: list[str] = []
    if not token.is_plain:
        together = joined(token)
        whole = [term_of(token), *(stems(together, locale) if together else ())]
    telling = [part for part in token.parts if not is_stop_word(part, locale)]
    return Analysed(
        (*whole, *(stem for part in token.parts for stem in stems(part, locale))),
        (*whole, *(stem for part in telling for stem in stems(part, locale))),
        tuple({word.lower() for word in (*telling, *_whole_word(token, locale)) if _is_typed(word)}),
    )


def _whole_word(token: Token, locale: str) -> tuple[str, ...]:
    return () if token.is_plain or _is_address(token) or is_stop_word(token.text, locale) else (token.text,)


def _is_typed(word: str) -> bool:
    return 2 <= len(word) <= LONGEST_TERM and not word.isdigit()


def _is_address(token: Token) -> bool:
    return len(token.parts) > 3 or any(sign in token.text for sign in "/:@")


def _forms(word: str, language: str) -> tuple[str, ...]:
    if language == "es":
        bare = folded(word, "es")
        # "facturacion" is how many type "facturación", and only the accent lets the stemmer see its ending.
        accented = bare[:-3] + "ión" if word.endswith("ion") else word
        return (accented, bare)
    return _arabic_forms(word) if language == "ar" else (word,)


_ARABIC_PREFIX = re.compile("[وف]?(?:[بك]?ال|لل)(?=...)")


def _arabic_forms(word: str) -> tuple[str, ...]:
    """The bare word with the article and without it, without hamza, with the other ending people type.

    The stemmer takes other endings off a word that has its article than off one that has not, so "the invoices" and
    "invoices" would part; each word is stemmed both ways.
    """
    bare = _ARABIC_PREFIX.sub("", word, count=1)
    forms: tuple[str, ...] = ("ال" + bare, bare, with_plain_alef(bare))
    if bare.endswith(("ه", "ى")):
        forms += (bare[:-1] + ("ة" if bare[-1] == "ه" else "ي"),)
    return forms


def _stem(word: str, language: str) -> str:
    # A stemmer of this library keeps the word it works on in itself, so each thread has its own.
    kept: dict[str, object] = _local.__dict__.setdefault("stemmers", {})
    stemmer = kept.get(language)
    if stemmer is None:
        stemmer = kept[language] = snowballstemmer.stemmer(STEMMERS[language])
    return str(stemmer.stemWord(word)) or word  # type: ignore[attr-defined]
