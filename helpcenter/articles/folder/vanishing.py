"""Files that were deleted: their editions are archived, and nothing is destroyed."""

from __future__ import annotations

from sqlalchemy import select

from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.plan import Known
from helpcenter.articles.folder.publishing import batches
from helpcenter.articles.folder.record import FolderFile, in_sync
from helpcenter.articles.folder.report import Outcome, Report
from helpcenter.articles.lock_order import lock_articles
from helpcenter.articles.publication import archive
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db


def archive_vanished(vanished: list[Known], report: Report, by: int | None) -> None:
    """Take away what these files were, unless somebody changed it on the web. Commits. `by` is a user id."""
    for batch in batches(vanished):
        ids = [row.id for row in batch]
        begin_write()
        lock_articles(db.session.scalars(select(FolderFile.edition_id).where(FolderFile.id.in_(ids))))
        rows = db.session.execute(
            select(FolderFile, Edition)
            .join(Edition, Edition.id == FolderFile.edition_id)
            .where(FolderFile.id.in_(ids))
            .order_by(FolderFile.id)
            .with_for_update(of=FolderFile)
            .execution_options(populate_existing=True)
        )
        for row, edition in rows.all():
            _archive_one(row, edition, report, by)
        db.session.commit()


def _archive_one(row: FolderFile, edition: Edition, report: Report, by: int | None) -> None:
    if in_sync(row, edition):
        archive(edition, by=by)
        report.add(row.source, Outcome.ARCHIVED)
    elif edition.status != Status.ARCHIVED:
        report.add(row.source, Outcome.CONFLICT)
        message = "deleted here and changed on the web; the web's version stays"
        report.findings.append(Finding(row.source, 0, message, Level.WARNING))
    row.missing_since = clock.now()
