"""Where a reader may be thanked who voted no without an account: an address beside the vote, for one letter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, Select, String, bindparam, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.accounts.user import LONGEST_EMAIL, email_key
from helpcenter.core import clock
from helpcenter.core.db import Model, begin_write, db, upsert
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.feedback.one_letter import KEPT_DAYS
from helpcenter.feedback.tally import Subject
from helpcenter.journeys.actor import Actor


class VoteAddress(Model):
    """`said_in` is the language of the page it was typed on. Nobody confirmed that the address is theirs."""

    __tablename__ = "vote_address"
    vote_id: Mapped[int] = mapped_column(ForeignKey(HelpfulVote.id, ondelete="CASCADE"), primary_key=True)
    address: Mapped[str] = mapped_column(String(LONGEST_EMAIL))
    address_key: Mapped[str] = mapped_column(String(LONGEST_EMAIL), index=True)
    said_in: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(index=True)


def leave(subject: Subject, by: Actor, address: str, said_in: str) -> None:
    """Keep an address beside the vote that this person has just cast. To be called after begin_write()."""
    newest = _votes_of(subject, by).order_by(HelpfulVote.updated_at.desc(), HelpfulVote.id.desc())
    vote_id = db.session.scalar(newest.limit(1))
    if vote_id is None:
        return
    values = {"address": address, "address_key": email_key(address), "said_in": said_in, "created_at": clock.now()}
    row = upsert(VoteAddress).values(vote_id=vote_id, **values)
    db.session.execute(row.on_conflict_do_update(index_elements=["vote_id"], set_=values))


def take_back(subject: Subject, by: Actor) -> None:
    """Whoever says yes now is not to be thanked for a no. To be called after begin_write()."""
    kind, number = subject
    given = {"subject_kind": kind, "subject_id": number, "voter": by.names[0], "browser": by.names[-1]}
    db.session.execute(_TAKING_BACK, given, execution_options={"synchronize_session": False})


def is_left(subject: Subject, by: Actor) -> bool:
    """Whether this person left one with a vote on this."""
    theirs = select(VoteAddress.vote_id).where(VoteAddress.vote_id.in_(_votes_of(subject, by)))
    return db.session.execute(theirs.limit(1)).first() is not None


def find(vote_id: int) -> VoteAddress | None:
    """The address beside a vote."""
    return db.session.get(VoteAddress, vote_id)


def beside(vote_ids: Iterable[int]) -> set[int]:
    """Which of these votes have an address."""
    return set(db.session.scalars(select(VoteAddress.vote_id).where(VoteAddress.vote_id.in_(list(vote_ids)))))


def drop(vote_id: int) -> None:
    """Forget the address beside a vote. To be called after begin_write()."""
    _delete(VoteAddress.vote_id == vote_id)


def forget_address(address: str) -> None:
    """Forget an address beside every vote. To be called after begin_write()."""
    _delete(VoteAddress.address_key == email_key(address))


def forget_old() -> None:
    """Forget addresses to which no letter went in three months: a job."""
    begin_write()
    _delete(VoteAddress.created_at < clock.now() - timedelta(days=KEPT_DAYS))
    db.session.commit()


def _votes_of(subject: Subject, by: Actor) -> Select[int]:
    kind, number = subject
    mine = (HelpfulVote.subject_kind == kind, HelpfulVote.subject_id == number, HelpfulVote.voter.in_(by.names))
    return select(HelpfulVote.id).where(*mine)


def _delete(where: ColumnElement[bool]) -> None:
    db.session.execute(delete(VoteAddress).where(where), execution_options={"synchronize_session": False})


# Made once, as every yes asks it: building it costs as much as asking it.
_TAKING_BACK = delete(VoteAddress).where(
    VoteAddress.vote_id.in_(
        select(HelpfulVote.id).where(
            HelpfulVote.subject_kind == bindparam("subject_kind"),
            HelpfulVote.subject_id == bindparam("subject_id"),
            HelpfulVote.voter.in_((bindparam("voter"), bindparam("browser"))),
        )
    )
)
