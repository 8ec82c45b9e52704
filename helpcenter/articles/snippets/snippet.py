"""A snippet: a name that articles write, and what it says in each language."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import site
from helpcenter.core.db import Model, db
from helpcenter.core.markdown.snippets import LONGEST_NAME
from helpcenter.core.refusals import NotFound

LONGEST_TEXT = 20_000
_BLANK_ABOVE = re.compile(r"\A(?:[ \t]*\n)+")


class Snippet(Model):
    """`version` rises with every change of what it says; a page knows by it whether it was made of these words."""

    __tablename__ = "snippet"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class SnippetText(Model):
    """What a snippet says in a language. `article_ids` are the articles it links to."""

    __tablename__ = "snippet_text"
    __table_args__ = (UniqueConstraint("snippet_id", "locale"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    snippet_id: Mapped[int] = mapped_column(ForeignKey("snippet.id", ondelete="CASCADE"))
    locale: Mapped[str] = mapped_column(String(5))
    text: Mapped[str] = mapped_column(Text)
    article_ids: Mapped[list[int]] = mapped_column(JSON)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime]


def every() -> Sequence[Snippet]:
    """All of them, in the order of their names."""
    return db.session.scalars(select(Snippet).order_by(Snippet.name)).all()


def found(snippet_id: int) -> Snippet:
    """The snippet with a number. Raises NotFound."""
    row = db.session.get(Snippet, snippet_id)
    if row is None:
        raise NotFound(snippet_id)
    return row


def named(name: str) -> Snippet | None:
    """The snippet of a name, if there is one."""
    return db.session.scalar(select(Snippet).where(Snippet.name == name))


def texts_of(snippet_ids: Collection[int]) -> Mapping[int, Mapping[str, SnippetText]]:
    """What these say, by language. The languages of the site come first, in its order."""
    rows = db.session.scalars(select(SnippetText).where(SnippetText.snippet_id.in_(list(snippet_ids))))
    order = {code: place for place, code in enumerate(site.current().locales)}
    result: dict[int, dict[str, SnippetText]] = {one: {} for one in snippet_ids}
    for row in sorted(rows, key=lambda one: (order.get(one.locale, len(order)), one.locale)):
        result[row.snippet_id][row.locale] = row
    return result


def said_by(snippet: Snippet) -> dict[str, str]:
    """What it says, by language."""
    return {code: row.text for code, row in texts_of([snippet.id])[snippet.id].items()}


def trimmed(text: str) -> str:
    """A text without blank lines around it, its line breaks those of files: what is kept of what was typed."""
    return _BLANK_ABOVE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).rstrip()


def stamp(text: str) -> str:
    """What tells one text from another, short enough for a page to carry."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
