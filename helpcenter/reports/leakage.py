"""Articles that people read last before they wrote to support: they promised an answer and did not give it.

Persons are those of the episodes: whoever read on a phone, wrote from a laptop and signed in on the phone afterwards
is one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, or_, select

from helpcenter.core.db import db
from helpcenter.journeys.constants import DEFAULT
from helpcenter.journeys.episode import EpisodeRow
from helpcenter.journeys.event import EVENT
from helpcenter.journeys.history import NO_EPISODE
from helpcenter.journeys.identity import Identities, is_counted
from helpcenter.journeys.person import Person
from helpcenter.reports.readers import Moments, last_reads_of, reads_between
from helpcenter.reports.scope import Scope
from helpcenter.reports.share import Share

MOST_SHOWN = 10
MOST_READ = 20_000
DECIDED_BY_CONTACT = ("contact_in_window", "contact_after_window", NO_EPISODE)
AROUND = DEFAULT.answer_window
"""An episode that a contact decided ended at most this long before or after it."""


class LastRead(NamedTuple):
    """The article somebody read last before a contact, the event of that, and the episode that the contact decided."""

    episode_id: int
    person: Person
    article_id: int
    read_id: int
    read_at: datetime


@dataclass(frozen=True)
class Leak:
    """An article, after how many contacts it had been read last, and which part of its readers those writers are."""

    article_id: int
    contacts: int
    people: Share


@dataclass(frozen=True)
class Reader:
    """Somebody who read an article to the end, under the id of that event, and whether they then wrote to support."""

    id: int
    at: datetime
    person: Person
    article_id: int
    has_written: bool

    def is_in(self, part: str) -> bool:
        """Whether they are among those who `wrote`; '' is everybody."""
        return not part or self.has_written


def leaks(scope: Scope, who: Identities) -> list[Leak]:
    """The articles that most people read last before a related contact within 72 hours; three statements.

    Somebody who wrote twice counts once among `people`.
    """
    found = last_reads(scope, who)
    contacts = Counter(one.article_id for one in found)
    people: dict[int, set[Person]] = defaultdict(set)
    for one in found:
        people[one.article_id].add(one.person)
    most = sorted(people, key=lambda article: (-len(people[article]), -contacts[article], article))[:MOST_SHOWN]
    readers = _readers(most, scope, who)
    # Whoever read it in another language than the report is about is no reader here, but among those who wrote.
    return [Leak(one, contacts[one], Share(len(people[one]), len(readers[one].keys() | people[one]))) for one in most]


def readers_of(article_id: int, scope: Scope, who: Identities) -> list[Reader]:
    """The people of whom a Leak tells a share: each with their last read, or the last one before they wrote."""
    readers = _readers([article_id], scope, who)[article_id]
    found = {person: Reader(row.id, row.occurred_at, person, article_id, False) for person, row in readers.items()}
    for one in last_reads(scope, who):
        if one.article_id == article_id:
            found[one.person] = Reader(one.read_id, one.read_at, one.person, article_id, True)
    return sorted(found.values(), key=lambda one: (one.at, one.id))


def _readers(articles: Collection[int], scope: Scope, who: Identities) -> Mapping[int, Mapping[Person, Any]]:
    begin, end = scope.range.moments
    return last_reads_of(articles, (begin - DEFAULT.contact_window, end), scope.locale, who)


def last_reads(scope: Scope, who: Identities) -> list[LastRead]:
    """For each of the newest 20,000 contacts of these days what its writer had read last, if it is related to it."""
    contacts = _contacts(scope)
    reads = _reads(contacts, scope.range.moments, who)
    found = []
    for row in db.session.execute(contacts.order_by(EpisodeRow.id)):
        person = who.user(row.user_id) if row.user_id is not None else Person(row.visitor_id, is_user=False)
        theirs = reads.get(person, [])
        place = bisect_right(theirs, row.written_at, key=lambda one: one.occurred_at)
        last = theirs[place - 1] if place else None
        if last and _is_related(last, row):
            found.append(LastRead(row.id, person, last.subject_id, last.id, last.occurred_at))
    return found


def _is_related(read: Any, contact: Any) -> bool:
    is_related = read.topic_id == contact.topic_id or None in (read.topic_id, contact.topic_id)
    return is_related and bool(contact.written_at - read.occurred_at <= DEFAULT.contact_window)


def _contacts(scope: Scope) -> Select[Any]:
    begin, end = scope.range.moments
    contact = EVENT.alias("contact")
    newest = (
        select(EpisodeRow.id)
        .join(contact, contact.c.id == EpisodeRow.because_id)
        .where(
            EpisodeRow.rule.in_(DECIDED_BY_CONTACT),
            EpisodeRow.counted_day.between(scope.range.first - AROUND, scope.range.last + AROUND),
            contact.c.occurred_at >= begin,
            contact.c.occurred_at < end,
            *([EpisodeRow.locale == scope.locale] if scope.locale else []),
            *([EpisodeRow.topic_id == scope.topic_id] if scope.topic_id else []),
        )
        .order_by(EpisodeRow.id.desc())
        .limit(MOST_READ)
    )
    return (
        select(
            EpisodeRow.id,
            EpisodeRow.visitor_id,
            EpisodeRow.user_id,
            contact.c.occurred_at.label("written_at"),
            contact.c.topic_id,
        )
        .join(contact, contact.c.id == EpisodeRow.because_id)
        .where(EpisodeRow.id.in_(newest))
    )


def _reads(contacts: Select[Any], moments: Moments, who: Identities) -> Mapping[Person, list[Any]]:
    """What the writers of these contacts read to the end, each in the order of time."""
    writer, sign_in, merge = contacts.subquery(), EVENT.alias(), EVENT.alias()
    users = select(writer.c.user_id).union(select(merge.c.user_id).where(merge.c.kind == "accounts_merged"))
    browsers = select(sign_in.c.visitor_id).where(sign_in.c.kind == "signed_in", sign_in.c.user_id.in_(users))
    is_theirs = or_(
        EVENT.c.user_id.in_(users),
        EVENT.c.visitor_id.in_(select(writer.c.visitor_id)),
        EVENT.c.visitor_id.in_(browsers),
    )
    begin, end = moments
    found: dict[Person, list[Any]] = defaultdict(list)
    for row in db.session.execute(reads_between((begin - DEFAULT.contact_window, end)).where(is_theirs)):
        person = who.person(row)
        if person and is_counted(row):
            found[person].append(row)
    return found
