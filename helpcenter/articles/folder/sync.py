"""Importing a folder: the database is brought to what its files say, and people's changes on the web stay.

Three steps, each in batches that hold the write lock briefly: files become revisions, deleted files archive their
editions, waiting revisions are rendered and published. Killed anywhere, it is completed by starting it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from helpcenter.articles.folder import document as documents
from helpcenter.articles.folder import lock, missing_snippets, publishing, restating, snippet_files, topic_files
from helpcenter.articles.folder.document import Document
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.layout import Layout, Misplaced
from helpcenter.articles.folder.other_folder import refuse_other_folder
from helpcenter.articles.folder.pictures import Pictures
from helpcenter.articles.folder.plan import Change, Known, Plan, plan
from helpcenter.articles.folder.reading import FolderRefused, Scan, scan, without_articles
from helpcenter.articles.folder.record import Folder, FolderFile
from helpcenter.articles.folder.report import Outcome, Progress, Report, silent
from helpcenter.articles.folder.taking import Taking
from helpcenter.articles.folder.translations import missing_translations
from helpcenter.articles.folder.uses import missing_of
from helpcenter.articles.folder.vanishing import archive_vanished
from helpcenter.articles.revision import Significance
from helpcenter.articles.snippets.rerendering import render_outdated
from helpcenter.core import clock, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import LANGUAGES


@dataclass(frozen=True)
class Options:
    """How to import. `name` tells folders apart whose deleted files count; '' takes the directory's own name."""

    layout: Layout = field(default_factory=Layout)
    name: str = ""
    pictures: Path | None = None
    by: int | None = None
    note: str = ""
    is_typo: bool = False
    takes_over: bool = False
    is_dry: bool = False


def import_folder(directory: Path, options: Options | None = None, progress: Progress = silent) -> Report:
    """Bring the articles to what a folder says. Commits; slow. Raises FolderRefused, lock.Busy."""
    options = options or Options()
    directory = directory.resolve()
    if not directory.is_dir():
        raise FolderRefused(f"{directory} is no folder")
    name = folder_name(directory, options.name)
    if options.is_dry:
        return _foretold(directory, name, options)
    with lock.held():
        return _imported(directory, name, options, progress)


def folder_name(directory: Path, given: str) -> str:
    """The name of a folder: the one given, else the directory's own. Raises FolderRefused for one with a slash."""
    name = given or directory.resolve().name or "folder"
    if "/" in name or len(name) > 80:
        raise FolderRefused("the name of a folder has no slash and at most 80 characters")
    return name


def _imported(directory: Path, name: str, options: Options, progress: Progress) -> Report:
    report = Report()
    found = _scanned(directory, options.layout)
    todo = _planned(directory, found, name, options, report)
    refuse_other_folder(directory, name, todo, found.seen, options.layout)
    roots = [directory, *([options.pictures.resolve()] if options.pictures else [])]
    pictures = Pictures(name, roots, options.by)
    know_folder(directory, name)
    _take_topics(found, name, options.layout, report)
    changes = _kept_apart(todo.changes, options, pictures, report)
    _take(changes, name, options, report, progress)
    archive_vanished(todo.vanished, report, options.by)
    snippets = snippet_files.Taking(name, report, options.by, options.takes_over)
    snippets.take(found.snippets, options.layout, pictures)
    publishing.publish_waiting(name, options.layout, pictures, report, options.by, progress)
    publishing.render_again(name, options.layout, pictures)
    snippets.drop(found.seen, options.layout)
    render_outdated()
    report.findings += missing_of(name)
    report.findings += missing_snippets.missing_of(name, options.layout)
    report.findings += [Finding(path, 0, f"not taken: {why}", Level.WARNING) for path, why in pictures.refused.items()]
    report.findings += missing_translations(name)
    return report


def _scanned(directory: Path, layout: Layout) -> Scan:
    """What the folder holds. Raises FolderRefused when it is laid out in another way altogether."""
    found = scan(directory)
    if found.articles and not any(_stands(source.path, layout) for source in found.articles):
        try:
            layout.place(found.articles[0].path)
        except Misplaced as error:
            raise FolderRefused(f"no file of {directory} stands where an article can: {error}") from None
    return found


def _stands(path: str, layout: Layout) -> bool:
    try:
        layout.place(path)
    except Misplaced:
        return False
    return True


