"""What a snippet may say, and what is kept of it besides its words. Slow: to be done before begin_write()."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from helpcenter.articles.health import reference
from helpcenter.articles.references import targets_of
from helpcenter.articles.snippets.snippet import LONGEST_TEXT, trimmed
from helpcenter.core.markdown import MarkdownRefused, expand, references, words


class Problem(StrEnum):
    """Why a text can not be a snippet."""

    EMPTY = "empty"
    LONG = "long"
    NESTED = "nested"
    OPEN = "open"


WORDS: dict[Problem, Any] = {
    Problem.EMPTY: _l("There is no text."),
    Problem.LONG: _l("Too long: a snippet has at most 20,000 characters."),
    Problem.NESTED: _l("A snippet cannot contain another snippet. Write out what it says."),
    Problem.OPEN: _l(
        "Something is opened and never closed, such as a block of code: it would swallow what comes after it."
    ),
}


class SnippetRefused(ValueError):
    """A text that can not be a snippet; `message` says why, to be shown beside the field."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Prepared:
    """A text that can be kept, with the articles it links to."""

    text: str
    article_ids: tuple[int, ...]


def prepare(text: str, locale: str, source_path: str | None = None) -> Prepared:
    """A text as it will be kept. Raises SnippetRefused."""
    text = trimmed(text)
    check(text)
    try:
        found = references(text)
    except MarkdownRefused as refused:
        raise SnippetRefused(words.refusal(refused)) from None
    targets = targets_of(found, locale, source_path)
    leading = (reference.leading(targets.get(one.href) or one.href) for one in found.links)
    ids = {one["article_id"] for one in leading if one and one.get("article_id")}
    return Prepared(text, tuple(sorted(ids)))


def check(text: str) -> None:
    """Whether a text can be a snippet; no database is asked. Raises SnippetRefused."""
    if not text:
        raise SnippetRefused(WORDS[Problem.EMPTY])
    if len(text) > LONGEST_TEXT:
        raise SnippetRefused(WORDS[Problem.LONG])
    try:
        expanded = expand(text, {})
    except MarkdownRefused as refused:
        raise SnippetRefused(words.refusal(refused)) from None
    if expanded.snippets:
        raise SnippetRefused(WORDS[Problem.NESTED])
    if not expanded.is_whole:
        raise SnippetRefused(WORDS[Problem.OPEN])
