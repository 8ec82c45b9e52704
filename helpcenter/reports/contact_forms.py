"""What becomes of the contact form: solved by a suggestion, sent, or left.

One form is what one person does with it in one visit: a page opened twice is one, and so is one that was opened, left
and opened again within the visit. What is sent in the end was not solved, whatever was said before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import or_

from helpcenter.journeys.channel import CONTACT_SUGGESTION
from helpcenter.journeys.event import EVENT
from helpcenter.journeys.identity import Identities
from helpcenter.journeys.person import Person
from helpcenter.reports.acts import acts
from helpcenter.reports.scope import Scope
from helpcenter.reports.share import Share
from helpcenter.support.conversation import Conversation
from helpcenter.support.status import Ending

KINDS = ("contact_opened", "suggestion_opened", "suggestion_solved", "contacted")
LONGEST_VISIT = timedelta(hours=12)
"""A form that was opened just before midnight may be sent after it."""


class Outcome(StrEnum):
    """How a form ended: nothing else happened to one that was left."""

    SOLVED = "solved"
    SENT = "sent"
    LEFT = "left"


@dataclass(frozen=True)
class Form:
    """One form, under the id of its first event. `about` is the suggestion that solved it or the conversation sent."""

    id: int
    at: datetime
    person: Person | None
    outcome: Outcome
    about: tuple[str, int] | None

    def is_in(self, part: str) -> bool:
        """Whether it ended like this; '' is every way."""
        return not part or self.outcome == part


@dataclass(frozen=True)
class FormFigures:
    """Two shares of the same forms; the rest was sent."""

    solved: Share
    left: Share


def figures(found: Sequence[Form]) -> FormFigures:
    """Form deflection, and the forms that were left with nothing said and nothing sent, apart."""
    return FormFigures(*(Share(sum(one.is_in(part) for one in found), len(found)) for part in ("solved", "left")))


def forms(scope: Scope, who: Identities) -> list[Form]:
    """The forms that were opened in these days, the oldest first; one statement. A topic makes no difference."""
    is_spam = (Conversation.ending == Ending.SPAM).label("is_spam")
    wrote = (EVENT.c.kind == "contacted") & (Conversation.id == EVENT.c.subject_id)
    in_form = or_(EVENT.c.kind.in_(("contact_opened", "contacted")), EVENT.c.channel == CONTACT_SUGGESTION)
    rows = acts(
        scope,
        KINDS,
        EVENT.c.subject_kind,
        EVENT.c.subject_id,
        is_spam,
        where=[in_form, EVENT.c.visit_id.is_not(None)],
        beside=[(Conversation, wrote)],
        around=LONGEST_VISIT,
    )
    visits = groupby(sorted(rows, key=lambda row: (row.visit_id, row.occurred_at, row.id)), lambda row: row.visit_id)
    begin, end = scope.range.moments
    found = [form for _visit, theirs in visits if (form := _form(theirs, who)) and begin <= form.at < end]
    return sorted(found, key=lambda one: (one.at, one.id))


def _form(visit: Iterable[Any], who: Identities) -> Form | None:
    """None for spam: nobody needed help."""
    rows = list(visit)
    if any(row.is_spam for row in rows):
        return None
    last = {row.kind: row for row in rows}
    outcome = Outcome.SENT if "contacted" in last else Outcome.SOLVED if "suggestion_solved" in last else Outcome.LEFT
    decided = {Outcome.SENT: "contacted", Outcome.SOLVED: "suggestion_solved"}.get(outcome)
    about = (last[decided].subject_kind, last[decided].subject_id) if decided else None
    return Form(rows[0].id, rows[0].occurred_at, who.person(rows[0]), outcome, about)
