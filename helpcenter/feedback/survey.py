"""Would you have written to us otherwise? One question after a yes, so that what an answer saved is asked, not guessed.

Who is asked is noted at once, so that nobody is asked twice within 28 days, whether they answered or not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    Index,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    case,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock
from helpcenter.core.db import Model, db, upsert
from helpcenter.feedback.tally import Subject
from helpcenter.journeys import channel
from helpcenter.journeys.actor import Actor

APART = timedelta(days=28)
"""A person is asked again after this at the earliest."""


class ContactSurvey(Model):
    """Who was asked about which revision, in which channel, and what they said: None for nothing yet.

    `voter` is one word for one person, as in their vote.
    """

    __tablename__ = "contact_survey"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "revision_id", "voter"),
        Index("ix_contact_survey_voter", "voter", "asked_at"),
        Index("ix_contact_survey_answered", "answered_at", "channel"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int]
    revision_id: Mapped[int]
    voter: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(30))
    would_have_written: Mapped[bool | None]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Answers(NamedTuple):
    """How many of those who answered would have written."""

    yes: int
    total: int


def ask(subject: Subject, revision_id: int, by: Actor, channel_name: str | None = None) -> None:
    """Note that a person is asked now, with the answer to their yes; to be called after begin_write().

    Nothing for whoever was asked within 28 days, and for staff and crawlers.
    """
    place = channel_name or channel.of_subject(subject[0])
    if by.excluded_reason or place is None or _is_asked_lately(by):
        return
    kind, number = subject
    asked = {
        "subject_kind": kind,
        "subject_id": number,
        "revision_id": revision_id,
        "voter": by.person,
        "channel": place,
        "asked_at": clock.now(),
    }
    db.session.execute(_asking(db.session.get_bind().dialect.name), asked)


def state(subject: Subject, revision_id: int, by: Actor) -> str:
    """'open' while a person is asked about a revision, 'answered' once they said something, '' for neither."""
    given = {"kind": subject[0], "number": subject[1], "revision": revision_id, **_names(by)}
    found = db.session.execute(_STATE, given).first()
    if found is None:
        return ""
    if found.answered_at:
        return "answered"
    return "open" if clock.now() - found.asked_at < APART else ""


def states(subject_kind: str, revisions: Collection[tuple[int, int]], by: Actor) -> Mapping[int, str]:
    """The same of many subjects, given as id and revision; one of neither is left out. One query; none for none."""
    if not revisions:
        return {}
    rows = db.session.execute(
        select(ContactSurvey.subject_id, ContactSurvey.revision_id, ContactSurvey.answered_at, ContactSurvey.asked_at)
        .where(
            ContactSurvey.subject_kind == subject_kind,
            ContactSurvey.subject_id.in_({subject_id for subject_id, _ in revisions}),
            ContactSurvey.voter.in_(by.names),
        )
        .order_by(ContactSurvey.asked_at)
    )
    found: dict[int, str] = {}
    for number, revision_id, answered_at, asked_at in rows:
        if (number, revision_id) in revisions:
            found[number] = "answered" if answered_at else "open" if clock.now() - asked_at < APART else ""
    return {number: said for number, said in found.items() if said}


def answer(subject: Subject, revision_id: int, by: Actor, *, would_have_written: bool) -> bool:
    """Keep what a person says who was asked; what they said first stays. False for anybody else.

    To be called after begin_write().
    """
    said = (
        update(ContactSurvey)
        .where(
            *_about(subject, revision_id), ContactSurvey.voter.in_(by.names), ContactSurvey.would_have_written.is_(None)
        )
        .values(would_have_written=would_have_written, answered_at=clock.now())
    )
    done = db.session.execute(said, execution_options={"synchronize_session": False})
    return bool(done.rowcount)  # type: ignore[attr-defined]


def answers(until: datetime) -> Mapping[str, Answers]:
    """What was said before a moment, by channel; one statement. A channel without answers is missing."""
    yes = func.sum(case((ContactSurvey.would_have_written.is_(True), 1), else_=0))
    rows = db.session.execute(
        select(ContactSurvey.channel, yes, func.count())
        .where(ContactSurvey.answered_at < until)
        .group_by(ContactSurvey.channel)
    )
    return {place: Answers(int(said), count) for place, said, count in rows}


def forget(voters: set[str]) -> None:
    """Forget what these voters were asked and said; to be called after begin_write()."""
    theirs = delete(ContactSurvey).where(ContactSurvey.voter.in_(sorted(voters)))
    db.session.execute(theirs, execution_options={"synchronize_session": False})


def _is_asked_lately(by: Actor) -> bool:
    given = {**_names(by), "since": clock.now() - APART}
    return db.session.execute(_LATELY, given).first() is not None


def _names(by: Actor) -> dict[str, str]:
    """Every word for whoever acts, as the statements below take them."""
    return {"voter": by.names[0], "browser": by.names[-1]}


@cache
def _asking(_dialect: str) -> Any:
    # Whoever was asked about this revision long ago has been asked about it.
    return upsert(ContactSurvey.__table__).on_conflict_do_nothing()


def _about(subject: Subject, revision_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        ContactSurvey.subject_kind == subject[0],
        ContactSurvey.subject_id == subject[1],
        ContactSurvey.revision_id == revision_id,
    )


# Made once, as every yes asks them: building one costs as much as asking it.
_TABLE = cast(Table, ContactSurvey.__table__)
_IS_THEIRS = _TABLE.c.voter.in_((bindparam("voter"), bindparam("browser")))
_LATELY = select(_TABLE.c.id).where(_IS_THEIRS, _TABLE.c.asked_at > bindparam("since")).limit(1)
_STATE = (
    select(_TABLE.c.answered_at, _TABLE.c.asked_at)
    .where(
        _TABLE.c.subject_kind == bindparam("kind"),
        _TABLE.c.subject_id == bindparam("number"),
        _TABLE.c.revision_id == bindparam("revision"),
        _IS_THEIRS,
    )
    .order_by(_TABLE.c.asked_at.desc())
)
