"""Where the file of a snippet stands, and which snippets a folder still has: <locale>/_snippets/<name>.md."""

from __future__ import annotations

from pathlib import PurePosixPath

from sqlalchemy import select

from helpcenter.articles.folder.layout import Layout, is_snippet
from helpcenter.articles.folder.record import FolderSnippet
from helpcenter.core.db import db

Place = tuple[str, str]
"""The language and the name."""


def place_of(path: str, layout: Layout) -> Place | None:
    """What a file of the folder is of; None for one that stands where no snippet can."""
    parts = [*filter(None, (layout.locale,)), *PurePosixPath(path).parts]
    if layout.is_foreign or len(parts) != 3 or not is_snippet(path):
        return None
    return parts[0], PurePosixPath(path).stem


def gone_from(folder: str, seen: set[str], layout: Layout) -> list[FolderSnippet]:
    """The files of a folder that are no longer there; those of another language or layout are no files it lost."""
    there = _places(seen, layout)
    return [
        row
        for row in _rows(folder)
        if row.source not in seen
        and (row.locale, row.name) not in there
        and layout.snippet_source(row.locale, row.name) is not None
    ]


def has_some(folder: str, seen: set[str], layout: Layout) -> bool:
    """Whether any snippet that is known of a folder is there."""
    there = _places(seen, layout)
    return any(row.source in seen or (row.locale, row.name) in there for row in _rows(folder))


def _rows(folder: str) -> list[FolderSnippet]:
    statement = select(FolderSnippet).where(FolderSnippet.folder == folder).order_by(FolderSnippet.source)
    return list(db.session.scalars(statement))


def _places(seen: set[str], layout: Layout) -> set[Place | None]:
    return {place_of(path, layout) for path in seen}
