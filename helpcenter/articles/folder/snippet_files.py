"""Snippets from their files, <locale>/_snippets/<name>.md: the whole file is what the snippet says in that language."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from flask_babel import force_locale
from sqlalchemy import select

from helpcenter.articles import references as articles_references
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.layout import SNIPPETS, Layout
from helpcenter.articles.folder.pictures import Pictures
from helpcenter.articles.folder.publishing import batches
from helpcenter.articles.folder.reading import Source
from helpcenter.articles.folder.record import FolderSnippet
from helpcenter.articles.folder.report import Outcome, Report
from helpcenter.articles.folder.snippet_place import gone_from, one_at_each, rows_of
from helpcenter.articles.snippets import changing, preparing, use
from helpcenter.articles.snippets.preparing import Prepared, SnippetRefused
from helpcenter.articles.snippets.snippet import Snippet, named, said_by, stamp, trimmed
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.markdown import MarkdownRefused, references
from helpcenter.core.markdown.snippets import is_name

SHAPE = f"a snippet stands at <locale>/{SNIPPETS}/<name>.md"
IN_CONFLICT = "changed here and on the web; the web's version stays"


@dataclass(frozen=True)
class SnippetFile:
    """A file of a snippet, understood; `text` is what would be kept of it."""

    source: Source
    locale: str
    name: str
    text: str


def understand(source: Source, layout: Layout) -> tuple[SnippetFile | None, list[Finding]]:
    """Read a file of a snippet; no database is asked. Every finding names it."""
    if layout.is_foreign:
        return None, [Finding(source.path, 0, "left out: a snippet of another program", Level.NOTE)]
    parts = [*filter(None, (layout.locale,)), *PurePosixPath(source.path).parts]
    name = PurePosixPath(parts[-1]).stem
    if len(parts) != 3 or parts[0] not in LANGUAGES:
        return None, [Finding(source.path, 0, SHAPE)]
    if not is_name(name):
        message = "the name of a snippet begins with a letter and has small letters, digits and hyphens, 40 at most"
        return None, [Finding(source.path, 0, message)]
    text = trimmed(source.text.removeprefix("\ufeff"))
    try:
        with force_locale("en"):
            preparing.check(text)
    except SnippetRefused as refused:
        return None, [Finding(source.path, 0, str(refused))]
    return SnippetFile(source, parts[0], name, text), []


@dataclass
class Taking:
    """One import's way of taking files of snippets. `by` is a user id; `takes_over` lets it have those of others."""

    folder: str
    report: Report
    by: int | None = None
    takes_over: bool = False

    def take(self, sources: Iterable[Source], layout: Layout, pictures: Pictures) -> None:
        """Bring snippets to what their files say, unless both changed: then they stay and are reported. Commits; slow.

        Articles come before, for snippets link to them, and are published after.
        """
        known = {row.source: row for row in rows_of(self.folder)}
        fresh = []
        for source in _apart(sources, layout, known, self.report):
            row = known.get(source.path)
            if row is not None and row.sha256 == source.sha256:
                self.report.add(source.path, Outcome.UNCHANGED)
                self._show_pictures_anew(row, pictures)
            else:
                fresh.append(source)
        for batch in batches(list(self._understood(fresh, layout))):
            prepared = [(file, one) for file in batch if (one := self._prepared(file, pictures))]
            begin_write()
            for file, one in prepared:
                self.report.add(file.source.path, self._take(file, one))
            db.session.commit()

    def drop(self, seen: set[str], layout: Layout) -> None:
        """Take away what was deleted from the folder, unless it changed on the web or is shown somewhere. Commits."""
        begin_write()
        for row in gone_from(self.folder, seen, layout):
            self.report.add(row.source, self._drop(row))
        db.session.commit()

    def _understood(self, sources: Iterable[Source], layout: Layout) -> Iterator[SnippetFile]:
        for source in sources:
            file, findings = understand(source, layout)
            self.report.findings += findings
            if file is not None:
                yield file
            else:
                self.report.add(source.path, Outcome.LEFT_OUT)

    def _prepared(self, file: SnippetFile, pictures: Pictures) -> Prepared | None:
        """What will be kept of a file; None for one that can not be read, which is told."""
        source_path = f"{self.folder}/{file.source.path}"
        try:
            _take_pictures(file.text, source_path, pictures)
            with force_locale("en"):
                return preparing.prepare(file.text, file.locale, source_path)
        except (MarkdownRefused, SnippetRefused) as refused:
            self._leave_out(file.source.path, str(refused))
            return None

    def _leave_out(self, path: str, message: str) -> Outcome:
        self.report.findings.append(Finding(path, 0, message))
        self.report.add(path, Outcome.LEFT_OUT)
        return Outcome.LEFT_OUT

    def _show_pictures_anew(self, row: FolderSnippet, pictures: Pictures) -> None:
        """A picture may be another one though the words stayed: then what shows them is made anew."""
        try:
            shown = _take_pictures(row.text, row.source_path, pictures)
        except MarkdownRefused as refused:
            self._leave_out(row.source, str(refused))
            return
        if shown & pictures.changed:
            begin_write()
            snippet = named(row.name)
            if snippet is not None:
                snippet.version += 1
            db.session.commit()

    def _take(self, file: SnippetFile, prepared: Prepared) -> Outcome:
        row = _row(file)
        if row is not None and row.folder != self.folder and not self.takes_over:
            return self._leave(file, row)
        snippet = named(file.name)
        now = said_by(snippet).get(file.locale) if snippet else None
        if now == file.text:
            outcome = Outcome.UNCHANGED
        elif now is None or (row is not None and row.said == stamp(now)):
            outcome = Outcome.IMPORTED if now is None else Outcome.UPDATED
            self._write(snippet, file, prepared)
        else:
            return self._told(file.source.path, IN_CONFLICT)
        row = row or FolderSnippet(locale=file.locale, name=file.name)
        row.folder, row.source, row.said = self.folder, file.source.path, stamp(file.text)
        row.sha256, row.text = file.source.sha256, file.source.text
        db.session.add(row)
        db.session.flush()
        return outcome

    def _write(self, snippet: Snippet | None, file: SnippetFile, prepared: Prepared) -> None:
        texts = {file.locale: prepared}
        if snippet is None:
            changing.create(file.name, texts, by=self.by)
        else:
            changing.change(snippet, texts, by=self.by)

    def _leave(self, file: SnippetFile, row: FolderSnippet) -> Outcome:
        if row.sha256 == file.source.sha256:
            return Outcome.UNCHANGED
        message = f"kept in the folder {row.folder}; import with --folder {row.folder}, or with --take-over"
        return self._leave_out(file.source.path, message)

    def _told(self, path: str, message: str) -> Outcome:
        self.report.findings.append(Finding(path, 0, message, Level.WARNING))
        return Outcome.CONFLICT

    def _drop(self, row: FolderSnippet) -> Outcome:
        snippet = named(row.name)
        said = said_by(snippet) if snippet else {}
        if snippet is not None and row.locale in said:
            if stamp(said[row.locale]) != row.said:
                db.session.delete(row)
                return self._told(row.source, "deleted here and changed on the web; the web's version stays")
            shown = use.shown_in(row.name)
            if len(said) == 1 and shown:
                # The row stays, so that it is told until somebody takes it out of what shows it.
                first = shown[0]
                message = (
                    f"deleted here and still shown by {len(shown)} texts, as articles/{first.article_id}; it stays"
                )
                return self._told(row.source, message)
            if len(said) == 1:
                changing.delete(snippet, by=self.by)
            else:
                changing.change(snippet, {row.locale: None}, by=self.by)
        db.session.delete(row)
        return Outcome.REMOVED


