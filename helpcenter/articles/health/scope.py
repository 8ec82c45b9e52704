"""Whose texts are looked through: what readers see everywhere, or the newest words of one edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_

from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.revision import Revision


@dataclass(frozen=True)
class Scope:
    """Every published edition; with `edition_id` that one alone, published or not, as its latest revision says."""

    edition_id: int | None = None

    @property
    def texts(self) -> ColumnElement[bool]:
        """Whether a Revision is what counts of its Edition."""
        if self.edition_id is None:
            return and_(Edition.published_revision_id == Revision.id, Edition.status == Status.PUBLISHED)
        return and_(
            Edition.latest_revision_id == Revision.id,
            Edition.id == self.edition_id,
            Edition.status != Status.ARCHIVED,
        )

    @property
    def published(self) -> ColumnElement[bool]:
        """Whether an Edition counts as a whole: only what readers can find has twins and visitors."""
        shown = Edition.status == Status.PUBLISHED
        return shown if self.edition_id is None else and_(shown, Edition.id == self.edition_id)

    def in_texts(self, statement: Select[Any], revision_id: Any) -> Select[Any]:
        """The rows of a select that belong to a revision which counts, with its edition beside them."""
        return (
            statement.join(Revision, Revision.id == revision_id)
            .join(Edition, Edition.id == Revision.edition_id)
            .where(self.texts)
        )
