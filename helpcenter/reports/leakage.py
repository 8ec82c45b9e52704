"""Articles that people read last before they wrote to support: they promised an answer and did not give it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, String, Subquery, cast, func, or_, select

from helpcenter.core.db import db
from helpcenter.journeys.constants import DEFAULT
from helpcenter.journeys.episode import EpisodeRow
from helpcenter.journeys.event import EVENT
from helpcenter.journeys.history import NO_EPISODE
from helpcenter.reports.scope import Scope
from helpcenter.reports.share import Share

MOST_SHOWN = 10
MOST_READ = 20_000
DECIDED_BY_CONTACT = ("contact_in_window", "contact_after_window", NO_EPISODE)
AROUND = DEFAULT.answer_window
"""An episode that a contact decided ended at most this long before or after it."""


class LastRead(NamedTuple):
    """The article somebody read last before a contact, and the episode that the contact decided."""

    episode_id: int
    person: str | int
    article_id: int


@dataclass(frozen=True)
class Leak:
    """An article, after how many contacts it had been read last, and which part of its readers those writers are."""

    article_id: int
    contacts: int
    people: Share


def leaks(scope: Scope) -> list[Leak]:
    """The articles that most people read last before a related contact within 72 hours; two statements.

    Somebody who wrote twice counts once among `people`.
    """
    found = last_reads(scope)
    contacts = Counter(one.article_id for one in found)
    people: dict[int, set[str | int]] = defaultdict(set)
    for one in found:
        people[one.article_id].add(one.person)
    most = sorted(people, key=lambda article: (-len(people[article]), -contacts[article], article))[:MOST_SHOWN]
    readers = _readers(scope, most)
    # Somebody who read in one browser and wrote from another may be missing among the readers.
    wholes = {one: max(readers.get(one, 0), len(people[one])) for one in most}
    return [Leak(one, contacts[one], Share(len(people[one]), wholes[one])) for one in most]


def last_reads(scope: Scope) -> list[LastRead]:
    """For each of the newest 20,000 contacts of these days what its writer had read last, if it is related to it."""
    contact, seen = _contacts(scope), EVENT.alias("seen")
    rows = db.session.execute(
        select(contact, seen.c.occurred_at.label("seen_at"), seen.c.topic_id.label("about"), seen.c.subject_id)
        .join(seen, or_(seen.c.id == contact.c.in_browser, seen.c.id == contact.c.by_user))
        .order_by(contact.c.id, seen.c.occurred_at, seen.c.id)
    )
    # Of two, the later one comes last and stays.
    return list(_related(rows))


def _related(rows: Iterable[Any]) -> Iterable[LastRead]:
    for row in {row.id: row for row in rows}.values():
        is_related = row.topic_id == row.about or None in (row.topic_id, row.about)
        if is_related and row.written_at - row.seen_at <= DEFAULT.contact_window:
            yield LastRead(row.id, row.user_id or row.visitor_id, row.subject_id)


def _contacts(scope: Scope) -> Subquery:
    begin, end = scope.range.moments
    contact = EVENT.alias("contact")
    return (
        select(
            EpisodeRow.id,
            EpisodeRow.visitor_id,
            EpisodeRow.user_id,
            contact.c.occurred_at.label("written_at"),
            contact.c.topic_id,
            _last_read(contact, "visitor_id").label("in_browser"),
            _last_read(contact, "user_id").label("by_user"),
        )
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
        .subquery()
    )


def _last_read(contact: Any, person: str) -> ScalarSelect[int]:
    seen = EVENT.alias()
    return (
        select(seen.c.id)
        .where(
            seen.c[person] == contact.c[person],
            seen.c.kind == "read",
            seen.c.subject_kind == "article",
            seen.c.excluded_reason.is_(None),
            seen.c.occurred_at <= contact.c.occurred_at,
        )
        .order_by(seen.c.occurred_at.desc(), seen.c.id.desc())
        .limit(1)
        .correlate(contact)
        .scalar_subquery()
    )


def _readers(scope: Scope, articles: Collection[int]) -> Mapping[int, int]:
    begin, end = scope.range.moments
    return readers_between(articles, (begin - DEFAULT.contact_window, end), scope.locale)


def readers_between(articles: Collection[int], moments: tuple[Any, Any], locale: str = "") -> Mapping[int, int]:
    """How many people read each of these articles to the end, from the first moment up to the second."""
    if not articles:
        return {}
    person = func.coalesce("user " + cast(EVENT.c.user_id, String), EVENT.c.visitor_id)
    rows = db.session.execute(
        select(EVENT.c.subject_id, func.count(person.distinct()))
        .where(
            EVENT.c.subject_kind == "article",
            EVENT.c.subject_id.in_(articles),
            EVENT.c.kind == "read",
            EVENT.c.occurred_at >= moments[0],
            EVENT.c.occurred_at < moments[1],
            EVENT.c.excluded_reason.is_(None),
            *([EVENT.c.locale == locale] if locale else []),
        )
        .group_by(EVENT.c.subject_id)
    )
    return dict(rows.all())