def _planned(directory: Path, found: Scan, name: str, options: Options, report: Report) -> Plan:
    """What there is to do. Raises FolderRefused for a folder without articles, unless it had some before."""
    first = site.current().default_locale
    sources = sorted(found.articles, key=lambda one: (_locale(one.path, options) != first, one.path))
    known = known_files()
    if not (found.has_articles or found.topics or found.snippets or any(row.folder == name for row in known)):
        raise without_articles(directory)
    todo = plan(sources, found.seen, known, name, options.layout, takes_over=options.takes_over)
    report.findings += [*found.findings, *todo.findings]
    for finding in report.findings:
        report.add(finding.path, Outcome.LEFT_OUT)
    came = {_locale(source.path, options) for source in found.articles} & LANGUAGES.keys()
    for code in sorted(came - set(site.current().locales)):
        message = "the site does not offer this language; nobody sees its articles until the settings say so"
        report.findings.append(Finding(code, 0, message, Level.NOTE))
    for row in todo.unchanged:
        report.add(row.source if row.folder == name else f"{row.locale}/{row.below}", Outcome.UNCHANGED)
    return todo


def _locale(path: str, options: Options) -> str:
    return options.layout.locale or path.split("/", 1)[0]


def known_files() -> list[Known]:
    """What is known of the files of every folder."""
    columns = (
        FolderFile.id,
        FolderFile.folder,
        FolderFile.source,
        FolderFile.locale,
        FolderFile.below,
        FolderFile.sha256,
        FolderFile.missing_since,
    )
    rows = db.session.execute(select(*columns))
    return [Known(*row[:6], is_missing=row[6] is not None) for row in rows]


def know_folder(directory: Path, name: str) -> None:
    """Remember where a folder lies. Commits."""
    begin_write()
    folder = db.session.get(Folder, name) or Folder(name=name)
    folder.directory, folder.seen_at = str(directory), clock.now()
    db.session.add(folder)
    db.session.commit()


def _take_topics(found: Scan, name: str, layout: Layout, report: Report) -> None:
    for batch in publishing.batches(_understood_topics(found, layout, report)):
        begin_write()
        for file in batch:
            topic_files.take(file, name, report)
        db.session.commit()


def _understood_topics(found: Scan, layout: Layout, report: Report) -> list[topic_files.TopicFile]:
    understood = []
    for source in found.topics:
        file, findings = topic_files.understand(source, layout)
        report.findings += findings
        if file is None:
            report.add(source.path, Outcome.LEFT_OUT)
        else:
            understood.append(file)
    return understood


def _kept_apart(changes: list[Change], options: Options, pictures: Pictures, report: Report) -> list[Change]:
    """The changes without the files that say what the site says: those are kept as they are. Commits."""
    same = restating.restated(changes, options.layout)
    restating.keep(same, options.layout, pictures, report, takes_over=options.takes_over)
    return _others(changes, same)


def _others(changes: list[Change], same: list[restating.Restated]) -> list[Change]:
    paths = {one.change.source.path for one in same}
    return [change for change in changes if change.source.path not in paths]


def _take(changes: list[Change], name: str, options: Options, report: Report, progress: Progress) -> None:
    significance = Significance.TYPO if options.is_typo else Significance.MEDIUM
    taking = Taking(name, report, options.by, options.note, significance, options.layout, options.takes_over)
    done = 0
    for batch in publishing.batches(changes):
        documents_of = _understood(batch, options.layout, report)
        begin_write()
        taking.take(documents_of)
        db.session.commit()
        done += len(batch)
        progress("reading", done, len(changes))


def _understood(batch: Iterable[Change], layout: Layout, report: Report) -> list[tuple[Change, Document]]:
    understood = []
    for change in batch:
        result = documents.understand(change.source, layout)
        report.findings += result.findings
        if result.document is None:
            report.add(change.source.path, Outcome.LEFT_OUT)
        else:
            understood.append((change, result.document))
    return understood


def _foretold(directory: Path, name: str, options: Options) -> Report:
    """What an import would begin with: nothing is written, so conflicts and links are not looked into."""
    report = Report()
    found = _scanned(directory, options.layout)
    todo = _planned(directory, found, name, options, report)
    refuse_other_folder(directory, name, todo, found.seen, options.layout)
    same = restating.restated(todo.changes, options.layout)
    for one in same:
        report.add(one.change.source.path, Outcome.UNCHANGED)
    for change, document in _understood(_others(todo.changes, same), options.layout, report):
        outcome = (
            Outcome.IMPORTED if change.known is None else Outcome.RENAMED if change.is_renamed else Outcome.UPDATED
        )
        report.add(document.source.path, outcome)
    for row in todo.vanished:
        report.add(row.source, Outcome.ARCHIVED)
    for file in _understood_topics(found, options.layout, report):
        topic_files.foretell(file, report)
    snippet_files.foretell(found.snippets, options.layout, name, report)
    return report
