"""Whose acts are kept but not counted: programs, the team, an article's authors, previews, and browsers gone wild."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache

from crawlerdetect import CrawlerDetect
from flask import Flask, current_app
from werkzeug.datastructures import Headers

CRAWLER = "crawler"
STAFF = "staff"
AUTHOR = "author"
PREVIEW = "preview"
TOO_FAST = "too_fast"
REASONS = frozenset({CRAWLER, STAFF, AUTHOR, PREVIEW, TOO_FAST})

# The time to look at a name grows with the square of its length: one of 4,000 letters holds a process up for a second.
LONGEST_NAME = 400

Authors = Callable[[int], Collection[int]]


def is_crawler(user_agent: str) -> bool:
    """Whether a program says so itself, or does not say what it is. Only the first LONGEST_NAME letters are read."""
    return _is_crawler(user_agent[:LONGEST_NAME])


@lru_cache(maxsize=4096)
def _is_crawler(user_agent: str) -> bool:
    return not user_agent.strip() or bool(CrawlerDetect(user_agent=user_agent).is_crawler())


def is_prefetch(headers: Headers) -> bool:
    """Whether the browser only fetches in advance: nobody has looked at anything yet."""
    purpose = headers.get("Sec-Purpose") or headers.get("Purpose") or headers.get("X-Moz") or ""
    return "prefetch" in purpose.lower()


def register_authors(app: Flask, subject_kind: str, authors: Authors) -> None:
    """Tell who wrote a subject of this kind: from its id to user ids. Raises ValueError when told already."""
    registry: dict[str, Authors] = app.extensions.setdefault("authors", {})
    if subject_kind in registry:
        raise ValueError(f"the authors of {subject_kind} are told already")
    registry[subject_kind] = authors


def is_author(user_id: int | None, subject: tuple[str, int] | None) -> bool:
    """Whether this user wrote this subject; False for a kind nobody told the authors of."""
    if user_id is None or subject is None:
        return False
    authors: Authors | None = current_app.extensions.get("authors", {}).get(subject[0])
    return authors is not None and user_id in authors(subject[1])
