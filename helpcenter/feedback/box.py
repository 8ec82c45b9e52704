"""What the template of a vote gets. On a public page it knows nothing about the reader; after a vote it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from helpcenter.feedback import ballot, reason, survey, tally, vote, vote_address
from helpcenter.feedback.form import VoteForm
from helpcenter.feedback.tally import Subject
from helpcenter.journeys.actor import Actor


class Door(Protocol):
    """A way on for somebody who was not helped."""

    @property
    def title(self) -> str: ...

    @property
    def url(self) -> str: ...


@dataclass(frozen=True)
class Box:
    """`revision_id` is the signed ballot; `answer` is 'yes', 'no', or None where it is unknown.

    `survey` is how the question after a yes stands: 'open', 'answered', or '' where it is not asked. `suggest_url` is
    where an improvement is suggested, '' where none can be. `has_address`: one waits beside the vote already.
    """

    url: str
    revision_id: str
    yes: int
    no: int
    show_counts: bool
    reasons: Sequence[tuple[str, str]]
    doors: Sequence[Door] = ()
    answer: str | None = None
    reason: str | None = None
    comment: str = ""
    errors: Sequence[str] = ()
    email: str = ""
    email_errors: Sequence[str] = ()
    has_address: bool = False
    survey: str = ""
    suggest_url: str = ""

    @property
    def survey_url(self) -> str:
        """Where the answer to the question after a yes is posted to."""
        return f"{self.url}/survey"


def public(subject: Subject, revision_id: int, *, url: str, doors: Sequence[Door] = ()) -> Box:
    """The box for whoever comes by; `url` is where a vote is posted to. One query."""
    count = tally.of(subject, revision_id)
    signed = ballot.make(subject, revision_id)
    return Box(url, signed, count.yes, count.no, count.show_counts, reason.choices(), doors)


def personal(subject: Subject, revision_id: int, by: Actor, *, url: str, doors: Sequence[Door] = ()) -> Box:
    """The box of one person, with the vote they cast: for the answer to a POST and for signed-in readers."""
    box = public(subject, revision_id, url=url, doors=doors)
    cast = vote.standing(subject, revision_id, by)
    if cast is None:
        return box
    asked = survey.state(subject, revision_id, by) if cast.helpful else ""
    has_address = by.user_id is None and not cast.helpful and vote_address.is_left(subject, by)
    box = replace(box, survey=asked, has_address=has_address)
    return replace(box, answer="yes" if cast.helpful else "no", reason=cast.reason, comment=cast.comment)


def refused(subject: Subject, revision_id: int, form: VoteForm, *, url: str, doors: Sequence[Door] = ()) -> Box:
    """The box for a form that can not be counted, with what is wrong and every word that was typed.

    `revision_id` is the one published now, so that the next try is for what the page shows.
    """
    box = public(subject, revision_id, url=url, doors=doors)
    answer = form.answer.data if form.answer.data in ("yes", "no") else None
    errors = [str(message) for field, message in form.refused if field.name != "email"]
    box = replace(box, email=form.email.data or "", email_errors=[str(message) for message in form.email.errors])
    return replace(box, answer=answer, reason=form.reason.data, comment=form.comment.data or "", errors=errors)
