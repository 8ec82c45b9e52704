"""What is kept of a person's votes: handed out on request, taken away on request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from helpcenter.core.db import db
from helpcenter.feedback import vote
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.journeys.erasure import Traces


def export(user_id: int) -> Mapping[str, Any]:
    """Every vote of a user with the words that came with it, oldest first."""
    rows = db.session.scalars(
        select(HelpfulVote).where(HelpfulVote.voter == f"user:{user_id}").order_by(HelpfulVote.id)
    ).all()
    return {"votes": [_as_export(row) for row in rows]} if rows else {}


def forget(traces: Traces) -> None:
    """Take back the votes of an erased person, also those from browsers that were theirs alone."""
    users = {f"user:{user_id}" for user_id in traces.user_ids}
    vote.forget(users | {f"visitor:{visitor_id}" for visitor_id in traces.visitor_ids})


def _as_export(row: HelpfulVote) -> dict[str, Any]:
    return {
        "about": f"{row.subject_kind}:{row.subject_id}",
        "revision": row.revision_id,
        "helpful": row.helpful,
        "reason": row.reason,
        "comment": row.comment,
        "at": row.updated_at.isoformat(),
    }
