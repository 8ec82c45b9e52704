"""The snippets that a folder names and that say nothing in any language."""

from __future__ import annotations

from sqlalchemy import select

from helpcenter.articles.edition import Edition
from helpcenter.articles.folder import document as documents
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.reading import Source
from helpcenter.articles.folder.record import FolderFile
from helpcenter.articles.snippets.snippet import Snippet, SnippetText
from helpcenter.articles.snippets.use import RevisionSnippet
from helpcenter.core.db import db


def missing_of(folder: str, layout: Layout) -> list[Finding]:
    """The snippets that published files of a folder name and that say nothing in any language."""
    says_something = select(SnippetText.id).join(Snippet, Snippet.id == SnippetText.snippet_id)
    rows = db.session.execute(
        select(FolderFile.source, FolderFile.text, RevisionSnippet.name, RevisionSnippet.line)
        .join(Edition, Edition.id == FolderFile.edition_id)
        .join(RevisionSnippet, RevisionSnippet.revision_id == Edition.published_revision_id)
        .where(
            FolderFile.folder == folder,
            FolderFile.missing_since.is_(None),
            ~says_something.where(Snippet.name == RevisionSnippet.name).exists(),
        )
        .order_by(FolderFile.source, RevisionSnippet.line)
    )
    return [
        Finding(row.source, _line(row.source, row.text, row.line, layout), missing(row.name), Level.WARNING)
        for row in rows
    ]


def missing(name: str) -> str:
    """What is said of a snippet that is named and not there."""
    return f"the snippet {name} is missing; nothing is shown in its place"


def _line(path: str, text: str, line: int, layout: Layout) -> int:
    document = documents.understand(Source(path, text, ""), layout).document
    return document.line_of(line) if document else line
