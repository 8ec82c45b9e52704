"""A folder of the same name that lies elsewhere: the one that is known, or another one."""

from __future__ import annotations

from pathlib import Path

from helpcenter.articles.folder import snippet_place
from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.plan import Plan
from helpcenter.articles.folder.reading import FolderRefused
from helpcenter.articles.folder.record import Folder
from helpcenter.core.db import db


def refuse_other_folder(directory: Path, name: str, todo: Plan, seen: set[str], layout: Layout) -> None:
    """Another folder of the same name must not count as this one with every file deleted. Raises FolderRefused."""
    known = db.session.get(Folder, name)
    if known is None or known.directory == str(directory):
        return
    loses_some = todo.vanished or snippet_place.gone_from(name, seen, layout)
    if loses_some and not _has_an_article(name, todo) and not snippet_place.has_some(name, seen, layout):
        raise FolderRefused(
            f"the folder {name} was imported from {known.directory}, and {directory} has none of its files; "
            "give this one a name of its own with --folder NAME"
        )


def _has_an_article(name: str, todo: Plan) -> bool:
    known = [*todo.unchanged, *(change.known for change in todo.changes if change.known)]
    return any(row.folder == name for row in known)
