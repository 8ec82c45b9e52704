"""What the files of a folder point to, as it is remembered, and what of it is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from helpcenter.articles import references as articles_references
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.pictures import Pictures
from helpcenter.articles.folder.record import FolderFile
from helpcenter.core.db import db
from helpcenter.core.markdown import Reference, References


def uses_of(
    found: References, locale: str, source_path: str, line_of: Callable[[int], int], pictures: Pictures
) -> tuple[Mapping[str, str | None], dict[str, Any]]:
    """Where what a text points to leads, and what is remembered of it in `FolderFile.uses`. Slow; keeps the pictures.

    `line_of` gives the line in the file of a line of the text.
    """
    keys = pictures.take(articles_references.local(found.images, source_path))
    targets = articles_references.targets_of(found, locale, source_path)
    return targets, {**_missing(found, targets, line_of), "pictures": sorted(set(keys))}


def _missing(
    found: References, targets: Mapping[str, str | None], line_of: Callable[[int], int]
) -> dict[str, list[list[Any]]]:
    """The links and pictures that lead nowhere, each with its line in the file."""

    def nowhere(items: Iterable[Reference]) -> list[Reference]:
        return [one for one in items if one.href in targets and targets[one.href] is None]

    links, images = nowhere(found.links), nowhere(found.images)
    if not links and not images:
        return {}
    return {
        "links": [[one.href, line_of(one.line)] for one in links],
        "images": [[one.href, line_of(one.line)] for one in images],
    }


def missing_of(folder: str) -> list[Finding]:
    """What the published files of a folder point to and is not there."""
    rows = db.session.execute(
        select(FolderFile.source, FolderFile.uses).where(
            FolderFile.folder == folder, FolderFile.missing_since.is_(None)
        )
    )
    findings = []
    for source, uses in rows:
        for href, line in uses.get("links", ()):
            findings.append(Finding(source, line, f"the link {href} leads nowhere; its text is shown", Level.WARNING))
        for href, line in uses.get("images", ()):
            findings.append(
                Finding(source, line, f"the picture {href} is missing; its alt text is shown", Level.WARNING)
            )
    return findings
