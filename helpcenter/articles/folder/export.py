"""Exporting: every published edition becomes a file, byte for byte the one it came from where nobody changed it since.

A file that was changed in the folder and not imported yet is never overwritten.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from helpcenter.articles.folder import lock
from helpcenter.articles.folder.exported import Exported, exported_of
from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.placing import paths_by_language, places_of_all
from helpcenter.articles.folder.publishing import BATCH, batches
from helpcenter.articles.folder.reading import FolderRefused
from helpcenter.articles.folder.record import Folder, FolderFile
from helpcenter.articles.folder.report import Progress, Report, silent
from helpcenter.articles.folder.snippet_export import export_snippets
from helpcenter.articles.folder.sync import folder_name
from helpcenter.articles.folder.target import Target
from helpcenter.articles.folder.topic_export import export_topics
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db


def export_folder(directory: Path, name: str = "", progress: Progress = silent, layout: Layout | None = None) -> Report:
    """Write every published edition, topic and snippet into a folder, as far as its layout has a place for them.

    Commits. Raises FolderRefused, lock.Busy.
    """
    layout = layout or Layout()
    directory = directory.resolve()
    name = folder_name(directory, name)
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderRefused(f"{directory} can not be made: {error.strerror}") from None
    report = Report()
    with lock.held():
        _know(directory, name)
        places = places_of_all()
        target = Target(directory, report)
        ids = sorted(places)
        for done, batch in enumerate(batches(ids), start=1):
            exported = exported_of(batch, places, layout)
            kept = [one for one in exported if _write(target, one)]
            _remember(kept, name)
            progress("writing", min(done * BATCH, len(ids)), len(ids))
        export_topics(target, name, layout)
        export_snippets(target, name, layout, paths_by_language(places, layout))
    return report


def _know(directory: Path, name: str) -> None:
    begin_write()
    folder = db.session.get(Folder, name) or Folder(name=name, directory=str(directory))
    folder.seen_at = clock.now()
    db.session.add(folder)
    db.session.commit()


def _write(target: Target, one: Exported) -> bool:
    """Whether the file of an edition is now as exported."""
    if not target.write(one.path, one.text, one.known_sha256):
        return False
    for path, name in one.pictures.items():
        target.write_picture(path, name)
    return True


def _remember(exported: list[Exported], name: str) -> None:
    """Keep what the files of this folder say now, so that an import later sees which side changed."""
    begin_write()
    known = select(FolderFile).where(FolderFile.edition_id.in_([one.edition_id for one in exported]))
    rows = {row.edition_id: row for row in db.session.scalars(known)}
    for one in exported:
        row = rows.get(one.edition_id)
        if one.is_same or (row is not None and (row.folder != name or row.is_foreign)):
            continue
        row = row or FolderFile(edition_id=one.edition_id, folder=name, uses={}, is_waiting=False)
        row.source, row.locale, row.below = one.path, one.place.locale, one.place.below
        row.revision_id, row.text, row.sha256 = one.revision_id, one.text, sha256(one.text.encode()).hexdigest()
        row.settings, row.missing_since = one.values.settings, None
        db.session.add(row)
    db.session.commit()
