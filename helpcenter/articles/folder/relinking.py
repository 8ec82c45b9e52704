"""Making anew what links to an article that has another address now, so that readers are spared the redirect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, delete, or_, select

from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder.publishing import batches
from helpcenter.articles.folder.rerendering import render_editions
from helpcenter.articles.health.reference import ArticleReference
from helpcenter.articles.renaming import RenamedArticle
from helpcenter.articles.rendering import Rendering
from helpcenter.articles.revision import Revision
from helpcenter.core import jobs
from helpcenter.core.db import begin_write, db, unindexed

EVERY_SECONDS = 20
AT_ONCE = 20
"""Articles looked for at a time."""


def relink() -> int:
    """Render anew what readers see and what links to a renamed article; how many. Commits; slow.

    What can not be rendered keeps its HTML: its links lead there by a redirect.
    """
    waiting = db.session.execute(select(RenamedArticle.article_id, RenamedArticle.renamed_at)).all()
    count = 0
    for batch in batches(waiting, AT_ONCE):
        if jobs.stop_asked():
            break
        ids = linking_to([row.article_id for row in batch])
        render_editions(ids)
        count += len(ids)
        begin_write()
        # Whatever was renamed again meanwhile stays on the list.
        done = [
            and_(RenamedArticle.article_id == row.article_id, RenamedArticle.renamed_at == row.renamed_at)
            for row in batch
        ]
        db.session.execute(delete(RenamedArticle).where(or_(*done)))
        db.session.commit()
    return count


def linking_to(article_ids: Sequence[int]) -> list[int]:
    """The published editions that link to one of these articles."""
    # Of a text that was not read yet, or can not be, the HTML alone says where it leads.
    leads_there = (
        select(Edition.id)
        .join(Rendering, Rendering.revision_id == Edition.published_revision_id)
        .where(
            Edition.status == Status.PUBLISHED,
            Rendering.reader_version <= 0,
            or_(*(Rendering.html.contains(f"/articles/{one}-") for one in article_ids)),
        )
    )
    return sorted({*db.session.scalars(pointing_to(article_ids)), *db.session.scalars(leads_there)})


def pointing_to(article_ids: Sequence[int]) -> Select[Any]:
    """Those among them whose text was read; found by the links alone, however many texts there are."""
    return (
        select(Edition.id)
        .join(Revision, Revision.edition_id == Edition.id)
        .join(ArticleReference, ArticleReference.revision_id == Revision.id)
        .where(
            ArticleReference.article_id.in_(article_ids),
            Edition.published_revision_id == Revision.id,
            unindexed(Edition.status, "") == Status.PUBLISHED,
        )
    )
