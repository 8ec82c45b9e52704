"""What the page of a duplicate says, and the list of marks that wait for a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from helpcenter.accounts.viewer import Viewer
from helpcenter.community import duplicate
from helpcenter.community.address import question_address
from helpcenter.community.moderation import merging
from helpcenter.community.question import Question
from helpcenter.community.visibility import visible_questions
from helpcenter.core.db import db

MOST_WAITING = 50


@dataclass(frozen=True)
class Banner:
    """`title` and `url` of the original are empty where this viewer may not read it.

    `state`: '' for a plain mark, 'contested' while it waits for a word, 'kept' once somebody decided. `words` are those
    of the asker, for whoever decides and for the asker. `is_merged`: its answers stand with the original now.
    """

    title: str
    url: str
    locale: str
    state: str
    words: str
    may_contest: bool
    may_end: bool
    may_decide: bool
    is_merged: bool


@dataclass(frozen=True)
class Waiting:
    """A mark that is contested."""

    question_id: int
    title: str
    url: str
    original_title: str
    original_url: str
    words: str
    contested_at: datetime


def banner(row: Question, locale: str, viewer: Viewer) -> Banner | None:
    """What stands above a duplicate; None for a question of its own."""
    mark = duplicate.standing(row.id) if row.original_id is not None else None
    if mark is None:
        return None
    is_merged = merging.standing(row.id) is not None
    # Where its answers are, if they moved: the other one may have become a duplicate itself since.
    to_id = merging.holder_of(row.id) if is_merged else mark.original_id
    original = db.session.scalars(visible_questions(viewer).where(Question.id == to_id)).first()
    is_asker, decides = viewer.id == row.author_id, viewer.may("mark_duplicates")
    return Banner(
        original.title if original else "",
        question_address(original, locale) if original else "",
        original.locale if original else locale,
        "contested" if mark.waits else "kept" if mark.kept_at else "",
        mark.contest if is_asker or decides else "",
        is_asker and mark.contested_at is None and mark.marked_by != viewer.id,
        viewer.may("moderate") if is_merged else decides or (is_asker and mark.marked_by == viewer.id),
        decides and mark.waits,
        is_merged,
    )


def waiting_marks(viewer: Viewer, locale: str) -> Sequence[Waiting]:
    """The marks that this viewer may decide about. Two queries."""
    marks = db.session.scalars(duplicate.contested().limit(MOST_WAITING)).all()
    ids = {one for mark in marks for one in (mark.question_id, mark.original_id)}
    rows = db.session.scalars(visible_questions(viewer).where(Question.id.in_(ids))).all() if ids else []
    known = {row.id: row for row in rows}
    return [
        Waiting(
            one.question_id,
            known[one.question_id].title,
            question_address(known[one.question_id], locale),
            known[one.original_id].title,
            question_address(known[one.original_id], locale),
            one.contest,
            one.contested_at,
        )
        for one in marks
        if one.question_id in known and one.original_id in known and one.contested_at is not None
    ]


def waits(viewer: Viewer) -> bool:
    """Whether something waits for this viewer's word."""
    if not viewer.may("mark_duplicates"):
        return False
    return db.session.execute(select(duplicate.contested().limit(1).exists())).scalar() or False
