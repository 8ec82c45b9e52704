"""Two words that stand together in a title or a keyword, small words among them: "log in" is neither "log" nor "in"."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from helpcenter.search.analysis import Token, stems, term_of, tokens
from helpcenter.search.stop_words import is_stop_word


def pairs(text: str, locale: str) -> list[str]:
    """The pairs of neighbours in a text as terms: the stems of both with a space between, which no other term has."""
    return [
        f"{_term(one, locale)} {_term(other, locale)}"
        for one, other in pairwise(tokens(text))
        if not (is_stop_word(one.text, locale) and is_stop_word(other.text, locale))
    ]


def pairs_of_each(texts: Iterable[str], locale: str) -> list[str]:
    """The pairs within each text, none across two of them."""
    return [pair for text in texts for pair in pairs(text, locale)]


def _term(token: Token, locale: str) -> str:
    return stems(token.text, locale)[0] if token.is_plain else term_of(token)
