"""What readers wrote with their votes, for the editors who can mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from helpcenter.core.db import db
from helpcenter.core.refusals import NotFound
from helpcenter.feedback.dealt_with import FeedbackState
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.feedback.reason import REASONS
from helpcenter.feedback.state import State, state_in
from helpcenter.feedback.tally import Subject


@dataclass(frozen=True)
class Filter:
    """What part of the list is wanted; values that make no sense are left out."""

    state: State = State.NEW
    reason: str = ""
    subject: Subject | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filter:
        """The filter of an address: state, reason, subject as article:12."""
        reason = asked.get("reason", "")
        kind, _colon, number = asked.get("subject", "").partition(":")
        is_subject = kind.isidentifier() and number.isascii() and number.isdigit() and len(number) < 10
        return cls(
            state_in(asked.get("state", "")) or State.NEW,
            reason if reason in REASONS else "",
            (kind, int(number)) if is_subject else None,
        )

    def as_query(self, **changes: Any) -> dict[str, Any]:
        """The same for an address; what is as usual is left out."""
        subject = f"{self.subject[0]}:{self.subject[1]}" if self.subject else ""
        query = {
            "state": "" if self.state is State.NEW else self.state.value,
            "reason": self.reason,
            "subject": subject,
        }
        return {name: value for name, value in {**query, **changes}.items() if value}


def written(wanted: Filter, kept: int | None = None) -> Select[HelpfulVote]:
    """The votes with a reason or a comment, as this filter wants them; the one `kept` whatever its state is by now."""
    dealt_with = exists().where(FeedbackState.vote_id == HelpfulVote.id)
    is_so = ~dealt_with if wanted.state is State.NEW else dealt_with.where(FeedbackState.state == wanted.state)
    statement = select(HelpfulVote).where(
        _says_something(), is_so if kept is None else or_(HelpfulVote.id == kept, is_so)
    )
    if wanted.reason:
        statement = statement.where(HelpfulVote.reason == wanted.reason)
    if wanted.subject:
        kind, number = wanted.subject
        statement = statement.where(HelpfulVote.subject_kind == kind, HelpfulVote.subject_id == number)
    return statement


def reasons_of(subject: Subject) -> dict[str, int]:
    """How often each reason was chosen for a thing, by its code; those that nobody chose are missing."""
    kind, number = subject
    about = (HelpfulVote.subject_kind == kind, HelpfulVote.subject_id == number, HelpfulVote.reason.is_not(None))
    rows = db.session.execute(select(HelpfulVote.reason, func.count()).where(*about).group_by(HelpfulVote.reason))
    return {code: count for code, count in rows if code}


def one(vote_id: int) -> HelpfulVote:
    """The gate: what a reader wrote, by its id. Raises NotFound, also for a vote without words."""
    found = db.session.scalars(select(HelpfulVote).where(HelpfulVote.id == vote_id, _says_something())).first()
    if found is None:
        raise NotFound
    return found


def _says_something() -> ColumnElement[bool]:
    return or_(HelpfulVote.reason.is_not(None), HelpfulVote.comment != "")
