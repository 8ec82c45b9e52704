"""From what people did to the conversations that did not need to happen.

Pure rules: no database, no clock. `judge` takes acts and a moment and gives the episodes as they stand at that moment;
the same acts give the same episodes in whatever order they come. An episode is one would-be conversation of one person.
It is decided by evidence, never by silence, and credited once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from helpcenter.journeys.act import Act, Name
from helpcenter.journeys.catalogue import CATALOGUE
from helpcenter.journeys.constants import DEFAULT, Constants
from helpcenter.journeys.double_click import without_double_clicks
from helpcenter.journeys.evidence import ASSUMED, CONFIRMED, PARTICIPATED, Evidence, Witness, is_explicit
from helpcenter.journeys.facts import Facts
from helpcenter.journeys.person import Person, by_person

INELIGIBLE, CONTACTED, PENDING, REVOKED, UNRESOLVED = "ineligible", "contacted", "pending", "revoked", "unresolved"
STATES = (INELIGIBLE, CONTACTED, PENDING, REVOKED, CONFIRMED, PARTICIPATED, ASSUMED, UNRESOLVED)
DEFLECTED = (CONFIRMED, PARTICIPATED)
ALL_WINDOWS_OVER = datetime.max.replace(tzinfo=UTC)
ANSWERED_LATER = frozenset({"asked", "workshop_attended"})
ANSWERS_EARLIER = frozenset({"accepted", "acceptance_withdrawn", "answer_seen", "voted", "not_solved"})


@dataclass(frozen=True)
class Episode:
    """`ends_at` is te: the time of the credited evidence, or of the last act without any.

    `rule` names what decided the state and `because` the act it rests on; `contact` the contact that made it contacted
    or revoked. `tier` is that of the evidence, also where a contact undid it; `credited` the act that carries it.
    """

    person: Person
    acts: tuple[Act, ...]
    ends_at: datetime
    state: str
    rule: str
    because: Act
    credited: Act | None = None
    tier: str | None = None
    contact: Act | None = None
    assists: tuple[str, ...] = ()
    entry_channel: str | None = None

    @property
    def opened_by(self) -> Act:
        """The first help-seeking act or explicit evidence; it tells episodes apart."""
        return self.acts[0]

    @property
    def opened_at(self) -> datetime:
        """t0."""
        return self.opened_by.at

    @property
    def channel(self) -> str | None:
        """The one channel that is credited; None without evidence."""
        return self.credited.place if self.credited else None

    @property
    def topic(self) -> Name | None:
        """The root topic of what is credited, else of the first act that has one."""
        named = (act.topic for act in (self.credited, *self.acts) if act)
        return next((topic for topic in named if topic is not None), None)

    @property
    def is_deflected(self) -> bool:
        """Whether it is part of the headline."""
        return self.state in DEFLECTED


@dataclass(frozen=True)
class Judgement:
    """Episodes by the time they opened, and contacts that none of them needed: `direct`."""

    episodes: tuple[Episode, ...]
    direct: tuple[tuple[Person, Act], ...]


def judge(
    acts: Iterable[Act],
    until: datetime = ALL_WINDOWS_OVER,
    constants: Constants = DEFAULT,
    only: Collection[Person] | None = None,
) -> Judgement:
    """Every episode as of `until`, from the acts recorded by then; `only` those of these people, if given."""
    known = without_double_clicks((act for act in acts if act.recorded_at <= until), constants.double_click)
    people = by_person(known)
    facts = Facts(people, (act for act in known if act.user is None and act.visitor is None))
    episodes: list[Episode] = []
    direct: list[tuple[Person, Act]] = []
    for person, theirs in people.items():
        if only is not None and person not in only:
            continue
        found = _Case(person, theirs, facts, until, constants).episodes()
        episodes += found
        needed = {one.contact.subject or one.contact.id for one in found if one.contact}
        contacts = {act.subject or act.id: act for act in reversed(theirs) if _is_contact(act, facts)}
        direct += [(person, contact) for key, contact in contacts.items() if key not in needed]
    return Judgement(
        tuple(sorted(episodes, key=lambda one: (one.opened_at, str(one.person.name), one.opened_by.order))),
        tuple(sorted(direct, key=lambda one: one[1].order)),
    )


@dataclass
class _Open:
    """An episode being filled: every act of the person in [t0, t0 + span), and what answers one of them later."""

    acts: list[Act] = field(default_factory=list)


class _Case:
    """The acts of one person, judged."""

    def __init__(
        self, person: Person, acts: Sequence[Act], facts: Facts, until: datetime, constants: Constants
    ) -> None:
        self._person, self._facts, self._until, self._constants = person, facts, until, constants
        self._counted = [act for act in acts if act.excluded is None]
        self._excluded = [act for act in acts if act.excluded is not None]
        self._contacts = [act for act in self._counted if _is_contact(act, facts)]
        self._witness = Witness(person, self._counted, facts, constants)

    def episodes(self) -> list[Episode]:
        """The person's episodes; acts that do not count make one only where no other stands."""
        counted = self._grouped(self._counted)
        spans = [(one.acts[0].at, one.acts[0].at + self._constants.episode_span) for one in counted]
        alone = [act for act in self._excluded if not any(start <= act.at < end for start, end in spans)]
        ineligible = [self._ineligible(one.acts, "only_excluded") for one in self._grouped(alone)]
        return [self._judged(sorted(one.acts, key=lambda act: act.order)) for one in counted] + ineligible

    def _grouped(self, acts: Sequence[Act]) -> list[_Open]:
        groups: list[_Open] = []
        of_act: dict[int, _Open] = {}
        answering: list[tuple[Act, int]] = []
        answerable: dict[tuple[str, str | None], list[Act]] = defaultdict(list)
        for act in acts:
            if act.kind in ANSWERED_LATER:
                answerable[act.kind, act.subject].append(act)
        for act in acts:
            if (earlier := self._answers(act, answerable)) is not None:
                answering.append((act, earlier.id))
                continue
            is_open = groups and act.at < groups[-1].acts[0].at + self._constants.episode_span
            if not is_open and not _opens(act):
                continue
            if not is_open:
                groups.append(_Open())
            groups[-1].acts.append(act)
            of_act[act.id] = groups[-1]
        for act, earlier_id in answering:
            of_act[earlier_id].acts.append(act)
        return groups

    def _answers(self, act: Act, acts: Mapping[tuple[str, str | None], Sequence[Act]]) -> Act | None:
        """The earlier act of this person that this one is the outcome of: their question, a workshop they attended."""
        if act.kind == "workshop_solved":
            kind, subject = "workshop_attended", act.subject
        elif act.kind in ANSWERS_EARLIER:
            kind, subject = "asked", self._facts.question_of(act)
        else:
            return None
        earlier = [one for one in acts.get((kind, subject), ()) if one.at <= act.at]
        return earlier[-1] if earlier else None

    def _judged(self, acts: Sequence[Act]) -> Episode:
        evidence = self._evidence(acts)
        best = max(evidence, key=lambda one: one.weight, default=None)
        if best is None and not any(act.observable for act in acts):
            return self._ineligible(acts, "unobservable")
        ends_at = best.act.at if best else self._silent_end(acts)
        state, rule, because, contact = self._state(acts, best, ends_at)
        places = {one.act.place for one in evidence} - {best.act.place if best else None, None}
        seeking = next((act for act in acts if CATALOGUE[act.kind].is_help_seeking), None)
        return Episode(
            self._person,
            tuple(acts),
            ends_at,
            state,
            rule,
            because,
            best.act if best else None,
            best.tier if best else None,
            contact,
            tuple(sorted(str(place) for place in places)),
            seeking.place if seeking else None,
        )

    def _state(self, acts: Sequence[Act], best: Evidence | None, ends_at: datetime) -> tuple[str, str, Act, Act | None]:
        """State, the rule that decided, the act it rests on, and the contact if one did. The first match wins."""
        opened_at, settled_at = acts[0].at, ends_at + self._constants.contact_window
        if before := self._open_conversation(opened_at):
            return CONTACTED, "conversation_was_open", before, before
        if accepted := self._staff_acceptance(acts):
            return CONTACTED, "staff_answer_accepted", accepted, None
        if best and best.tier == PARTICIPATED and (answer := self._staff_answer_before(best.act)):
            return CONTACTED, "staff_answered_first", answer, None
        for contact in self._contacts:
            decides = best is None or best.tier != CONFIRMED or _related(contact, best)
            if decides and opened_at <= contact.at <= settled_at:
                return CONTACTED, "contact_in_window", contact, contact
        because = best.act if best else acts[-1]
        if self._until < settled_at:
            return PENDING, "window_open", because, None
        if best is None:
            return UNRESOLVED, "no_evidence", because, None
        for contact in self._contacts:
            is_late = settled_at < contact.at <= ends_at + self._constants.revocation_window
            if is_late and _related(contact, best):
                return REVOKED, "contact_after_window", contact, contact
        return best.tier, best.act.kind, best.act, None

    def _evidence(self, acts: Sequence[Act]) -> list[Evidence]:
        found = (self._witness.of(act, acts[:place], acts[place + 1 :]) for place, act in enumerate(acts))
        return [one for one in found if one]

    def _silent_end(self, acts: Sequence[Act]) -> datetime:
        """The last act; for a question nobody answered usefully, so late that every answer in time is waited for."""
        waiting = self._constants.answer_window - self._constants.contact_window
        unanswered = [
            act.at + waiting
            for act in acts
            if act.kind == "asked"
            and not any(self._witness.is_peer_answer(one.subject) for one in self._facts.answers_to[act.subject])
        ]
        return max(unanswered, default=acts[-1].at)

    def _open_conversation(self, at: datetime) -> Act | None:
        for contact in self._contacts:
            if contact.subject and contact.at < at and not self._facts.is_closed(contact.subject, at):
                return contact
        return None

    def _staff_acceptance(self, acts: Sequence[Act]) -> Act | None:
        for asked in acts:
            standing = self._facts.acceptances(asked.subject) if asked.kind == "asked" else ()
            if standing and self._facts.is_staffs(standing[-1].subject):
                return standing[-1]
        return None

    def _staff_answer_before(self, seen: Act) -> Act | None:
        answers = self._facts.answers_to.get(self._facts.question_of(seen), ())
        return next((one for one in answers if one.detail.get("staff") and one.at < seen.at), None)

    def _ineligible(self, acts: Sequence[Act], rule: str) -> Episode:
        return Episode(self._person, tuple(acts), acts[-1].at, INELIGIBLE, rule, acts[0])


def _opens(act: Act) -> bool:
    return CATALOGUE[act.kind].is_help_seeking or is_explicit(act)


def _is_contact(act: Act, facts: Facts) -> bool:
    return act.kind == "contacted" and act.excluded is None and not facts.is_void(act)


def _related(contact: Act, best: Evidence) -> bool:
    """The same root topic, or either unknown."""
    topics = {contact.topic, best.act.topic}
    return None in topics or len(topics) == 1
