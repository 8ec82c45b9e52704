"""Lets some readers of the demo write to support after they searched or read in vain, and Sam answer in office hours.

Every act goes through the verbs of the real product, each at its moment. Letters of months ago are not sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from helpcenter.accounts import user
from helpcenter.core import clock, site, subjects
from helpcenter.core.db import begin_write, db
from helpcenter.demo import people, sentences
from helpcenter.demo.sentences import Said
from helpcenter.journeys import recorder, visitor
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.event import EVENT
from helpcenter.journeys.search_query import SearchQuery
from helpcenter.support import conversation
from helpcenter.support.conversation import Conversation
from helpcenter.support.status import Ending

ASKS_AFTER = {"searched": 0.3, "voted": 0.3, "step_stuck": 0.4}
STRAIGHT_A_DAY = 0.25
STILL_WAITING = timedelta(hours=7)
"""Whoever wrote within this time has not been answered yet."""
GIVEN_UP = timedelta(days=6)
"""A reply that nobody reacts to for so long closes the conversation."""


TYPING = timedelta(minutes=2)
"""So long the form is open before it is sent."""


@dataclass(frozen=True)
class Cause:
    """What somebody did in vain before they wrote. `item` comes along; `about` is the search, or the title."""

    at: datetime
    visitor_id: str
    locale: str
    kind: str = ""
    item: str = ""
    about: str = ""
    topic_id: int | None = None


@dataclass
class Story:
    """One conversation: what is said first, then each verb with its words at its moment; `by` is 'us' or 'them'."""

    cause: Cause
    at: datetime
    said: Said
    is_urgent: bool = False
    writer_id: int | None = None
    name: str = ""
    acts: list[tuple[datetime, str, str, tuple[Any, ...]]] = field(default_factory=list)


def hold(start: datetime, now: datetime, seed: int = 11) -> int:
    """Hold every conversation from `start` until `now`; how many there are. Commits once for each."""
    dice = Random(seed)  # nosec B311  # noqa: S311 - a demo, not a secret
    stories = [*_after_trying(dice, now), *_straight(dice, start, now), *_urgent(dice, start, now), _bens(dice, now)]
    stories.sort(key=lambda story: story.at)
    for story in stories:
        if not story.acts:
            _continue(dice, story, now)
    _take_up_again(stories, now)
    for story in stories:
        _hold(story, now)
    return len(stories)


def _causes() -> Iterator[Cause]:
    """What readers did in vain, in the order of time."""
    rows = db.session.execute(
        select(
            EVENT.c.occurred_at,
            EVENT.c.visitor_id,
            EVENT.c.locale,
            EVENT.c.kind,
            EVENT.c.subject_id,
            EVENT.c.topic_id,
            EVENT.c.detail,
            SearchQuery.typed,
        )
        .outerjoin(SearchQuery, SearchQuery.event_id == EVENT.c.id)
        .where(EVENT.c.kind.in_(ASKS_AFTER), EVENT.c.visitor_id.is_not(None))
        .order_by(EVENT.c.occurred_at, EVENT.c.id)
    ).all()
    article = subjects.subject("article")
    titles = {
        locale: article.titles([row.subject_id for row in rows if row.subject_id and row.locale == locale], locale)
        for locale in sentences.NAMES
    }
    for row in rows:
        at, locale = row.occurred_at + timedelta(minutes=3), row.locale
        if row.kind == "searched" and row.detail.get("results") == 0 and row.typed:
            yield Cause(at, row.visitor_id, locale, row.kind, f"search:{row.typed}", row.typed)
        elif row.kind != "searched" and not row.detail.get("helpful") and row.subject_id in titles.get(locale, {}):
            title = titles[locale][row.subject_id]
            yield Cause(at, row.visitor_id, locale, row.kind, f"article:{row.subject_id}", title, row.topic_id)


def _after_trying(dice: Random, now: datetime) -> Iterator[Story]:
    written: set[str] = set()
    for cause in _causes():
        if cause.at < now and cause.visitor_id not in written and dice.random() < ASKS_AFTER[cause.kind]:
            written.add(cause.visitor_id)
            bank = sentences.AFTER_SEARCH if cause.kind == "searched" else sentences.AFTER_ARTICLE
            yield _story(dice, cause, dice.choice(bank[cause.locale]))


def _straight(dice: Random, start: datetime, now: datetime) -> Iterator[Story]:
    for day in range((now - start).days):
        if dice.random() < STRAIGHT_A_DAY:
            at = start + timedelta(days=day, hours=7 + 11 * dice.random())
            locale = dice.choices(tuple(sentences.STRAIGHT), (6, 2, 1, 1))[0]
            yield _story(dice, Cause(at, visitor.new_id(), locale), dice.choice(sentences.STRAIGHT[locale]))
    for hours in (1.2, 3.5):
        at = now - timedelta(hours=hours)
        yield _story(dice, Cause(at, visitor.new_id(), "en"), dice.choice(sentences.STRAIGHT["en"]))


def _urgent(dice: Random, start: datetime, now: datetime) -> Iterator[Story]:
    past, present = sentences.URGENT
    for at, said in ((start + (now - start) * 0.6, past), (now - timedelta(minutes=26), present)):
        story = _story(dice, Cause(at, visitor.new_id(), "en"), said)
        story.is_urgent = True
        yield story


def _bens(dice: Random, now: datetime) -> Story:
    """One of somebody whom one can sign in as, so that *my conversations* has something to show: it waits for Ben."""
    writer, at = user.by_email(people.PEOPLE[2].email), now - timedelta(days=5)
    said = ("Can I follow an article?\n\nI would like to hear of it when it changes.", "Not yet, but we are at it.")
    story = Story(Cause(at, visitor.new_id(), "en"), at, said, writer_id=writer.id if writer else None, name="Ben")
    story.acts.append((_answered_at(dice, at), "us", "reply", (said[1],)))
    return story


def _story(dice: Random, cause: Cause, said: Said) -> Story:
    about = {"about": cause.about}
    return Story(cause, cause.at, (said[0] % about, said[1] % about), name=dice.choice(sentences.NAMES[cause.locale]))


def _continue(dice: Random, story: Story, now: datetime) -> None:
    """Decide how it goes on: most are answered and closed at once."""
    fate, answered_at = dice.random(), _answered_at(dice, story.at, urgent=story.is_urgent)
    if story.at > now - STILL_WAITING:
        return
    if fate < 0.06 and not story.is_urgent:
        story.acts.append((story.at + timedelta(minutes=dice.uniform(3, 25)), "them", "close", (Ending.WITHDRAWN,)))
        return
    if fate < 0.09 and not (story.is_urgent or story.cause.item):
        story.said = (sentences.SPAM, "")
        story.acts.append((answered_at, "us", "close", (Ending.SPAM,)))
        return
    if fate < 0.2 and story.cause.locale == "en":
        story.acts.append((answered_at - timedelta(minutes=2), "us", "add_note", (dice.choice(sentences.NOTES),)))
    story.acts.append((answered_at, "us", "reply", (story.said[1],)))
    if fate < 0.35:
        more, answer = sentences.GOES_ON[story.cause.locale]
        again = answered_at + timedelta(minutes=dice.uniform(20, 400))
        answered_at = _answered_at(dice, again)
        story.acts += [(again, "them", "write", (more,)), (answered_at, "us", "reply", (answer,))]
    over = answered_at + GIVEN_UP if fate > 0.85 else answered_at
    story.acts.append((over, "us", "close", (Ending.ANSWERED,)))


def _take_up_again(stories: list[Story], now: datetime) -> None:
    """The last two that were answered go on an hour ago, and wait for us."""
    others = [story for story in stories if story.writer_id is None]
    answered = [story for story in others if any(verb == "reply" and at < now for at, _by, verb, _words in story.acts)]
    for minutes, story in zip((55, 130), reversed(answered), strict=False):
        at = now - timedelta(minutes=minutes)
        story.acts = [act for act in story.acts if act[0] < at]
        story.acts.append((at, "them", "write", (sentences.GOES_ON[story.cause.locale][0],)))


def _answered_at(dice: Random, since: datetime, *, urgent: bool = False) -> datetime:
    """When Sam gets to it: after an hour or two, but in the opening hours of the site."""
    here = site.current()
    zone = ZoneInfo(here.time_zone)
    at = (since + timedelta(minutes=dice.lognormvariate(2.5 if urgent else 4.2, 0.7))).astimezone(zone)
    opening = {day: (opens, closes) for day, opens, closes in here.hours}
    late = timedelta(minutes=dice.uniform(5, 80))
    for _day in range(8):
        opens, closes = opening.get(at.weekday(), (24 * 60, 0))
        minutes = at.hour * 60 + at.minute
        if opens <= minutes < closes:
            return at
        midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
        if minutes < opens < 24 * 60:
            return midnight + timedelta(minutes=opens) + late
        at = midnight + timedelta(days=1)
    return at


def _hold(story: Story, now: datetime) -> None:
    sam = user.by_email(people.PEOPLE[1].email)
    us = Actor(visitor.new_id(), sam.id if sam else None, excluded_reason="staff")
    them = Actor(story.cause.visitor_id, story.writer_id)
    begin_write()
    with clock.moved(story.at - TYPING):
        recorder.record("contact_opened", by=them, locale=story.cause.locale)
    with clock.moved(story.at):
        row = _opened(story, them)
    for at, who, verb, words in story.acts:
        if at < now:
            with clock.moved(at):
                act: Callable[..., Any] = getattr(conversation, verb)
                act(row, *words, by=us if who == "us" else them)
    db.session.commit()


def _opened(story: Story, by: Actor) -> Conversation:
    address = people.PEOPLE[2].email if story.writer_id else f"customer{story.cause.visitor_id[:6]}@example.com"
    return conversation.open_with(
        story.said[0],
        by=by,
        email=address,
        locale=story.cause.locale,
        submission=visitor.new_id(),
        name=story.name,
        topic_id=story.cause.topic_id,
        is_urgent=story.is_urgent,
        carried={"items": [story.cause.item] if story.cause.item else []},
    )
