"""Whose texts are looked through: what readers see everywhere, or the newest words of one edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_

from helpcenter.articles.edition import Edition, Status
from helpcenter.core.db import unindexed


@dataclass(frozen=True)
class Scope:
    """Every published edition; with `edition_id` that one alone, published or not, as its latest revision says."""

    edition_id: int | None = None

    @property
    def published(self) -> ColumnElement[bool]:
        """Whether an Edition counts as a whole: only what readers can find has twins and visitors."""
        if self.edition_id is None:
            return Edition.status == Status.PUBLISHED
        return and_(Edition.id == self.edition_id, unindexed(Edition.status, "") == Status.PUBLISHED)

    def in_texts(self, statement: Select[Any], revision_id: Any) -> Select[Any]:
        """The rows of a select that belong to a text which counts, with its edition beside them.

        The table of revisions is left out: it holds the texts themselves, which would all be read.
        """
        if self.edition_id is None:
            of_text = and_(Edition.published_revision_id == revision_id, Edition.status == Status.PUBLISHED)
        else:
            is_open = Edition.id == self.edition_id, unindexed(Edition.status, "") != Status.ARCHIVED
            of_text = and_(Edition.latest_revision_id == revision_id, *is_open)
        return statement.join(Edition, of_text)
