"""Bringing in an export of another help center: it becomes what a folder of Markdown would say, and goes the same way.

So it can be killed anywhere and started again, changes nothing the second time, and overwrites nothing that people
changed here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import func, select

from helpcenter.articles import references
from helpcenter.articles.article import Article, OldAddress
from helpcenter.articles.folder import lock, publishing, sync
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.pictures import Pictures
from helpcenter.articles.folder.report import Outcome, Progress, Report, silent
from helpcenter.articles.folder.uses import missing_of
from helpcenter.articles.importers import dates, help_scout, imported_article, intercom, zendesk
from helpcenter.articles.importers.drafts import DraftsToo
from helpcenter.articles.importers.exported import Export
from helpcenter.articles.importers.picture_files import PictureFiles
from helpcenter.articles.importers.preparing import Prepared, prepared_of
from helpcenter.articles.importers.shelves import Shelves
from helpcenter.core import site
from helpcenter.core.db import begin_write, db
from helpcenter.core.markdown import Reference

READERS: Mapping[str, Callable[[Path, str], Export]] = {
    "zendesk": zendesk.export_of,
    "intercom": intercom.export_of,
    "help-scout": help_scout.export_of,
}


@dataclass(frozen=True)
class Options:
    """How to bring it in. `language` is that of an export that does not say it; `by` is a user id."""

    language: str = ""
    by: int | None = None
    is_dry: bool = False


def import_export(system: str, path: Path, options: Options | None = None, progress: Progress = silent) -> Report:
    """Bring in what a file or folder of JSON holds. Commits; slow. Raises FolderRefused, lock.Busy."""
    options = options or Options()
    export = READERS[system](path, options.language or site.current().default_locale)
    pictures = PictureFiles(path if path.is_dir() else None)
    report = Report()
    if options.is_dry:
        prepared = prepared_of(export, Shelves(export, imported_article.folder_of(system)), pictures, report, progress)
        _foretell(prepared, report)
        return _named(report, prepared)
    with lock.held():
        return _imported(export, path.resolve(), pictures, options, report, progress)


def _imported(
    export: Export, path: Path, files: PictureFiles, options: Options, report: Report, progress: Progress
) -> Report:
    name = imported_article.folder_of(export.system)
    sync.know_folder(path, name)
    shelves = Shelves(export, name)
    # Whatever stands on no shelf makes one, which the topics have to know.
    for piece in export.pieces:
        shelves.place_of(piece.shelf_id)
    shelves.take(report)
    prepared = prepared_of(export, shelves, files, report, progress)
    taking = DraftsToo(name, report, options.by, export.name, system=export.system)
    done = 0
    for batch in publishing.batches(prepared.todo.changes):
        begin_write()
        taking.take([(change, prepared.documents[change.source.path]) for change in batch])
        db.session.commit()
        done += len(batch)
        progress("writing", done, len(prepared.todo.changes))
    pictures = Pictures(name, [files.root] if files.root else [], options.by)
    # Those of drafts too: nothing else takes them before somebody publishes.
    shown = [Reference(quote(path), "", 0) for path in sorted(prepared.shown)]
    pictures.take(references.local(shown, f"{name}/"))
    publishing.publish_waiting(name, prepared.layout, pictures, report, options.by, progress)
    publishing.render_again(name, prepared.layout, pictures)
    report.findings += [replace(one, line=0) for one in missing_of(name)]
    report.findings += [Finding(one, 0, f"not taken: {why}", Level.WARNING) for one, why in pictures.refused.items()]
    dates.keep(name, prepared.written)
    _keep_votes(export)
    report.findings += _misled(export)
    return _named(report, prepared)


def _keep_votes(export: Export) -> None:
    votes = {piece.id: (piece.votes.yes, piece.votes.no) for piece in export.pieces if piece.votes is not None}
    for batch in publishing.batches(sorted(votes)):
        begin_write()
        imported_article.count(export.system, {source_id: votes[source_id] for source_id in batch})
        db.session.commit()


def _misled(export: Export) -> list[Finding]:
    """Old addresses that are the address of another article here, which therefore answers there."""
    shown = ((version.path, piece) for piece in export.pieces for version in piece.versions)
    here = {path: piece for path, piece in shown if path.count("/") == 3}
    found = []
    highest = db.session.scalar(select(func.max(Article.id))) or 0
    for path, piece in here.items():
        _empty, locale, kind, rest = path.split("/")
        number = rest.split("-", 1)[0]
        if locale in site.current().locales and kind == "articles" and number.isdecimal() and int(number) <= highest:
            owner = db.session.scalar(select(OldAddress.article_id).where(OldAddress.path == path))
            if owner != int(number):
                message = "its old address is the one of another article here, and leads there"
                found.append(Finding(f"{piece.name}: {path}", 0, message, Level.WARNING))
    return found


def _foretell(prepared: Prepared, report: Report) -> None:
    """What an import would begin with: nothing is written, so conflicts and links are not looked into."""
    for change in prepared.todo.changes:
        outcome = Outcome.IMPORTED if change.known is None else Outcome.UPDATED
        report.add(change.source.path, outcome)


def _named(report: Report, prepared: Prepared) -> Report:
    """The report in the names of the other system instead of those the texts are remembered under."""
    names = prepared.names
    report.files = {names.get(path, path): outcome for path, outcome in report.files.items()}
    report.findings = [finding.at(names.get(finding.path, finding.path)) for finding in report.findings]
    return report
