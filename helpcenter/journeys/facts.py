"""What others did that a person's episodes rest on: answers, acceptances, the course of conversations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from helpcenter.journeys.act import Act
from helpcenter.journeys.person import Person

Subject = str | None
"""What an act is about, as `answer:3`."""


class Facts:
    """Made from the acts of everybody concerned, whether they count as a customer's or not."""

    def __init__(self, people: dict[Person, list[Act]], nobodys: Iterable[Act]) -> None:
        self.answers: dict[Subject, Act] = {}
        self.answers_to: dict[Subject, list[Act]] = defaultdict(list)
        self.author_of: dict[Subject, Person | None] = {}
        self._asked: dict[Subject, tuple[Person | None, datetime]] = {}
        self._accepted: dict[Subject, list[Act]] = defaultdict(list)
        self._courses: dict[Subject, list[Act]] = defaultdict(list)
        self._voidings: dict[Subject, list[Act]] = defaultdict(list)
        for person, acts in people.items():
            for act in acts:
                self._learn(act, person)
        for act in nobodys:
            self._learn(act, None)
        for acts in (*self._accepted.values(), *self._courses.values()):
            acts.sort(key=lambda act: act.order)

    def _learn(self, act: Act, person: Person | None) -> None:
        if act.kind == "answered":
            self.answers[act.subject] = act
            self.answers_to[act.question].append(act)
            self.author_of[act.subject] = person
        elif act.kind == "asked":
            self._asked[act.subject] = (person, act.at)
        elif act.kind in ("accepted", "acceptance_withdrawn"):
            self._accepted[act.question].append(act)
        elif act.kind in ("conversation_closed", "conversation_reopened"):
            self._courses[act.subject].append(act)
        elif act.kind == "contact_voided":
            self._voidings[act.subject].append(act)

    def question_of(self, act: Act) -> str:
        """The question an act is about, also where it names only one of its answers; '' without."""
        answer = self.answers.get(act.subject)
        return act.question or (answer.question if answer else "")

    def has_asked(self, person: Person, question: str) -> bool:
        """Whether this person posted the question."""
        return question in self._asked and self._asked[question][0] == person

    def asked_at(self, question: str) -> datetime | None:
        """When the question was posted; None where that is not known."""
        return self._asked[question][1] if question in self._asked else None

    def is_void(self, contact: Act) -> bool:
        """Whether a contact was spam or said twice. Taking its conversation up again says that it was none of these."""
        course = self._courses.get(contact.subject, ())
        reopened = [act.at for act in course if act.kind == "conversation_reopened"]
        voided = max((act.at for act in self._voidings.get(contact.subject, ())), default=None)
        said = contact.detail.get("spam") or contact.detail.get("duplicate")
        return bool(said) or (voided is not None and not any(at > voided for at in reopened))

    def is_closed(self, conversation: str, at: datetime) -> bool:
        """Whether the conversation had ended by then."""
        course = [act for act in self._courses.get(conversation, ()) if act.at <= at]
        return bool(course) and course[-1].kind == "conversation_closed"

    def acceptances(self, question: Subject) -> Sequence[Act]:
        """Acceptances of this question's answers that were not taken back, in order: the last one is its solution."""
        standing: list[Act] = []
        for act in self._accepted.get(question, ()):
            standing = [one for one in standing if one.subject != act.subject]
            if act.kind == "accepted":
                standing.append(act)
        return standing

    def was_withdrawn(self, accepted: Act) -> bool:
        """Whether this acceptance was taken back; that somebody accepts the answer later does not give it again."""
        later = (act for act in self._accepted.get(self.question_of(accepted), ()) if act.order > accepted.order)
        return any(act.kind == "acceptance_withdrawn" and act.subject == accepted.subject for act in later)

    def is_staffs(self, answer: Subject) -> bool:
        """Whether staff wrote the answer, as of the day it was written."""
        written = self.answers.get(answer)
        return bool(written and written.detail.get("staff"))
