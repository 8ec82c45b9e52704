"""In which of the site's languages somebody writes, told by the little words that every text has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpcenter.search.stop_words import STOP_WORDS

FEWEST = 2
"""Little words that a guess needs."""
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, locales: Sequence[str]) -> str:
    """The language that most of the little words belong to; the first of `locales` where they say too little."""
    words = [word.lower() for word in _WORD.findall(text[:4_000])]
    counts = {code: sum(word in STOP_WORDS.get(code, ()) for word in words) for code in locales}
    best = max(locales, key=lambda code: counts[code])
    return best if counts[best] >= FEWEST else locales[0]
