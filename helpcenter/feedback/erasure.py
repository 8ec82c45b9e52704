"""What is kept of a person's votes: handed out on request, taken away on request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from helpcenter.core.db import db
from helpcenter.feedback import survey, vote
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.feedback.survey import ContactSurvey
from helpcenter.journeys.erasure import Traces


def export(user_id: int) -> Mapping[str, Any]:
    """Every vote of a user with its words, and what they were asked after it, oldest first."""
    voter = f"user:{user_id}"
    rows = db.session.scalars(select(HelpfulVote).where(HelpfulVote.voter == voter).order_by(HelpfulVote.id)).all()
    asked = db.session.scalars(
        select(ContactSurvey).where(ContactSurvey.voter == voter).order_by(ContactSurvey.id)
    ).all()
    held = {"votes": [_as_export(row) for row in rows], "surveys": [_survey_as_export(row) for row in asked]}
    return {name: what for name, what in held.items() if what}


def forget(traces: Traces) -> None:
    """Take back the votes of an erased person, also those from browsers that were theirs alone."""
    users = {f"user:{user_id}" for user_id in traces.user_ids}
    voters = users | {f"visitor:{visitor_id}" for visitor_id in traces.visitor_ids}
    vote.forget(voters)
    survey.forget(voters)


def _as_export(row: HelpfulVote) -> dict[str, Any]:
    return {
        "about": f"{row.subject_kind}:{row.subject_id}",
        "revision": row.revision_id,
        "helpful": row.helpful,
        "reason": row.reason,
        "comment": row.comment,
        "at": row.updated_at.isoformat(),
    }


def _survey_as_export(row: ContactSurvey) -> dict[str, Any]:
    return {
        "about": f"{row.subject_kind}:{row.subject_id}",
        "revision": row.revision_id,
        "would_have_written": row.would_have_written,
        "asked_at": row.asked_at.isoformat(),
    }
