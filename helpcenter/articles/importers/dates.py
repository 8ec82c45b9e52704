"""When a text was written there, so that what is years old does not look new because it moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from helpcenter.articles.edition import Edition
from helpcenter.articles.folder.publishing import batches
from helpcenter.articles.folder.record import FolderFile
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import begin_write, db
from helpcenter.search import outbox

Dates = tuple[datetime | None, datetime | None]


def keep(folder: str, written: Mapping[str, Dates]) -> None:
    """Give each edition that says what was brought in the times it had there. Commits.

    `written` holds when a text was begun and when it was changed last, by the name it is remembered under.
    """
    for batch in batches(sorted(written)):
        begin_write()
        rows = db.session.execute(
            select(FolderFile.source, Edition)
            .join(Edition, Edition.id == FolderFile.edition_id)
            .where(FolderFile.folder == folder, FolderFile.source.in_(batch))
            .where(Edition.published_revision_id == FolderFile.revision_id)
            .with_for_update(of=Edition)
            .execution_options(populate_existing=True)
        ).all()
        for source, edition in rows:
            begun, changed = written[source]
            published_at = begun or changed or edition.published_at
            updated_at = changed or begun or edition.updated_at
            if (edition.published_at, edition.updated_at) != (published_at, updated_at):
                edition.published_at, edition.updated_at = published_at, updated_at
                # Nobody read it through today: the last who did there is who changed it last.
                edition.verified_at, edition.verified_by = updated_at, None
                outbox.note("article", edition.article_id)
                content_changed()
        db.session.commit()
