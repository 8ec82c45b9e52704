"""The versions of a post as its history shows them: each with what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from helpcenter.community import post_revision
from helpcenter.community.answer import Answer
from helpcenter.community.author import authors
from helpcenter.community.post_revision import PostRevision
from helpcenter.community.question import Question
from helpcenter.core import word_diff
from helpcenter.core.paging import Page
from helpcenter.core.subjects import Author
from helpcenter.core.word_diff import Piece
from helpcenter.topics.tree import tree


@dataclass(frozen=True)
class Version:
    """What somebody made of a post; `title` and `about` (topic and tags) are empty where nothing changed in them."""

    number: int
    author: Author
    written_at: datetime
    title: Sequence[Piece]
    about: Sequence[Piece]
    text: Sequence[Piece]
    is_first: bool


def page(post: Question | Answer, locale: str, after: int | None = None) -> Page[Version]:
    """A page of versions, the newest first; empty for a post that was never changed."""
    found = post_revision.history(post, after)
    rows = list(found.rows)
    if not rows:
        return Page((), None)
    before = post_revision.numbered(post, rows[-1].number - 1)
    people = authors((row.editor_id for row in rows), locale)
    older: list[PostRevision | None] = [*rows[1:], before]
    versions = [_version(row, old, people[row.editor_id], locale) for row, old in zip(rows, older, strict=True)]
    return Page(versions, found.next_after)


def _version(row: PostRevision, old: PostRevision | None, author: Author, locale: str) -> Version:
    if old is None:
        title, about, text = _whole(row.title), _whole(_about(row, locale)), _whole(row.text)
    else:
        title = _changed(old.title, row.title)
        about, text = _changed(_about(old, locale), _about(row, locale)), word_diff.diff(old.text, row.text)
    return Version(row.number, author, row.written_at, title, about, text, old is None)


def _changed(old: str, new: str) -> Sequence[Piece]:
    return word_diff.diff(old, new) if old != new else ()


def _whole(text: str) -> Sequence[Piece]:
    return word_diff.diff(text, text)


def _about(row: PostRevision, locale: str) -> str:
    """Topic and tags in one line."""
    node = tree().nodes.get(row.topic_id or 0)
    return " · ".join([*([node.text(locale).title] if node else []), *row.tags])
