"""Checking what is published, the way `check` does a folder."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from helpcenter.articles.address import address
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.publishing import batches, in_parallel
from helpcenter.articles.folder.record import FolderFile
from helpcenter.articles.folder.report import Progress, silent
from helpcenter.articles.folder.text_check import check_text
from helpcenter.articles.folder.translations import lacking
from helpcenter.articles.references import targets_of
from helpcenter.articles.revision import Revision
from helpcenter.core.db import db
from helpcenter.core.markdown import MarkdownRefused, references


@dataclass(frozen=True)
class _Text:
    path: str
    locale: str
    source_path: str | None
    body: str


def check_site(progress: Progress = silent) -> list[Finding]:
    """Everything there is to say about the published texts; lines are those of the Markdown. Slow."""
    ids = db.session.scalars(select(Edition.id).where(Edition.status == Status.PUBLISHED).order_by(Edition.id)).all()
    findings: list[Finding] = []
    done = 0
    for batch in batches(ids):
        for found in in_parallel(_check, _texts(list(batch))):
            findings += found
        done += len(batch)
        progress("checking", done, len(ids))
    rows = db.session.execute(
        select(Edition.locale, Edition.article_id).where(Edition.status == Status.PUBLISHED)
    ).all()
    findings += lacking((locale, f"articles/{article_id}") for locale, article_id in rows)
    return sorted(findings, key=lambda finding: (finding.path, finding.line, finding.message))


def _texts(ids: list[int]) -> list[_Text]:
    rows = db.session.execute(
        select(Edition, Revision.body, FolderFile)
        .join(Revision, Revision.id == Edition.published_revision_id)
        .outerjoin(FolderFile, FolderFile.edition_id == Edition.id)
        .where(Edition.id.in_(ids))
        .order_by(Edition.id)
    )
    return [
        _Text(
            address(edition.article_id, edition.slug, edition.locale),
            edition.locale,
            row.source_path if row else None,
            body,
        )
        for edition, body, row in rows
    ]


def _check(text: _Text) -> list[Finding]:
    try:
        found = references(text.body)
    except MarkdownRefused as refusal:
        return [Finding(text.path, 0, str(refusal))]
    targets = targets_of(found, text.locale, text.source_path)
    findings = check_text(text.path, found, lambda line: line)
    for kind, items in (("link", found.links), ("picture", found.images)):
        for one in items:
            if targets.get(one.href, "") is None:
                verb = "leads nowhere" if kind == "link" else "is missing"
                findings.append(Finding(text.path, one.line, f"the {kind} {one.href} {verb}", Level.ERROR))
    return findings
