"""Every kind of event there is: what it means, who records it, what it may carry, what an erasure leaves of it.

Nothing records a kind that is missing here, and no event carries a detail that its kind does not name. All kinds are
kept as long as the site keeps its statistics, because published numbers can be audited down to their events; what a
person typed into the search is the exception and is forgotten after `constants.QUERY_TEXT_KEPT`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from helpcenter.journeys.constants import QUERY_TEXT_KEPT

_CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")


class UnknownKind(ValueError):
    """An event of a kind, or with a detail, that the catalogue does not have."""


@dataclass(frozen=True)
class Kind:
    """A kind of event. `kept` None means as long as the site keeps its statistics.

    `outlives_its_actor`: others' episodes are judged by it (somebody answered, somebody closed a conversation), so an
    erasure takes the person out of it and leaves the fact; every other kind is deleted with the person.
    """

    name: str
    meaning: str
    recorded_by: str
    subjects: tuple[str, ...] = ()
    detail: tuple[str, ...] = ()
    is_help_seeking: bool = False
    outlives_its_actor: bool = False
    text_kept: timedelta | None = None
    kept: timedelta | None = None

    @property
    def is_from_a_page(self) -> bool:
        """Whether a visible page reports it with the beacon."""
        return self.recorded_by == "beacon"


CATALOGUE: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("searched", "A search was submitted and its results were seen.", "beacon", (), ("results", "help"),
             is_help_seeking=True, text_kept=QUERY_TEXT_KEPT),
        Kind("viewed", "A page was visible to a reader.", "beacon", ("article", "question"),
             is_help_seeking=True),
        Kind("read", "An engaged read: visible long enough and scrolled at least half way.", "beacon",
             ("article", "question"), is_help_seeking=True),
        Kind("voted", "A reader said whether it helped; the last vote wins.", "vote", ("article", "answer"),
             ("helpful",)),
        Kind("vote_withdrawn", "A reader took the vote back.", "vote", ("article", "answer")),
        Kind("help_opened", "In-product help was opened.", "beacon", ("article", "help"), is_help_seeking=True),
        Kind("contact_opened", "The contact form was seen. It is not a contact.", "beacon", is_help_seeking=True),
        Kind("suggestion_opened", "A suggestion in a form was opened.", "form", ("article", "question"), ("form",)),
        Kind("suggestion_solved", "A suggestion in a form solved it.", "form", ("article", "question"), ("form",)),
        Kind("contacted", "A person reached support.", "contact", ("conversation",), ("spam", "duplicate")),
        Kind("contact_voided", "A contact turned out to be none.", "staff", ("conversation",), ("reason",),
             outlives_its_actor=True),
        Kind("conversation_closed", "A conversation ended.", "conversation", ("conversation",), ("withdrawn",),
             outlives_its_actor=True),
        Kind("conversation_reopened", "A closed conversation went on.", "conversation", ("conversation",),
             outlives_its_actor=True),
        Kind("asked", "A question was posted.", "question", ("question",), is_help_seeking=True),
        Kind("answered", "Somebody answered; staff or not at that time.", "answer", ("answer",), ("question", "staff"),
             outlives_its_actor=True),
        Kind("answer_seen", "The asker saw an answer.", "beacon", ("answer",), ("question",)),
        Kind("accepted", "An answer was accepted.", "acceptance", ("answer",), ("question",),
             outlives_its_actor=True),
        Kind("acceptance_withdrawn", "An acceptance was taken back.", "acceptance", ("answer",), ("question",),
             outlives_its_actor=True),
        Kind("not_solved", "The asker said that this did not help, or a reader took back that it did.", "asker",
             ("question",)),
        Kind("solved_for_me", "A reader said that the question solved it for them too.", "button", ("question",)),
        Kind("workshop_attended", "A person attended a workshop.", "host", ("workshop",), ("minutes", "of"),
             is_help_seeking=True),
        Kind("workshop_solved", "A person said that the workshop answered their question.", "follow-up", ("workshop",)),
        Kind("step_stuck", "A reader was stuck at a step.", "button", ("article",), ("step",)),
        Kind("signed_in", "A visitor signed in: links the visitor to the user.", "sign-in"),
        Kind("accounts_merged", "Two accounts became one person.", "merge", (), ("into",)),
    )
}  # fmt: skip


def kind(name: str) -> Kind:
    """The kind of a name. Raises UnknownKind."""
    try:
        return CATALOGUE[name]
    except KeyError:
        raise UnknownKind(f"{name!r} is not in the catalogue of events") from None


def check(name: str, subject_kind: str | None, detail: Mapping[str, Any]) -> None:
    """Nothing when an event may be like this; raises UnknownKind for a foreign subject or detail, or for typed text."""
    found = kind(name)
    if subject_kind is not None and subject_kind not in found.subjects:
        raise UnknownKind(f"{name} is never about {subject_kind!r}")
    for key, value in detail.items():
        if key not in found.detail:
            raise UnknownKind(f"{name} carries no {key!r}")
        if not (isinstance(value, bool | int) or (isinstance(value, str) and _CODE.fullmatch(value))):
            raise UnknownKind(f"{name}: {key} is a number, yes or no, or a code word, never text")
