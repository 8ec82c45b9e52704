"""The studio's list of suggestions: those in one state, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from helpcenter.accounts.names import names_of
from helpcenter.articles import subject
from helpcenter.articles.publication import Publication
from helpcenter.articles.revision import Revision
from helpcenter.articles.suggestion import Suggestion, listed
from helpcenter.core.db import db
from helpcenter.core.paging import Page, page_of
from helpcenter.core.text import shortened
from helpcenter.feedback.state import State

PAGE_ROWS = 30
LEAD = 200


@dataclass(frozen=True)
class Listed:
    """`name` is '' for a stranger. `is_live`: readers have seen what was made of it, so it may be done."""

    id: int
    title: str
    lead: str
    changes_text: bool
    name: str
    is_live: bool
    article_id: int
    locale: str
    created_at: datetime


def page_of_suggestions(state: State, article_id: int | None, after: int | None, locale: str) -> Page[Listed]:
    """A page of the list; `after` is the key that the page before ended with."""
    page = page_of(listed(state, article_id), Suggestion.id, after, PAGE_ROWS)
    titles = subject.titles(list({row.article_id for row in page.rows}), locale)
    names = names_of(row.user_id for row in page.rows)
    live = live_ids(page.rows)
    rows = [
        Listed(
            row.id,
            titles.get(row.article_id, ""),
            shortened(row.words, LEAD),
            row.text is not None,
            names.get(row.user_id or 0, ""),
            row.id in live,
            row.article_id,
            row.locale,
            row.created_at,
        )
        for row in page.rows
    ]
    return Page(rows, page.next_after)


def live_ids(rows: Sequence[Suggestion]) -> set[int]:
    """Which of these became a revision that was published since, or one that came after it was."""
    made = [row.id for row in rows if row.became_id is not None]
    if not made:
        return set()
    published = exists().where(
        Publication.edition_id == Revision.edition_id, Publication.revision_id >= Suggestion.became_id
    )
    wanted = select(Suggestion.id).join(Revision, Revision.id == Suggestion.became_id)
    return set(db.session.scalars(wanted.where(Suggestion.id.in_(made), published)))
