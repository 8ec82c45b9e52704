"""Where each piece of an export stands in our tree: where it stood the last time, unless it moved there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from helpcenter.articles.folder.layout import LONGEST_SOURCE, Layout, Misplaced, Place
from helpcenter.articles.folder.record import FolderFile
from helpcenter.articles.importers.exported import Version
from helpcenter.articles.importers.shelves import TopicPlace
from helpcenter.core.db import db
from helpcenter.core.text import slug_of


def source_of(locale: str, piece_id: str) -> str:
    """The name under which the text of a piece is remembered."""
    return f"{locale}/{piece_id}.md"


@dataclass(frozen=True)
class ExportLayout(Layout):
    """The places of an export by the names its texts are remembered under."""

    places: Mapping[str, Place] = field(default_factory=dict)

    def place(self, source: str) -> Place:
        """Where it belongs. Raises Misplaced for what is not in the export."""
        if source not in self.places:
            raise Misplaced("not in this export")
        return self.places[source]


class Stems:
    """The last part of each piece's path: made of its title once, and kept."""

    def __init__(self, folder: str) -> None:
        rows = db.session.execute(select(FolderFile.folder, FolderFile.source, FolderFile.below)).all()
        self._known: dict[str, str] = {row.source.split("/", 1)[1]: row.below for row in rows if row.folder == folder}
        self._taken = {row.below for row in rows}

    def place(self, piece_id: str, above: TopicPlace, versions: Mapping[str, Version]) -> str:
        """The path below the language."""
        folders = "/".join(filter(None, (above.topic, above.section)))
        known = self._known.get(f"{piece_id}.md", "")
        if known and known.rsplit("/", 1)[0] == folders:
            return known
        stem = known.rsplit("/", 1)[-1].removesuffix(".md") or slug_of(next(iter(versions.values())).title)
        number = 1
        while (path := f"{folders}/{stem}{f'-{number}' if number > 1 else ''}.md") in self._taken:
            number += 1
        self._taken.add(path)
        return path


def placed(below: str, locale: str) -> Place:
    """A path of our tree as a place."""
    assert len(below) + len(locale) < LONGEST_SOURCE
    *folders, name = below.split("/")
    return Place(locale, folders[0], folders[1] if len(folders) > 1 else "", name.removesuffix(".md"))
