"""A vote as others may ask about it: its title and address are those of what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from helpcenter.accounts.viewer import Viewer
from helpcenter.core import subjects
from helpcenter.core.db import db
from helpcenter.feedback import erasure
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.feedback.tally import Subject


def url(vote_id: int, locale: str) -> str:
    """The page of what the vote is about; '' where nobody knows it any more."""
    about = _about([vote_id]).get(vote_id)
    known = dict(subjects.kinds())
    return known[about[0]].url(about[1], locale) if about and about[0] in known else ""


def titles(vote_ids: Sequence[int], locale: str) -> Mapping[int, str]:
    """What each is about."""
    about = _about(vote_ids)
    known = titles_of(set(about.values()), locale)
    return {vote_id: known[subject] for vote_id, subject in about.items() if subject in known}


def visible(vote_ids: Iterable[int], viewer: Viewer, locale: str) -> set[int]:
    """One's own, on what one may see."""
    own = _about(list(vote_ids), f"user:{viewer.id}")
    known, seen = dict(subjects.kinds()), set()
    for kind in {kind for kind, _ in own.values()} & known.keys():
        numbers = {number for each, number in own.values() if each == kind}
        seen |= {(kind, number) for number in known[kind].visible(numbers, viewer, locale)}
    return {vote_id for vote_id, subject in own.items() if subject in seen}


def titles_of(about: Iterable[Subject], locale: str) -> dict[Subject, str]:
    """The titles of what votes are about, in a language; one query for each kind."""
    known, wanted = dict(subjects.kinds()), set(about)
    found: dict[Subject, str] = {}
    for kind in {kind for kind, _number in wanted} & known.keys():
        numbers = [number for each, number in wanted if each == kind]
        found |= {(kind, number): title for number, title in known[kind].titles(numbers, locale).items()}
    return found


def _about(vote_ids: Sequence[int], voter: str | None = None) -> dict[int, Subject]:
    wanted = select(HelpfulVote.id, HelpfulVote.subject_kind, HelpfulVote.subject_id).where(
        HelpfulVote.id.in_(vote_ids)
    )
    if voter is not None:
        wanted = wanted.where(HelpfulVote.voter == voter)
    return {row.id: (row.subject_kind, row.subject_id) for row in db.session.execute(wanted)}


SUBJECT = subjects.Subject(url=url, titles=titles, visible=visible, export=erasure.export)
