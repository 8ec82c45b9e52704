"""Saying whether something helped: one vote a person and revision, changeable, counted at once.

A view that takes votes stands beside its subject, behind its gate, and does five things:

    voting = VoteForm(subject)                          # form.py; refused means 422 with every word kept
    begin_write()
    vote.cast_vote(subject=subject, revision_id=voting.revision, helpful=voting.helpful, by=actor.of_request(), …)
    db.session.commit()
    render_template("feedback/show.html", vote=box.personal(subject, …))
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, delete, exists, select, update
from sqlalchemy.orm import aliased

from helpcenter.core import clock
from helpcenter.core.db import db, upsert
from helpcenter.feedback import dealt_with, tally
from helpcenter.feedback.helpful_vote import VOTE, HelpfulVote
from helpcenter.feedback.tally import HelpfulTally, Subject, Tally
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor

RATE = "120 per minute; 2000 per day"
"""For the views that take votes, by address: an office shares one, and a made-up browser costs nothing."""


@dataclass(frozen=True)
class Standing:
    """The vote a person has cast."""

    helpful: bool
    reason: str | None = None
    comment: str = ""


def cast_vote(
    *,
    subject: Subject,
    revision_id: int,
    helpful: bool,
    by: Actor,
    reason: str | None = None,
    comment: str | None = None,
    locale: str = "",
    topic_id: int | None = None,
    channel: str | None = None,
) -> Tally:
    """Cast or change a person's vote, and count; to be called after begin_write().

    A reason or comment of None was not asked for: what was said before stays, as long as it fits the answer. Somebody
    who voted in this browser before signing in has voted. For the event, `topic_id` is the root topic and `channel` the
    place where it is not that of the subject.
    """
    revision_id = tally.lock(subject, revision_id)
    _take_over(subject, revision_id, by)
    vote_id = _write(subject, revision_id, by, helpful, reason, comment, locale)
    if reason or comment:
        dealt_with.reopen(vote_id)
    counted = tally.recount(subject, revision_id)
    recorder.record(
        "voted",
        by=by,
        subject=subject,
        revision_id=revision_id or None,
        locale=locale,
        topic_id=topic_id,
        channel_name=channel,
        detail={"helpful": helpful},
    )
    return counted


def withdraw(*, subject: Subject, revision_id: int, by: Actor, locale: str = "", topic_id: int | None = None) -> Tally:
    """Take a person's vote back, with its words, and count; to be called after begin_write(). No vote, no event."""
    revision_id = tally.lock(subject, revision_id)
    mine = delete(HelpfulVote).where(_of(subject, revision_id), HelpfulVote.voter.in_(by.names))
    if db.session.execute(mine.returning(HelpfulVote.id)).first() is not None:
        recorder.record(
            "vote_withdrawn", by=by, subject=subject, revision_id=revision_id or None, locale=locale, topic_id=topic_id
        )
    return tally.recount(subject, revision_id)


def standing(subject: Subject, revision_id: int, by: Actor) -> Standing | None:
    """The vote of this person, else the one cast in this browser before signing in, else None."""
    names = by.names
    given = {**tally.key_of(subject, revision_id), "voter": names[0], "browser": names[-1]}
    found = {row.voter: Standing(row.helpful, row.reason, row.comment) for row in db.session.execute(STANDING, given)}
    return next((found[name] for name in names if name in found), None)


def helpful_of(subject_kind: str, revisions: Collection[tuple[int, int]], by: Actor) -> dict[int, bool]:
    """What a person said about each of many subjects, given as subject id and revision id. One query."""
    rows = db.session.execute(
        select(VOTE.c.subject_id, VOTE.c.revision_id, VOTE.c.voter, VOTE.c.helpful).where(
            VOTE.c.subject_kind == subject_kind,
            VOTE.c.subject_id.in_({subject_id for subject_id, _ in revisions}),
            VOTE.c.voter.in_(by.names),
        )
    )
    found = {(row.subject_id, row.voter): row.helpful for row in rows if (row.subject_id, row.revision_id) in revisions}
    # What they said signed in comes last and counts.
    return {number: found[number, name] for name in reversed(by.names) for number, said in found if said == name}


