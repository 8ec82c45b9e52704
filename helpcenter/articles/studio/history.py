"""Every revision of an edition, with who wrote it and which of them readers saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from helpcenter.accounts.names import names_of
from helpcenter.articles.edition import Edition
from helpcenter.articles.publication import Publication
from helpcenter.articles.revision import Revision
from helpcenter.core.db import db
from helpcenter.core.paging import Page, page_of
from helpcenter.core.refusals import NotFound

PAGE_ROWS = 50


@dataclass(frozen=True)
class Entry:
    """A revision in the history; `published_at` is the last time it was shown to readers, None for never."""

    id: int
    number: int
    title: str
    note: str
    significance: str
    author: str
    created_at: datetime
    published_at: datetime | None
    is_live: bool


def history(edition: Edition, after: int | None = None, size: int = PAGE_ROWS) -> Page[Entry]:
    """A page of the history, the newest first."""
    page = page_of(select(Revision).where(Revision.edition_id == edition.id), Revision.id, after, size)
    return Page(_entries(edition, page.rows), page.next_after)


def chosen_from(edition: Edition, *chosen: Revision) -> list[Entry]:
    """The newest revisions, and those that are chosen if they are older: what a select offers."""
    recent = history(edition).rows
    older = [one for one in chosen if one.number < min(entry.number for entry in recent)]
    return [*recent, *_entries(edition, sorted(set(older), key=lambda one: -one.number))]


def _entries(edition: Edition, revisions: Sequence[Revision]) -> list[Entry]:
    names = names_of(one.author_id for one in revisions if one.author_id)
    ids = [one.id for one in revisions]
    rows = select(Publication.revision_id, Publication.published_at).where(Publication.revision_id.in_(ids))
    shown = dict(db.session.execute(rows.order_by(Publication.id)).all())
    return [
        Entry(
            one.id,
            one.number,
            one.title,
            one.note,
            one.significance,
            names.get(one.author_id or 0, ""),
            one.created_at,
            shown.get(one.id),
            edition.is_published and one.id == edition.published_revision_id,
        )
        for one in revisions
    ]


def revision_of(edition: Edition | None, number: int) -> Revision:
    """A revision by its number in the edition. Raises NotFound."""
    if edition is None:
        raise NotFound
    rows = select(Revision).where(Revision.edition_id == edition.id, Revision.number == number)
    found = db.session.scalar(rows)
    if found is None:
        raise NotFound
    return found
