"""Files that say what the site says already, as those of an export do: they make no revision, whatever they came from.

With `takes_over` such a file becomes the folder's own, so that it counts there when it is changed or deleted later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from helpcenter.articles import references as articles_references
from helpcenter.articles.folder import document as documents
from helpcenter.articles.folder.exported import Exported, exported_of
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.pictures import Pictures
from helpcenter.articles.folder.placing import places_of_all
from helpcenter.articles.folder.plan import Change, Known
from helpcenter.articles.folder.publishing import batches, in_parallel
from helpcenter.articles.folder.record import FolderFile
from helpcenter.articles.folder.report import Outcome, Report
from helpcenter.articles.folder.uses import uses_of
from helpcenter.articles.revision import Revision
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import MarkdownRefused, references


@dataclass(frozen=True)
class Restated:
    """A known file that says what the site says, or what it said before: the revision that stands for it.

    `settings` None keeps those that are known.
    """

    change: Change
    known: Known
    revision_id: int
    settings: dict[str, object] | None


def restated(changes: Sequence[Change], layout: Layout) -> list[Restated]:
    """Those of these files that say nothing new. Slow."""
    known = [change for change in changes if change.known and not change.is_renamed and not change.known.is_missing]
    found: list[Restated] = []
    # A file for another program may say the same by chance, and be read in another way all the same.
    places = places_of_all() if known and not layout.is_foreign else {}
    for batch in batches(known):
        rows = _rows(batch)
        ids = [row.edition_id for row in rows.values() if row.edition_id in places]
        written = {one.edition_id: one for one in exported_of(ids, places, layout)}
        found += [one for change in batch if (one := _restated(change, rows, written)) is not None]
    return found


def _rows(changes: Iterable[Change]) -> dict[int, FolderFile]:
    ids = [change.known.id for change in changes if change.known]
    return {row.id: row for row in db.session.scalars(select(FolderFile).where(FolderFile.id.in_(ids)))}


def _restated(change: Change, rows: dict[int, FolderFile], written: dict[int, Exported]) -> Restated | None:
    assert change.known is not None
    row = rows[change.known.id]
    if (row.locale, row.below) != (change.place.locale, change.place.below):
        return None
    if row.sha256 == change.source.sha256:
        return Restated(change, change.known, row.revision_id, None)
    one = written.get(row.edition_id)
    if one is None or one.text != change.source.text:
        return None
    return Restated(change, change.known, one.revision_id, one.values.settings)


def keep(found: Sequence[Restated], layout: Layout, pictures: Pictures, report: Report, *, takes_over: bool) -> None:
    """Report these files, and keep what they say where it is for this folder to keep. Commits; slow."""
    for one in found:
        report.add(one.change.source.path, Outcome.UNCHANGED)
    ours = [one for one in found if takes_over or (one.known.folder == pictures.folder)]
    looked_into = list(zip(ours, in_parallel(lambda one: _uses(one, layout, pictures), ours), strict=True))
    # Where one file of a folder has to stay, the others stay as well: its links lead to them by where they lie.
    staying = {one.known.folder: one for one, uses in looked_into if uses is None}
    for folder, one in staying.items():
        message = f"its links would lead elsewhere from here, so all of the folder {folder} stays its own"
        report.findings.append(Finding(one.change.source.path, 0, message, Level.NOTE))
    moves = [(one, uses) for one, uses in looked_into if uses and one.known.folder not in staying]
    for batch in batches(moves):
        begin_write()
        rows = _rows(one.change for one, _ in batch)
        for one, uses in batch:
            row, source = rows[one.known.id], one.change.source
            row.folder, row.source, row.is_foreign = pictures.folder, source.path, layout.is_foreign
            row.text, row.sha256, row.uses = source.text, source.sha256, uses
            if one.settings is not None:
                row.revision_id, row.settings, row.is_waiting = one.revision_id, one.settings, False
        db.session.commit()


def _uses(one: Restated, layout: Layout, pictures: Pictures) -> dict[str, object] | None:
    """What the file points to; None where the text of the site would lead elsewhere if it lay where the file does."""
    document = documents.understand(one.change.source, layout).document
    row = db.session.get_one(FolderFile, one.known.id)
    body = db.session.get_one(Revision, one.revision_id).body
    there = f"{pictures.folder}/{one.change.source.path}"
    try:
        if document is None or not _leads_the_same(body, row, there, pictures):
            return None
        found = references(document.body)
        return uses_of(found, row.locale, there, document.line_of, pictures)[1]
    except MarkdownRefused:
        return None


def _leads_the_same(body: str, row: FolderFile, there: str, pictures: Pictures) -> bool:
    if row.source_path == there:
        return True
    found = references(body)
    before = articles_references.targets_of(found, row.locale, row.source_path)
    pictures.share(articles_references.local(found.images, there), before)
    return before == articles_references.targets_of(found, row.locale, there)
