"""What the site wrote down of what a reader did."""

from __future__ import annotations

from helpcenter.core.db import db
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.journeys.event import Event
from tests import shelf


def votes_of(title: str) -> list[tuple[bool, str | None, str]]:
    """Answer, reason and comment of each vote on the article of this title."""
    votes = db.session.query(HelpfulVote).filter_by(subject_kind="article", subject_id=_id_of(title))
    return [(one.helpful, one.reason, one.comment) for one in votes]


def acts_on(title: str) -> list[str]:
    """The kinds of the events about the article of this title, in their order."""
    events = db.session.query(Event).filter_by(subject_kind="article", subject_id=_id_of(title))
    return [one.kind for one in events.order_by(Event.id)]


def searches() -> list[dict[str, object]]:
    """What is kept of each search that somebody saw the results of."""
    db.session.rollback()
    return [one.detail for one in db.session.query(Event).filter_by(kind="searched").order_by(Event.id)]


def reporters() -> list[str]:
    """The visitor of each act of somebody without an account, in their order."""
    db.session.rollback()
    events = db.session.query(Event).filter_by(user_id=None).order_by(Event.id)
    return [one.visitor_id for one in events if one.visitor_id]


def _id_of(title: str) -> int:
    db.session.rollback()
    return db.session.query(shelf.Edition).filter_by(title=title).one().article_id
