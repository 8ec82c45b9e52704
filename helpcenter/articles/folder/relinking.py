"""Making anew what links to an article that has another address now, so that readers are spared the redirect."""

from __future__ import annotations

from sqlalchemy import and_, delete, or_, select

from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder.publishing import batches
from helpcenter.articles.folder.rerendering import render_editions
from helpcenter.articles.renaming import RenamedArticle
from helpcenter.articles.rendering import Rendering
from helpcenter.core import jobs
from helpcenter.core.db import begin_write, db

EVERY_SECONDS = 20
AT_ONCE = 20
"""Articles looked for in one reading of every text."""


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


def linking_to(article_ids: list[int]) -> list[int]:
    """The published editions whose HTML leads to one of these articles. It reads the HTML of all of them."""
    leads_there = or_(*(Rendering.html.contains(f"/articles/{one}-") for one in article_ids))
    rows = (
        select(Edition.id)
        .join(Rendering, Rendering.revision_id == Edition.published_revision_id)
        .where(Edition.status == Status.PUBLISHED, leads_there)
        .order_by(Edition.id)
    )
    return list(db.session.scalars(rows))
