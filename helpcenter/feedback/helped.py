"""Which subjects helped most people, for lists that put the best first."""

from __future__ import annotations

from sqlalchemy import Select, desc, func, select

from helpcenter.core.db import db
from helpcenter.feedback.tally import HelpfulTally


def helped(subject_kind: str, most: int | None = None) -> dict[int, int]:
    """How many people each subject of a kind helped, over all its revisions, by subject id. One query.

    With `most` only so many, those that helped most.

    It counts what public pages were told, so that a list changes together with the counts beside it.
    """
    rows = helped_rows(subject_kind).order_by(desc("total"), HelpfulTally.subject_id).limit(most)
    return {subject_id: int(count) for subject_id, count in db.session.execute(rows)}


def helped_rows(subject_kind: str) -> Select[int, int]:
    """The same as rows of `subject_id` and `total`, for a statement that goes on from them; in no order."""
    return (
        select(HelpfulTally.subject_id, func.sum(HelpfulTally.shown_yes).label("total"))
        .where(HelpfulTally.subject_kind == subject_kind, HelpfulTally.shown_yes > 0)
        .group_by(HelpfulTally.subject_id)
    )
