"""Where the file of a snippet stands, and which snippets a folder still has: <locale>/_snippets/<name>.md."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import PurePosixPath

from sqlalchemy import select

from helpcenter.articles.folder.finding import Finding
from helpcenter.articles.folder.layout import Layout, is_snippet
from helpcenter.articles.folder.reading import Source
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


def one_at_each(
    sources: Iterable[Source], layout: Layout, known: Container[str] = ()
) -> tuple[list[Source], list[Finding]]:
    """The files without those that stand where another one does, which are told: a `known` one is the first."""
    placed: dict[Place | str, Source] = {}
    findings = []
    for source in sorted(sources, key=lambda one: (one.path not in known, one.path)):
        first = placed.setdefault(place_of(source.path, layout) or source.path, source)
        if first is not source:
            message = f"stands at the same place as {first.path}: a snippet has one file in each language"
            findings.append(Finding(source.path, 0, message))
    return list(placed.values()), findings


def gone_from(folder: str, seen: set[str], layout: Layout) -> list[FolderSnippet]:
    """The files of a folder that are no longer there; those of another language or layout are no files it lost."""
    there = _places(seen, layout)
    return [
        row
        for row in rows_of(folder)
        if row.source not in seen
        and (row.locale, row.name) not in there
        and layout.snippet_source(row.locale, row.name) is not None
    ]


def has_some(folder: str, seen: set[str], layout: Layout) -> bool:
    """Whether any snippet that is known of a folder is there."""
    there = _places(seen, layout)
    return any(row.source in seen or (row.locale, row.name) in there for row in rows_of(folder))


def rows_of(folder: str) -> list[FolderSnippet]:
    """What is known of the snippets of a folder."""
    statement = select(FolderSnippet).where(FolderSnippet.folder == folder).order_by(FolderSnippet.source)
    return list(db.session.scalars(statement))


def _places(seen: set[str], layout: Layout) -> set[Place | None]:
    return {place_of(path, layout) for path in seen}
