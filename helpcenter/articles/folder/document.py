"""A file understood: where it belongs, what it says, and how its article is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from helpcenter.articles.folder import esm, foreign, front_matter, mdx
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.front_matter import FrontMatter, Split
from helpcenter.articles.folder.layout import Layout, Misplaced, Place
from helpcenter.articles.folder.reading import Source
from helpcenter.articles.folder.yaml_text import YamlRefused
from helpcenter.articles.revision import Content

FOREIGN_HINT = "if the folder was written for another program, import it with --foreign"


@dataclass(frozen=True)
class Document:
    """`lines` holds the line in the file of each line of the body, from 1; `settings` is for the article as a whole."""

    source: Source
    place: Place
    values: FrontMatter
    body: str
    lines: Sequence[int] = field(repr=False)

    @property
    def content(self) -> Content:
        """What a revision keeps of it."""
        values = self.values
        return Content(values.title, self.body, values.summary, values.tags, values.keywords)

    @property
    def settings(self) -> dict[str, Any]:
        """What the article keeps of it."""
        return self.values.settings

    @property
    def slug(self) -> str:
        """The words of its address."""
        return self.values.address or self.place.slug

    def line_of(self, body_line: int) -> int:
        """The line in the file of a line of the body."""
        return self.lines[body_line - 1] if 0 < body_line <= len(self.lines) else 0


@dataclass(frozen=True)
class Understood:
    """A document, or None where the file can not be taken; and everything there is to say about it."""

    document: Document | None
    findings: list[Finding]


def understand(source: Source, layout: Layout) -> Understood:
    """Read a file of a folder laid out so. Every finding names the file."""
    try:
        place = layout.place(source.path)
        split = front_matter.split(source.text)
    except Misplaced as error:
        return Understood(None, [Finding(source.path, 0, str(error))])
    except YamlRefused as error:
        return Understood(None, [Finding(source.path, error.line, error.message)])
    document, findings = (_foreign if layout.is_foreign else _ours)(source, place, split)
    if document is not None and not document.body:
        document, findings = None, [*findings, Finding("", 0, "there is no text")]
    return Understood(document, [finding.at(source.path) for finding in findings])


def _ours(source: Source, place: Place, split: Split) -> tuple[Document | None, list[Finding]]:
    values, findings = front_matter.read(split.entries)
    findings = [_hinted(finding, split) for finding in findings]
    if not values.title:
        line = split.entries["title"].line if "title" in split.entries else 1
        findings.append(Finding("", line, "title is missing"))
    if findings:
        return None, findings
    is_program = source.path.lower().endswith(".mdx") or esm.statement_end(split.body, 0) is not None
    return _cleaned(source, place, values, split.body, split.body_line, is_program)


def _hinted(finding: Finding, split: Split) -> Finding:
    key = next((key for key, entry in split.entries.items() if entry.line == finding.line), "")
    is_theirs = key in foreign.SAME or key.startswith(("sidebar", "displayed", "pagination", "hide_", "toc", "layout"))
    return replace(finding, message=f"{finding.message} ({FOREIGN_HINT})") if is_theirs else finding


def _foreign(source: Source, place: Place, split: Split) -> tuple[Document | None, list[Finding]]:
    read = foreign.read(split, place.stem)
    if read.is_draft:
        return None, [Finding("", 1, "left out: a draft", Level.NOTE)]
    is_program = source.path.lower().endswith(".mdx") or mdx.looks_like_mdx(read.body)
    first = split.body_line + read.removed_lines
    document, findings = _cleaned(source, place, read.values, read.body, first, is_program)
    return document, [*read.findings, *findings]


def _cleaned(
    source: Source, place: Place, values: FrontMatter, body: str, first: int, is_program: bool
) -> tuple[Document, list[Finding]]:
    if not is_program:
        lines: Sequence[int] = range(first, first + body.count("\n") + 1)
        return Document(source, place, values, body, lines), []
    cleaned = mdx.clean(body)
    lines = tuple(first + line - 1 for line in cleaned.lines)
    findings = [replace(one, line=first + one.line - 1) for one in cleaned.findings]
    return Document(source, place, values, cleaned.text, lines), findings
