"""Texts of others that name an article which changed since: the packages above are asked, through core/subjects.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.health import pardon
from helpcenter.articles.health.kind import Kind as FindingKind
from helpcenter.articles.publication import Publication
from helpcenter.articles.revision import Revision, Significance
from helpcenter.core import subjects
from helpcenter.core.db import db
from helpcenter.core.subjects import Quote

KIND = "article"


@dataclass(frozen=True)
class Overtaken:
    """A text that is older than what it names: `edition_id` is the language that changed at `changed_at`."""

    subject_kind: str
    quote: Quote
    edition_id: int
    changed_at: datetime

    @property
    def what(self) -> str:
        """Its name as a finding: after a later change it is another one."""
        return f"{self.subject_kind}:{self.quote.id}:{int(self.changed_at.timestamp())}"


@dataclass(frozen=True)
class _Change:
    edition_id: int
    locale: str
    at: datetime | None


def overtaken(article_ids: list[int] | None = None) -> list[Overtaken]:
    """Every text older than the last change, beyond a typo, of the article it names, in the order of their numbers.

    The language counts that the text is written in, else the one the article was written in first.
    """
    return _older(
        [(kind, quote) for kind, subject in list(subjects.kinds()) for quote in subject.quoting(KIND, article_ids)]
    )


def overtaken_of(kind: str, quotes: Sequence[Quote]) -> list[subjects.Overtaken]:
    """Those of a kind's texts, without what somebody found right as it is."""
    found = _older([(kind, quote) for quote in quotes])
    pardoned = pardon.of_kind(FindingKind.QUOTES) if found else {}
    return [
        subjects.Overtaken(one.quote, one.changed_at) for one in found if (one.edition_id, one.what) not in pardoned
    ]


def _older(quotes: Sequence[tuple[str, Quote]]) -> list[Overtaken]:
    changes = _changes({quote.of_id for _kind, quote in quotes}) if quotes else {}
    found = []
    for kind, quote in quotes:
        languages = changes.get(quote.of_id, [])
        own = next((one for one in languages if one.locale == quote.locale), languages[0] if languages else None)
        if own is not None and own.at is not None and own.at > quote.since:
            found.append(Overtaken(kind, quote, own.edition_id, own.at))
    return sorted(found, key=lambda one: (one.quote.id, one.edition_id))


def _changes(article_ids: Iterable[int]) -> dict[int, list[_Change]]:
    """When each published language of these last changed beyond a typo; the oldest language first.

    The first publication of a language is no change.
    """
    first = (
        select(Publication.edition_id, func.min(Publication.id).label("id")).group_by(Publication.edition_id).subquery()
    )
    counted = (
        select(Publication.edition_id, func.max(Publication.published_at).label("at"))
        .join(Revision, Revision.id == Publication.revision_id)
        .join(first, first.c.edition_id == Publication.edition_id)
        .where(Revision.significance != Significance.TYPO, Publication.id != first.c.id)
        .group_by(Publication.edition_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Edition.article_id, Edition.id, Edition.locale, counted.c.at)
        .outerjoin(counted, counted.c.edition_id == Edition.id)
        .where(Edition.article_id.in_(list(article_ids)), Edition.status == Status.PUBLISHED)
        .order_by(Edition.id)
    )
    found: dict[int, list[_Change]] = {}
    for row in rows:
        found.setdefault(row.article_id, []).append(_Change(row.id, row.locale, row.at))
    return found
