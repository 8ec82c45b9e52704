"""Lets the people of the demo ask, answer and accept, each act through the verbs of the product at its moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from helpcenter.accounts import user
from helpcenter.accounts.notifications import notification
from helpcenter.accounts.notifications.notification import Notification
from helpcenter.accounts.role import STAFF
from helpcenter.community import acceptance, answer_vote, counting, me_too, question, solved_for_me
from helpcenter.community.acceptance import Via
from helpcenter.community.answer import Answer, answer
from helpcenter.community.question import Kind, Question
from helpcenter.community.rendering import rendered
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.demo import people
from helpcenter.demo.asked import QUESTIONS, Asked, Said
from helpcenter.journeys import recorder, visitor
from helpcenter.journeys.actor import Actor
from helpcenter.topics.topic import Topic

SEES_AFTER, ACCEPTS_AFTER = timedelta(hours=3), timedelta(hours=4)
READ_UNTIL = timedelta(days=14)


def ask_all(start: datetime, now: datetime) -> int:
    """Ask every question that is not older than the demo; how many. Commits once for each."""
    actors = {one.name.lower(): _actor(one) for one in people.PEOPLE}
    asked = [one for one in QUESTIONS if now - timedelta(days=one.days_ago) > start]
    for one in sorted(asked, key=lambda one: -one.days_ago):
        _Story(one, actors, now).tell()
    counting.show_changes()
    _read_older(now)
    return len(asked)


def _read_older(now: datetime) -> None:
    """Everybody looked in two weeks ago; since then some of it is new."""
    begin_write()
    for person in people.PEOPLE:
        found = user.by_email(person.email)
        if found is not None:
            notification.read(found.id, Notification.created_at < now - READ_UNTIL)
    db.session.commit()


def _actor(person: people.Person) -> Actor:
    found = user.by_email(person.email)
    is_staff = bool(STAFF.intersection(person.roles))
    return Actor(visitor.new_id(), found.id if found else None, excluded_reason="staff" if is_staff else None)


class _Story:
    """One question with all that became of it until now."""

    def __init__(self, asked: Asked, actors: dict[str, Actor], now: datetime) -> None:
        self._asked, self._actors, self._now = asked, actors, now
        self._at = now - timedelta(days=asked.days_ago)
        self._texts = [rendered(text, asked.locale) for text in (asked.text, *(one.text for one in asked.answers))]

    def tell(self) -> None:
        """Write it. Commits."""
        begin_write()
        row = self._do(self._at, self._ask)
        answers = [
            self._do(self._at + timedelta(hours=one.hours), self._answer, row, one, text)
            for one, text in zip(self._asked.answers, self._texts[1:], strict=True)
        ]
        for name in self._asked.me_too:
            self._do(self._at + timedelta(days=1), me_too.say, row, self._actors[name].user_id)
        if self._asked.solved is not None:
            self._solve(row, answers[self._asked.solved], self._asked.answers[self._asked.solved])
        elif answers and not self._asked.is_experience:
            seen_at = self._at + timedelta(hours=self._asked.answers[0].hours) + SEES_AFTER
            self._do(seen_at, self._see, row, answers[0], self._actors[self._asked.who])
        for given, said in zip(answers, self._asked.answers, strict=True):
            for number in range(said.helped + said.not_helped):
                at = self._at + timedelta(hours=said.hours + 9 * (number + 1))
                self._do(at, self._vote, row, given, number < said.helped)
        db.session.commit()

    def _ask(self) -> Question:
        by = self._actors[self._asked.who]
        topic = db.session.scalar(select(Topic.id).where(Topic.key == self._asked.topic))
        return question.ask(
            self._asked.title,
            self._asked.text,
            self._texts[0],
            by=by,
            author_id=by.user_id or 0,
            locale=self._asked.locale,
            kind=Kind.EXPERIENCE if self._asked.is_experience else Kind.QUESTION,
            topic_id=topic,
            tags=self._asked.tags,
        )

    def _answer(self, row: Question, said: Said, text: Any) -> Answer:
        by = self._actors[said.who]
        return answer(row, said.text, text, by=by, author_id=by.user_id or 0, is_staff=by.excluded_reason == "staff")

    def _solve(self, row: Question, given: Answer, said: Said) -> None:
        by, answered_at = self._actors[self._asked.who], self._at + timedelta(hours=said.hours)
        self._do(answered_at + SEES_AFTER, self._see, row, given, by)
        accept = {"by": by, "user_id": by.user_id or 0, "via": Via.ASKER}
        self._do(answered_at + ACCEPTS_AFTER, acceptance.accept, row, given, **accept)
        for number in range(self._asked.solved_for):
            at = answered_at + timedelta(days=number + 2)
            self._do(at, solved_for_me.say, row, by=Actor(visitor.new_id()))

    def _see(self, row: Question, given: Answer, by: Actor) -> None:
        recorder.record(
            "answer_seen",
            by=by,
            subject=("answer", given.id),
            locale=row.locale,
            topic_id=row.root_topic_id,
            detail={"question": row.id},
        )

    def _vote(self, row: Question, given: Answer, helpful: bool) -> None:
        answer_vote.cast_vote(row, given, helpful=helpful, by=Actor(visitor.new_id()))

    def _do(self, at: datetime, act: Callable[..., Any], *words: Any, **more: Any) -> Any:
        """At its moment; what would be later than now happens now."""
        with clock.moved(min(at, self._now)):
            return act(*words, **more)
