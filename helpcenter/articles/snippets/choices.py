"""Snippets that a text can show, by letters of their names or words of what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select

from helpcenter.articles.snippets import expansion
from helpcenter.articles.snippets.snippet import Snippet, every, texts_of
from helpcenter.core.db import db
from helpcenter.core.text import shortened

MOST_SHOWN = 10
SHOWN_CHARACTERS = 100
_MARKS = re.compile(r"\[![A-Za-z]+\]|\]\([^()\s]*\)|[>#*`~\[\]|]+|^[-+] |^[0-9]+[.)] ", re.MULTILINE)
"""Of Markdown: whoever chooses wants the words."""


@dataclass(frozen=True)
class SnippetChoice:
    """A snippet with the beginning of what it says, and the language of that."""

    name: str
    beginning: str
    locale: str


def are_there() -> bool:
    """Whether there is any."""
    return db.session.scalar(select(Snippet.id).limit(1)) is not None


def snippet_choices(text: str, language: str) -> list[SnippetChoice]:
    """Ten at most, each with what it says in this language; those whose name begins so come first."""
    wanted = text.casefold().split()
    order = expansion.order_of(language)
    rows = every()
    texts = texts_of([row.id for row in rows])
    found = []
    for row in rows:
        said = texts[row.id]
        code = next((code for code in order if code in said), "")
        words = said[code].text if code else ""
        if all(word in row.name or word in words.casefold() for word in wanted):
            found.append(SnippetChoice(row.name, shortened(_MARKS.sub("", words), SHOWN_CHARACTERS), code))
    return sorted(found, key=lambda one: (not one.name.startswith(text.casefold()), one.name))[:MOST_SHOWN]
