"""Where an article lives: the id decides, the slug is for people."""

from __future__ import annotations


def address(article_id: int, slug: str, locale: str) -> str:
    """The address of an article from its parts."""
    return f"/{locale}/articles/{article_id}-{slug}"
