"""Proves that every tally is what its votes add up to, and mends one that is not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select

from helpcenter.core.db import begin_write, db
from helpcenter.feedback import tally
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.feedback.tally import HelpfulTally, Subject, Tally

Key = tuple[str, int, int]


@dataclass(frozen=True)
class Difference:
    """A tally that says one thing while its votes say another."""

    subject: Subject
    revision_id: int
    kept: Tally
    counted: Tally


def recount(check: bool = False) -> list[Difference]:
    """What differs; unless only checking, each is counted anew in a short transaction of its own. Commits."""
    differences = _differences()
    if not check:
        for one in differences:
            begin_write()
            current = tally.lock(one.subject, one.revision_id)
            tally.recount(one.subject, current)
            db.session.commit()
    return differences


def _differences() -> list[Difference]:
    kept, counted = _kept(), _counted()
    return [
        Difference((kind, number), revision_id, kept.get(key, Tally()), counted.get(key, Tally()))
        for key in sorted(kept.keys() | counted.keys())
        if kept.get(key, Tally()) != counted.get(key, Tally())
        for kind, number, revision_id in (key,)
    ]


def _kept() -> dict[Key, Tally]:
    rows = db.session.execute(
        select(
            HelpfulTally.subject_kind,
            HelpfulTally.subject_id,
            HelpfulTally.revision_id,
            HelpfulTally.yes,
            HelpfulTally.no,
        )
    )
    return {(kind, number, revision_id): Tally(yes, no) for kind, number, revision_id, yes, no in rows}


def _counted() -> dict[Key, Tally]:
    key = (HelpfulVote.subject_kind, HelpfulVote.subject_id, HelpfulVote.revision_id)
    yes = func.count(case((HelpfulVote.helpful, 1)))
    rows = db.session.execute(select(*key, yes, func.count() - yes).group_by(*key))
    return {(kind, number, revision_id): Tally(yes, no) for kind, number, revision_id, yes, no in rows}
