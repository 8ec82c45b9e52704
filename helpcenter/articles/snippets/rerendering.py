"""Making anew what shows a snippet that says something else now.

What is out of date is told by the versions kept with each page, so that the work goes on where it was when it was
interrupted, and what was published with the words of before while somebody changed them is found as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update

from helpcenter.articles.folder.publishing import BATCH
from helpcenter.articles.folder.rerendering import render_editions
from helpcenter.articles.snippets import use
from helpcenter.articles.snippets.use import Outdated, RevisionSnippet
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
        rows = use.outdated_in(ids)
        result = render_editions(ids)
        if result.refused:
            _mark_refused([one for one in rows if one.edition_id in result.refused])
        count += result.count
        last = ids[-1]
    return count


def _mark_refused(rows: Sequence[Outdated]) -> None:
    """These were tried with the words that their snippets had when they were read; what changed since is not marked."""
    begin_write()
    for one in rows:
        is_same = RevisionSnippet.revision_id == one.revision_id, RevisionSnippet.version == one.version
        marked = update(RevisionSnippet).where(RevisionSnippet.name == one.name, *is_same).values(version=-one.wanted)
        db.session.execute(marked, execution_options={"synchronize_session": False})
    db.session.commit()
