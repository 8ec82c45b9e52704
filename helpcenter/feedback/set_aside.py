"""All votes of somebody taken out of the counts at once, and brought back as they were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from helpcenter.core.db import db, upsert
from helpcenter.feedback import tally
from helpcenter.feedback.helpful_vote import VOTE, HelpfulVote
from helpcenter.feedback.tally import Subject

MOMENTS = ("created_at", "updated_at")
Kept = dict[str, Any]


def take(voter: str) -> list[Kept]:
    """Take every vote of a voter out of the counts; the votes, as JSON can keep them. After begin_write()."""
    rows = db.session.execute(
        select(VOTE).where(VOTE.c.voter == voter).order_by(VOTE.c.subject_kind, VOTE.c.subject_id, VOTE.c.revision_id)
    ).mappings()
    taken = [dict(row) for row in rows]
    for row in taken:
        subject, revision = _key(row)
        tally.lock(subject, revision)
        gone = delete(HelpfulVote).where(HelpfulVote.id == row.pop("id"))
        db.session.execute(gone, execution_options={"synchronize_session": False})
        tally.recount(subject, revision)
        row.update({name: row[name].isoformat() for name in MOMENTS})
    return taken


def give(kept: Sequence[Kept]) -> list[Kept]:
    """Bring votes back, each unless its voter has voted again; those that count now. After begin_write()."""
    given = []
    for one in kept:
        subject, revision = _key(one)
        current = tally.lock(subject, revision)
        moments = {name: datetime.fromisoformat(one[name]) for name in MOMENTS}
        row = upsert(VOTE).values({**one, **moments, "revision_id": current}).on_conflict_do_nothing()
        if db.session.execute(row.returning(VOTE.c.id)).first() is not None:
            given.append(one)
        tally.recount(subject, current)
    return given


def _key(row: Kept) -> tuple[Subject, int]:
    return (row["subject_kind"], row["subject_id"]), row["revision_id"]
