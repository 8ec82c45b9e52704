"""Where an article lives: the id decides, the slug is for people."""

from __future__ import annotations

import re

_WORDS = re.compile(r"(/articles?/\d+)-[^/]*$")


def address(article_id: int, slug: str, locale: str) -> str:
    """The address of an article from its parts."""
    return f"/{locale}/articles/{article_id}-{slug}"


def numbered(path: str) -> str:
    """The address of an article in another help center without its words, which may have changed there many times."""
    return _WORDS.sub(r"\1", path)
