"""Checking a folder as it lies on disk, without the database: fit for a test that runs on every change of a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from helpcenter.articles import references as articles_references
from helpcenter.articles.folder import document as documents
from helpcenter.articles.folder import topic_files
from helpcenter.articles.folder.document import Document
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.plan import plan
from helpcenter.articles.folder.publishing import in_parallel
from helpcenter.articles.folder.reading import (
    LARGEST_PICTURE_BYTES,
    Unreadable,
    read_bytes,
    scan,
    without_articles,
)
from helpcenter.articles.folder.report import Progress, silent
from helpcenter.articles.folder.snippet_check import FolderSnippets, Page
from helpcenter.articles.folder.text_check import check_text, has_part
from helpcenter.articles.folder.translations import lacking
from helpcenter.articles.references import Href, is_answered
from helpcenter.files import header
from helpcenter.files.picture import PictureRefused

_ANY = "folder"


def check_folder(
    directory: Path, layout: Layout | None = None, pictures: Path | None = None, progress: Progress = silent
) -> list[Finding]:
    """Everything there is to say about a folder, by file and line. Slow.

    Raises FolderRefused for one without articles.
    """
    layout = layout or Layout()
    found = scan(directory)
    if not found.has_articles:
        raise without_articles(directory)
    findings = list(found.findings)
    findings += plan(found.articles, found.seen, [], "", layout).findings
    for source in found.topics:
        findings += topic_files.understand(source, layout)[1]
    understood = [documents.understand(source, layout) for source in found.articles]
    findings += [finding for one in understood for finding in one.findings if finding not in findings]
    snippets = FolderSnippets(found.snippets, layout)
    findings += snippets.findings
    pages = _read([one.document for one in understood if one.document], snippets, findings, progress)
    by_source = {page.path: page for page in pages}
    old = {path for page in pages for path in page.document.values.redirect_from}
    roots = [directory.resolve(), *([pictures.resolve()] if pictures else [])]
    for page in pages:
        findings += check_text(page.path, page.found, page.document.line_of)
        findings += _links(page, by_source, old, roots)
        findings += _pictures(page, roots)
    for page in snippets.pages:
        # Whether its headings are in order depends on what it is put into.
        findings += check_text(page.path, replace(page.found, headings=()), page.document.line_of)
        findings += _links(page, by_source, old, roots)
        findings += _pictures(page, roots)
    findings += lacking((page.document.place.locale, page.document.place.below) for page in pages)
    return sorted(findings, key=lambda finding: (finding.path, finding.line, finding.message))


def _read(
    all_documents: list[Document], snippets: FolderSnippets, findings: list[Finding], progress: Progress
) -> list[Page]:
    pages: list[Page] = []
    step = 50
    for start in range(0, len(all_documents), step):
        batch = all_documents[start : start + step]
        for document, found in zip(batch, in_parallel(snippets.read, batch), strict=True):
            if isinstance(found, str):
                findings.append(Finding(document.source.path, 0, found))
            else:
                pages.append(Page(document, found))
                findings += snippets.missing_in(document, found)
        progress("checking", start + len(batch), len(all_documents))
    return pages


def _links(page: Page, by_source: dict[str, Page], old: set[str], roots: list[Path]) -> Iterable[Finding]:
    hrefs = {href.written: href for href in articles_references.local(page.found.links, f"{_ANY}/{page.path}")}
    for link in page.found.links:
        href = hrefs.get(link.href)
        if href is None:
            continue
        target = _target(href, by_source)
        line = page.document.line_of(link.line)
        if target is not None:
            if not has_part(target.found, href.fragment):
                message = f"the link {link.href} names no heading of {target.path}"
                yield Finding(page.path, line, message, Level.WARNING)
        elif not (href.path.rstrip("/") in old or is_answered(href.path) or _picture(href, roots)):
            yield Finding(page.path, line, f"the link {link.href} leads nowhere")


def _target(href: Href, by_source: dict[str, Page]) -> Page | None:
    exact = next((by_source[path] for path in href.pages if path in by_source), None)
    if exact is not None:
        return exact
    # A page that is not translated yet is read in another language.
    below = {page.document.place.below: page for page in by_source.values()} if by_source else {}
    return next((below[place] for path in href.pages if (place := articles_references.below(path)) in below), None)


def _pictures(page: Page, roots: list[Path]) -> Iterable[Finding]:
    hrefs = {href.written: href for href in articles_references.local(page.found.images, f"{_ANY}/{page.path}")}
    for image in page.found.images:
        href = hrefs.get(image.href)
        if href is None or is_answered(href.path):
            continue
        line = page.document.line_of(image.line)
        data = _picture(href, roots)
        if data is None:
            yield Finding(page.path, line, f"the picture {image.href} is missing")
            continue
        try:
            header.checked(data)
        except PictureRefused as refusal:
            yield Finding(page.path, line, f"the picture {image.href}: {refusal.message}")


def _picture(href: Href, roots: list[Path]) -> bytes | None:
    for path in href.candidates:
        for root in roots:
            try:
                return read_bytes(root, path, LARGEST_PICTURE_BYTES)
            except Unreadable:
                continue
    return None
