"""Which texts show which snippets: kept with the rendering of a revision, as what it points to is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, String, and_, case, delete, func, insert, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.revision import Revision
from helpcenter.articles.snippets.snippet import Snippet
from helpcenter.core.db import Model, db, unindexed
from helpcenter.core.markdown import SnippetUse
from helpcenter.core.markdown.snippets import LONGEST_NAME


class RevisionSnippet(Model):
    """A line of a revision that names a snippet; of one that does not exist as well.

    `version` is that of the words the HTML was made of, 0 where there were none; its negative where the text could not
    be rendered with these words, and shows those before.
    """

    __tablename__ = "revision_snippet"
    __table_args__ = (
        Index("ix_revision_snippet_name", "name", "revision_id"),
        Index("ix_revision_snippet_revision_id", "revision_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    line: Mapped[int]
    version: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True)
class Shown:
    """An edition that shows a snippet; `is_published` where readers see it there, else only a draft says so."""

    edition_id: int
    article_id: int
    locale: str
    title: str
    slug: str
    is_published: bool


@dataclass(frozen=True)
class Outdated:
    """A snippet that readers of an edition see in the words of `version`, where it has those of `wanted` now."""

    edition_id: int
    revision_id: int
    name: str
    version: int
    wanted: int


def keep_all(shown: Mapping[int, Sequence[SnippetUse]], versions: Mapping[str, int]) -> None:
    """Keep what these revisions show, with the versions their HTML was made of. To be called after begin_write()."""
    gone = delete(RevisionSnippet).where(RevisionSnippet.revision_id.in_(list(shown)))
    db.session.execute(gone, execution_options={"synchronize_session": False})
    rows = [
        {"revision_id": revision_id, "name": one.name, "line": one.line, "version": versions.get(one.name, 0)}
        for revision_id, uses in shown.items()
        for one in uses
    ]
    if rows:
        db.session.execute(insert(RevisionSnippet), rows)


def shown_in(name: str) -> list[Shown]:
    """Every edition that shows a snippet, published or as it is being written; archived ones are left out."""
    published = Edition.published_revision_id == RevisionSnippet.revision_id
    is_published = and_(published, Edition.status == Status.PUBLISHED)
    rows = db.session.execute(
        select(
            Edition.id,
            Edition.article_id,
            Edition.locale,
            Edition.title,
            Edition.slug,
            func.max(case((is_published, 1), else_=0)).label("is_published"),
        )
        .select_from(RevisionSnippet)
        .join(Revision, Revision.id == RevisionSnippet.revision_id)
        .join(Edition, Edition.id == Revision.edition_id)
        .where(RevisionSnippet.name == name, _counts())
        .group_by(Edition.id)
        .order_by(Edition.title, Edition.locale, Edition.id)
    )
    return [Shown(row.id, row.article_id, row.locale, row.title, row.slug, bool(row.is_published)) for row in rows]


def counts(names: Collection[str]) -> dict[str, int]:
    """How many articles show each of these, in whatever languages."""
    rows = db.session.execute(
        select(RevisionSnippet.name, func.count(Edition.article_id.distinct()))
        .join(Revision, Revision.id == RevisionSnippet.revision_id)
        .join(Edition, Edition.id == Revision.edition_id)
        .where(RevisionSnippet.name.in_(list(names)), _counts())
        .group_by(RevisionSnippet.name)
    )
    return dict(rows.all())


def latest_version(name: str) -> int:
    """The highest version that any text was made or tried with, archived ones and past revisions among them."""
    tried = select(func.max(func.abs(RevisionSnippet.version))).where(RevisionSnippet.name == name)
    return db.session.scalar(tried) or 0


def outdated(after: int, size: int) -> list[int]:
    """Published editions whose HTML was made of other words than their snippets say now, from a number on."""
    wanted = _outdated(Edition.id).where(Edition.id > after)
    return list(db.session.scalars(wanted.distinct().order_by(Edition.id).limit(size)))


def outdated_in(edition_ids: Collection[int]) -> list[Outdated]:
    """What is out of date in these editions."""
    columns = Edition.id, RevisionSnippet.revision_id, RevisionSnippet.name, RevisionSnippet.version, _version()
    wanted = _outdated(*columns).where(Edition.id.in_(list(edition_ids)))
    return [Outdated(*row) for row in db.session.execute(wanted.distinct())]


def _version() -> ColumnElement[int]:
    return func.coalesce(Snippet.version, 0)


def _outdated(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(RevisionSnippet)
        .outerjoin(Snippet, Snippet.name == RevisionSnippet.name)
        .join(Revision, Revision.id == RevisionSnippet.revision_id)
        .join(Edition, Edition.id == Revision.edition_id)
        .where(
            Edition.published_revision_id == RevisionSnippet.revision_id,
            unindexed(Edition.status, "") == Status.PUBLISHED,
            RevisionSnippet.version != _version(),
            RevisionSnippet.version != -_version(),
        )
    )


def _counts() -> ColumnElement[bool]:
    """Whether it is what readers of an edition see, or what its editors wrote last."""
    is_latest = Edition.latest_revision_id == RevisionSnippet.revision_id
    is_published = and_(
        Edition.published_revision_id == RevisionSnippet.revision_id, Edition.status == Status.PUBLISHED
    )
    return and_(or_(is_latest, is_published), unindexed(Edition.status, "") != Status.ARCHIVED)
