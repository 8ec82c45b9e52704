"""What an article was in another help center: its number there, and the sums of its votes.

Those are sums of people nobody here can tell apart, so they are shown to editors and counted nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.db import Model, db

NAMES = {"zendesk": "Zendesk", "intercom": "Intercom", "help-scout": "Help Scout"}


def folder_of(system: str) -> str:
    """The name under which the texts of a system are remembered, as those of a folder are."""
    return f"{system}-import"


FOLDERS = frozenset(map(folder_of, NAMES))


class ImportedArticle(Model):
    """`yes` and `no` are None where that system gave no votes."""

    __tablename__ = "imported_article"
    system: Mapped[str] = mapped_column(String(20), primary_key=True)
    source_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), index=True)
    yes: Mapped[int | None]
    no: Mapped[int | None]


@dataclass(frozen=True)
class VotesBefore:
    """How readers of another help center voted; `system` is its name."""

    yes: int
    no: int
    system: str


def votes_before(article_id: int) -> VotesBefore | None:
    """The votes an article had before it came here; None for one that was written here or had none."""
    return votes_before_of([article_id]).get(article_id)


def votes_before_of(article_ids: Iterable[int]) -> Mapping[int, VotesBefore]:
    """The same of several: those that had votes."""
    rows = db.session.scalars(
        select(ImportedArticle)
        .where(ImportedArticle.article_id.in_(list(article_ids)))
        .order_by(ImportedArticle.system.desc(), ImportedArticle.source_id.desc())
    )
    return {
        row.article_id: VotesBefore(row.yes, row.no, NAMES.get(row.system, row.system))
        for row in rows
        if row.yes is not None and row.no is not None
    }


def known(system: str) -> Mapping[str, int]:
    """The articles that came from a system, by their number there."""
    columns = select(ImportedArticle.source_id, ImportedArticle.article_id)
    return dict(db.session.execute(columns.where(ImportedArticle.system == system)).all())


def remember(system: str, articles: Mapping[str, int]) -> None:
    """Keep which article a number there became; to be called after begin_write()."""
    here = set(db.session.scalars(_rows(system, articles).with_only_columns(ImportedArticle.source_id)))
    db.session.add_all(
        ImportedArticle(system=system, source_id=source_id, article_id=article_id)
        for source_id, article_id in articles.items()
        if source_id not in here
    )


def count(system: str, votes: Mapping[str, tuple[int, int]]) -> None:
    """Keep the sums of votes as they are there now; to be called after begin_write()."""
    for row in db.session.scalars(_rows(system, votes)):
        row.yes, row.no = votes[row.source_id]


def _rows(system: str, source_ids: Iterable[str]):  # type: ignore[no-untyped-def]
    return select(ImportedArticle).where(
        ImportedArticle.system == system, ImportedArticle.source_id.in_(list(source_ids))
    )
