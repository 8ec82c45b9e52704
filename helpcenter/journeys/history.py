"""How episodes came to stand as they do: what changed when, and what had been published by then.

Judging at every moment at which something was recorded or a window closed gives the same history whenever it is made,
in one go or piece by piece. That is why settling as time passes and rebuilding from nothing leave the same tables.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from helpcenter.journeys.act import Act, Name
from helpcenter.journeys.calendar import Calendar
from helpcenter.journeys.constants import DEFAULT, Constants
from helpcenter.journeys.deflection import PENDING, Episode, Judgement, judge
from helpcenter.journeys.person import Person

NEVER = datetime.max.replace(tzinfo=UTC)
BEGINNING = datetime.min.replace(tzinfo=UTC)
EPISODE, DIRECT = "episode", "direct"
NO_EPISODE = "no_episode"
"""The rule of a direct contact."""
Key = tuple[str, int]
"""`episode` and the id of the act that opened it; `direct` and the id of a contact that no episode needed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a day counts of an episode, or of a contact without one: `ends_at` says which day.

    `credited` is the subject of the credited evidence, as `article:12`, and `visit` the visit that holds it.
    """

    state: str
    ends_at: datetime
    channel: str | None
    locale: str
    topic: Name | None
    rule: str
    because: int
    credited: str | None = None
    visit: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """What a day keeps saying, frozen at that moment."""

    at: datetime
    day: date
    state: str
    channel: str | None
    locale: str
    topic: Name | None
    credited: str | None
    visit: str | None


@dataclass(frozen=True, slots=True)
class Transition:
    """`before` is None where it begins, `after` where it is gone: joined to another, or no contact after all."""

    key: Key
    at: datetime
    before: str | None
    after: str | None
    rule: str | None
    because: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How an episode, or a contact without one, stands; exactly one of the two is given."""

    key: Key
    person: Person
    outcome: Outcome
    episode: Episode | None = None
    contact: Act | None = None


@dataclass
class History:
    """Where everything stands, what frozen days say of it, and how it got there.

    `gone` is how something that a frozen day counts stood last. `late` came to belong to a day that was frozen without
    it, so that no day counts it unless it moves on to one that is open. `next_at` tells when time alone will change an
    item: its window closes, or its day freezes.
    """

    standing: dict[Key, Standing] = field(default_factory=dict)
    gone: dict[Key, Standing] = field(default_factory=dict)
    late: set[Key] = field(default_factory=set)
    published: dict[Key, Published] = field(default_factory=dict)
    transitions: list[Transition] = field(default_factory=list)
    next_at: dict[Key, datetime] = field(default_factory=dict)


def replay(
    acts: Iterable[Act],
    until: datetime,
    calendar: Calendar,
    *,
    since: datetime = BEGINNING,
    published: Mapping[Key, Published] | None = None,
    constants: Constants = DEFAULT,
    only: Collection[Person] | None = None,
) -> History:
    """The history in (since, until] of people whose acts are all here; `published` is what was frozen by `since`.

    With `only`, of these people: the acts of others are there because theirs rest on them.
    """
    return _Replay(acts, calendar, constants, dict(published or {}), only).run(since, until)


class _Replay:
    """The acts in the order of their recording, and the history as far as it is told."""

    def __init__(
        self,
        acts: Iterable[Act],
        calendar: Calendar,
        constants: Constants,
        published: dict[Key, Published],
        only: Collection[Person] | None,
    ) -> None:
        self._acts = sorted(acts, key=lambda act: act.recorded_at)
        self._place = 0
        self._calendar, self._constants, self._only = calendar, constants, only
        self._history = History(published=published)

    def run(self, since: datetime, until: datetime) -> History:
        history = self._history
        if since > BEGINNING:
            self._judge(since)
            history.transitions.clear()
        while True:
            arriving = self._acts[self._place].recorded_at if self._place < len(self._acts) else NEVER
            now = min(arriving, min(history.next_at.values(), default=NEVER))
            if now > until or now == NEVER:
                return history
            if arriving <= now or any(self._settles_at(one) <= now for one in history.standing.values()):
                self._judge(now)
            else:
                self._date(now)

    def _judge(self, now: datetime) -> None:
        while self._place < len(self._acts) and self._acts[self._place].recorded_at <= now:
            self._place += 1
        found = _standing(judge(self._acts[: self._place], now, self._constants, self._only))
        before = self._history.standing
        self._history.standing = found
        lost = {key: one for key, one in before.items() if key not in found}
        for key in (*found, *lost):
            self._note(before.get(key), found.get(key), now)
        gone = {**self._history.gone, **lost}
        self._history.gone = {
            key: one for key, one in gone.items() if key in self._history.published and key not in found
        }
        self._date(now)

    def _note(self, before: Standing | None, after: Standing | None, now: datetime) -> None:
        was = before.outcome.state if before else None
        state = after.outcome.state if after else None
        if was == state:
            return
        why = (after.outcome.rule, after.outcome.because) if after else (None, None)
        key = after.key if after else before.key  # type: ignore[union-attr]
        self._history.transitions.append(Transition(key, now, was, state, *why))

    def _date(self, now: datetime) -> None:
        """Freeze what is due, and find out when to look again."""
        history = self._history
        history.next_at, history.late = {}, set()
        for key, one in history.standing.items():
            ends_at, next_at = one.outcome.ends_at, self._settles_at(one)
            if key not in history.published:
                freezes_at = self._calendar.frozen_at(ends_at)
                if freezes_at == now:
                    history.published[key] = self._publish(one.outcome, freezes_at)
                elif freezes_at < now:
                    history.late.add(key)
                else:
                    next_at = min(next_at, freezes_at)
            if next_at != NEVER:
                history.next_at[key] = next_at

    def _publish(self, outcome: Outcome, at: datetime) -> Published:
        day = self._calendar.day(outcome.ends_at)
        credit = (outcome.credited, outcome.visit)
        return Published(at, day, outcome.state, outcome.channel, outcome.locale, outcome.topic, *credit)

    def _settles_at(self, one: Standing) -> datetime:
        return one.outcome.ends_at + self._constants.contact_window if one.outcome.state == PENDING else NEVER


def _standing(judgement: Judgement) -> dict[Key, Standing]:
    found: dict[Key, Standing] = {}
    for episode in judgement.episodes:
        key = (EPISODE, episode.opened_by.id)
        found[key] = Standing(key, episode.person, _outcome(episode), episode=episode)
    for person, contact in judgement.direct:
        key = (DIRECT, contact.id)
        outcome = Outcome(DIRECT, contact.at, None, contact.locale, contact.topic, NO_EPISODE, contact.id)
        found[key] = Standing(key, person, outcome, contact=contact)
    return found


def _outcome(one: Episode) -> Outcome:
    locale = one.credited.locale if one.credited else one.opened_by.locale
    credit = (one.credited.subject, one.credited.visit) if one.credited else ()
    return Outcome(one.state, one.ends_at, one.channel, locale, one.topic, one.rule, one.because.id, *credit)
