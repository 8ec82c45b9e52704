"""What shows that a doubt was resolved, and how well it shows it.

A person says so (confirmed), takes part in something that answers (participated), or reads and goes (assumed). Whatever
the same person later calls not helpful is no evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from helpcenter.journeys.act import Act
from helpcenter.journeys.constants import Constants
from helpcenter.journeys.facts import Facts
from helpcenter.journeys.person import Person

CONFIRMED, PARTICIPATED, ASSUMED = "confirmed", "participated", "assumed"
TIERS = (ASSUMED, PARTICIPATED, CONFIRMED)
SAYS_SO = frozenset({"voted", "suggestion_solved", "solved_for_me", "workshop_solved"})
LEADS_TO_READING = frozenset({"searched", "help_opened", "contact_opened"})
ATTENDED_AT_LEAST_MINUTES = 15
ATTENDED_AT_LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """One act and what it shows. Ordered by tier, then time; what is equal in both by kind and subject."""

    tier: str
    act: Act

    @property
    def weight(self) -> tuple[int, datetime, str, str]:
        """The greatest of an episode is credited."""
        return TIERS.index(self.tier), self.act.at, self.act.kind, self.act.subject or ""


def is_explicit(act: Act) -> bool:
    """Whether a person says with this act, by itself, that something resolved their doubt."""
    return act.kind in SAYS_SO and (act.kind != "voted" or act.detail.get("helpful") is True)


class Witness:
    """Tells what the acts of one person are evidence of."""

    def __init__(self, person: Person, acts: Sequence[Act], facts: Facts, constants: Constants) -> None:
        self._person = person
        self._facts = facts
        self._answer_window: timedelta = constants.answer_window
        self._refusals = [act for act in acts if _is_refusal(act)]

    def of(self, act: Act, before: Sequence[Act], after: Sequence[Act]) -> Evidence | None:
        """The evidence of an act amid the others of its episode; None when it shows nothing, or was taken back."""
        tier = self._tier(act, before, after)
        if tier is None or self._is_taken_back(act):
            return None
        if not act.observable and tier != CONFIRMED:
            return None
        return Evidence(tier, act)

    def _tier(self, act: Act, before: Sequence[Act], after: Sequence[Act]) -> str | None:
        match act.kind:
            case "voted":
                return CONFIRMED if act.detail.get("helpful") is True and self._is_anothers(act) else None
            case "suggestion_solved" | "workshop_solved":
                return CONFIRMED
            case "solved_for_me":
                return None if self._facts.has_asked(self._person, act.question) else CONFIRMED
            case "accepted":
                return CONFIRMED if self._is_asker_of(act) and self.is_peer_answer(act.subject, act.question) else None
            case "answer_seen":
                return (
                    PARTICIPATED if self._is_asker_of(act) and self.is_peer_answer(act.subject, act.question) else None
                )
            case "workshop_attended":
                return PARTICIPATED if _stayed(act) else None
            case "read":
                return ASSUMED if any(one.kind in LEADS_TO_READING for one in before) else None
            case "suggestion_opened":
                posted = act.detail.get("form") == "ask" and any(one.kind == "asked" for one in after)
                return None if posted else ASSUMED
        return None

    def is_peer_answer(self, answer: str | None, question: str = "") -> bool:
        """Whether somebody else who is not staff gave the answer while it could still count for the asker.

        `question`: the one it stands under, where it moved there from the one it was given to.
        """
        written = self._facts.answers.get(answer)
        if written is None or written.detail.get("staff") or self._facts.author_of.get(answer) == self._person:
            return False
        asked_at = self._facts.asked_at(question or written.question)
        return asked_at is not None and written.at <= asked_at + self._answer_window

    def _is_anothers(self, vote: Act) -> bool:
        if self._facts.author_of.get(vote.subject) == self._person:
            return False
        # Whoever asked was answered by a person where staff answered: that is a conversation, not a deflection.
        return not self._is_asker_of(vote) or self.is_peer_answer(vote.subject)

    def _is_asker_of(self, act: Act) -> bool:
        return self._facts.has_asked(self._person, self._facts.question_of(act))

    def _is_taken_back(self, act: Act) -> bool:
        return any(no.at >= act.at and self._refuses(no, act) for no in self._refusals) or (
            act.kind == "accepted" and self._facts.was_withdrawn(act)
        )

    def _refuses(self, no: Act, act: Act) -> bool:
        if no.kind == "vote_withdrawn":
            return act.kind == "voted" and no.subject == act.subject
        if no.kind == "not_solved":
            return self._facts.question_of(act) == no.question
        return no.subject == act.subject


def _is_refusal(act: Act) -> bool:
    return act.kind in ("vote_withdrawn", "not_solved") or (act.kind == "voted" and act.detail.get("helpful") is False)


def _stayed(attended: Act) -> bool:
    minutes, length = attended.detail.get("minutes", 0), attended.detail.get("of")
    enough = ATTENDED_AT_LEAST_MINUTES
    return bool(minutes >= (min(enough, ATTENDED_AT_LEAST_SHARE * length) if length else enough))