def carry_over(subject: Subject, from_revision: int, to_revision: int) -> Tally:
    """Give the votes of a revision to the one that only mends its typos; to be called after begin_write().

    A vote that still arrives for the old one, from a page opened before, counts for the new one.
    """
    if from_revision == to_revision:
        raise ValueError("a revision can not take over its own votes")
    # The new one may have been the old one of an earlier carry-over: then it stands on its own again.
    db.session.execute(_tally_row(subject, to_revision).values(carried_to=None))
    from_revision = tally.lock(subject, from_revision)
    if from_revision == to_revision:
        # It took them over already.
        return tally.recount(subject, to_revision)
    tally.lock(subject, to_revision)
    newer = aliased(HelpfulVote)
    twice = exists().where(
        newer.subject_kind == subject[0],
        newer.subject_id == subject[1],
        newer.revision_id == to_revision,
        newer.voter == HelpfulVote.voter,
    )
    old = _of(subject, from_revision)
    _run(delete(HelpfulVote).where(old, twice))
    _run(update(HelpfulVote).where(old).values(revision_id=to_revision))
    db.session.execute(_tally_row(subject, from_revision).values(carried_to=to_revision))
    tally.recount(subject, from_revision)
    return tally.recount(subject, to_revision)


def forget(voters: set[str]) -> None:
    """Take back every vote of these voters without a trace, and count; to be called after begin_write()."""
    theirs = HelpfulVote.voter.in_(sorted(voters))
    key = (HelpfulVote.subject_kind, HelpfulVote.subject_id, HelpfulVote.revision_id)
    for kind, number, revision_id in sorted(db.session.execute(select(*key).where(theirs).distinct()).all()):
        current = tally.lock((kind, number), revision_id)
        _run(delete(HelpfulVote).where(_of((kind, number), current), theirs))
        tally.recount((kind, number), current)


def _write(
    subject: Subject, revision_id: int, by: Actor, helpful: bool, reason: str | None, comment: str | None, locale: str
) -> int:
    now = clock.now()
    dialect = db.session.get_bind().dialect.name
    values = {
        "subject_kind": subject[0],
        "subject_id": subject[1],
        "revision_id": revision_id,
        "voter": by.person,
        "helpful": helpful,
        "reason": None if helpful else reason or None,
        "comment": comment or "",
        "locale": locale,
        "created_at": now,
        "updated_at": now,
    }
    statement = _writing(dialect, keeps_reason=reason is None, keeps_comment=comment is None)
    vote_id: int = db.session.execute(statement, values).scalar_one()
    return vote_id


@cache
def _writing(_dialect: str, *, keeps_reason: bool, keeps_comment: bool) -> Any:
    row = upsert(VOTE)
    changes = {name: row.excluded[name] for name in ("helpful", "locale", "updated_at", "reason", "comment")}
    if keeps_reason:
        same_answer = VOTE.c.helpful == row.excluded.helpful
        changes["reason"] = case((same_answer, VOTE.c.reason), else_=row.excluded.reason)
    if keeps_comment:
        del changes["comment"]
    key = ["subject_kind", "subject_id", "revision_id", "voter"]
    return row.on_conflict_do_update(index_elements=key, set_=changes).returning(VOTE.c.id)


def _take_over(subject: Subject, revision_id: int, by: Actor) -> None:
    """Make the vote that this browser cast before signing in the user's own, or drop it when the user has one."""
    if by.user_id is None or by.visitor_id is None:
        return
    given = {**tally.key_of(subject, revision_id), "voter": by.person, "browser": by.as_visitor}
    voters = {row.voter for row in db.session.execute(STANDING, given)}
    if by.as_visitor not in voters:
        return
    anonymous = _of(subject, revision_id) & (HelpfulVote.voter == by.as_visitor)
    if by.person in voters:
        _run(delete(HelpfulVote).where(anonymous))
    else:
        _run(update(HelpfulVote).where(anonymous).values(voter=by.person))


def _of(subject: Subject, revision_id: int) -> ColumnElement[bool]:
    return (
        (HelpfulVote.subject_kind == subject[0])
        & (HelpfulVote.subject_id == subject[1])
        & (HelpfulVote.revision_id == revision_id)
    )


def _tally_row(subject: Subject, revision_id: int) -> Any:
    return update(HelpfulTally).where(
        HelpfulTally.subject_kind == subject[0],
        HelpfulTally.subject_id == subject[1],
        HelpfulTally.revision_id == revision_id,
    )


def _run(statement: Any) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})


# What stands of a vote, for its `voter` or else for their `browser`.
STANDING = select(VOTE.c.voter, VOTE.c.helpful, VOTE.c.reason, VOTE.c.comment).where(
    tally.about(VOTE), VOTE.c.voter.in_((bindparam("voter"), bindparam("browser")))
)
