"""Making anew what shows a snippet that says something else now.

What is out of date is told by the versions kept with each page, so that the work goes on where it was when it was
interrupted, and what was published with the words of before while somebody changed them is found as well.
"""

from __future__ import annotations

from sqlalchemy import func, select, update

from helpcenter.articles.edition import Edition
from helpcenter.articles.folder.publishing import BATCH
from helpcenter.articles.folder.rerendering import render_editions
from helpcenter.articles.snippets import use
from helpcenter.articles.snippets.snippet import Snippet
from helpcenter.articles.snippets.use import RevisionSnippet
from helpcenter.core import jobs
from helpcenter.core.db import begin_write, db

EVERY_SECONDS = 5


def render_outdated() -> int:
    """Render anew what readers see and what shows other words than its snippets say now; how many. Commits; slow.

    What can not be rendered with these words keeps those before, is listed on the health page, and is tried again when
    they change.
    """
    count = last = 0
    while not jobs.stop_asked() and (ids := use.outdated(last, BATCH)):
        result = render_editions(ids)
        if result.refusals:
            _mark_refused(ids)
        count += result.count
        last = ids[-1]
    return count


def _mark_refused(edition_ids: list[int]) -> None:
    """Of these, what is out of date still was tried with the words of now."""
    begin_write()
    version = func.coalesce(select(Snippet.version).where(Snippet.name == RevisionSnippet.name).scalar_subquery(), 0)
    published = select(Edition.published_revision_id).where(Edition.id.in_(edition_ids))
    stale = RevisionSnippet.revision_id.in_(published), RevisionSnippet.version != version
    marked = update(RevisionSnippet).where(*stale).values(version=-version)
    db.session.execute(marked, execution_options={"synchronize_session": False})
    db.session.commit()