def _take_pictures(text: str, source_path: str, pictures: Pictures) -> set[str]:
    """Keep the pictures that a text shows; their keys."""
    if not any(sign in text for sign in ("![", "<img")):
        return set()
    return set(pictures.take(articles_references.local(references(text).images, source_path)))


def _apart(sources: Iterable[Source], layout: Layout, known: Container[str], report: Report) -> list[Source]:
    """One file at each place; the others are left out and told."""
    kept, findings = one_at_each(sources, layout, known)
    report.findings += findings
    for finding in findings:
        report.add(finding.path, Outcome.LEFT_OUT)
    return kept


def foretell(sources: Iterable[Source], layout: Layout, folder: str, report: Report) -> None:
    """What an import would begin with; conflicts are not looked into."""
    for source in _apart(sources, layout, {row.source for row in rows_of(folder)}, report):
        file, findings = understand(source, layout)
        report.findings += findings
        if file is None:
            report.add(source.path, Outcome.LEFT_OUT)
            continue
        row = _row(file)
        is_same = row is not None and row.sha256 == source.sha256
        report.add(source.path, Outcome.UNCHANGED if is_same else Outcome.UPDATED if row else Outcome.IMPORTED)


def _row(file: SnippetFile) -> FolderSnippet | None:
    wanted = select(FolderSnippet).where(FolderSnippet.locale == file.locale, FolderSnippet.name == file.name)
    return db.session.scalar(wanted)
