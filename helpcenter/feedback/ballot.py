"""Binds a vote to what the reader saw: the revision travels through the page signed, together with its subject.

The signature holds nothing about the reader, so a page stays the same bytes for everyone.
"""

from __future__ import annotations

from itsdangerous import BadData

from helpcenter.core.signing import signer
from helpcenter.feedback.tally import Subject

_PURPOSE = "ballot"
LONGEST_BALLOT = 300


class BadBallot(ValueError):
    """A vote for a revision that this site did not offer under this subject."""


def make(subject: Subject, revision_id: int) -> str:
    """What the form carries; the same arguments always give the same text."""
    return str(signer(_PURPOSE).dumps([*subject, revision_id]))


def revision_of(ballot: str, subject: Subject) -> int:
    """The revision a ballot is for. Raises BadBallot for one that is made up or belongs to another subject."""
    try:
        kind, number, revision_id = signer(_PURPOSE).loads(ballot[:LONGEST_BALLOT])
    except (BadData, ValueError) as problem:
        raise BadBallot("not made by this site") from problem
    if (kind, number) != subject:
        raise BadBallot("made for something else")
    return int(revision_id)
