"""A month that a report can be about, recorded act by act through the recorder and settled once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.journeys import recorder, settlement
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.channel import CONTACT_SUGGESTION
from helpcenter.support import conversation
from helpcenter.support.status import Ending
from tests.journeys.acts import someone

YES, NO = {"helpful": True}, {"helpful": False}


@dataclass
class Past:
    """What people did some days before `now`. `topic_id` and `locale` of an act are those of the article, if named."""

    now: datetime

    def act(self, ago: float, kind: str, by: Actor, **more: Any) -> int:
        """Recorded and committed; the id of the event."""
        with clock.moved(self.now - timedelta(days=ago)):
            begin_write()
            event_id = recorder.record(kind, by=by, **{"locale": "en", **more})
            db.session.commit()
        return event_id

    def settle(self, ago: float = 0) -> None:
        """Bring the episodes up to some days before now."""
        with clock.moved(self.now - timedelta(days=ago)):
            settlement.settle()

    def rebuild(self) -> None:
        """The same from nothing: the site may have settled already before this past was made."""
        with clock.moved(self.now):
            settlement.rebuild()

    def search(self, ago: float, by: Actor, query: str = "locker", results: int = 3, **more: Any) -> int:
        return self.act(ago, "searched", by, detail={"results": results}, query=query, **more)

    def read(self, ago: float, by: Actor, article: int = 1, **more: Any) -> int:
        return self.act(ago, "read", by, subject=("article", article), **{"topic_id": 1, **more})

    def vote(self, ago: float, by: Actor, article: int = 1, helpful: bool = True, **more: Any) -> int:
        about = {"subject": ("article", article), "topic_id": 1, **more}
        return self.act(ago, "voted", by, detail=YES if helpful else NO, **about)

    def contact(self, ago: float, by: Actor, number: int, **more: Any) -> int:
        return self.act(ago, "contacted", by, subject=("conversation", number), **{"topic_id": 1, **more})

    def helped(self, ago: float, article: int = 1, **more: Any) -> Actor:
        """Somebody searched, read and said that it helped."""
        who = someone()
        self.search(ago, who, **{key: more[key] for key in more if key == "locale"})
        self.read(ago - 0.001, who, article, **more)
        self.vote(ago - 0.002, who, article, **more)
        return who

    def took_part(self, ago: float) -> Actor:
        who = someone()
        detail = {"minutes": 40, "of": 60}
        self.act(ago, "workshop_attended", who, subject=("workshop", 1), topic_id=1, detail=detail)
        return who

    def silent(self, ago: float, article: int = 1) -> Actor:
        who = someone()
        self.search(ago, who)
        self.read(ago - 0.001, who, article)
        return who

    def wrote(self, ago: float, number: int, article: int = 1, **more: Any) -> Actor:
        """Somebody searched and read, and wrote to support an hour later."""
        who = self.silent(ago, article)
        self.contact(ago - 0.04, who, number, **more)
        return who

    def form(self, ago: float, by: Actor, solved_by: int | None = None) -> None:
        """Somebody opened the contact form, and left, or said that an article solved it."""
        self.act(ago, "contact_opened", by)
        if solved_by:
            about = {"subject": ("article", solved_by), "topic_id": 1, "channel_name": CONTACT_SUGGESTION}
            self.act(ago - 0.001, "suggestion_solved", by, detail={"form": "contact"}, **about)

    def conversation(self, ago: float, name: str, hours: float = 1) -> None:
        """A conversation that was answered and closed; not of a customer, so that it makes no episode."""
        at, staff = self.now - timedelta(days=ago), someone(excluded_reason="staff")
        begin_write()
        with clock.moved(at):
            row = conversation.open_with("How?", by=staff, email="x@example.org", locale="en", submission=name)
        with clock.moved(at + timedelta(hours=hours)):
            conversation.reply(row, "So.", by=staff)
            conversation.close(row, Ending.ANSWERED, by=staff)
        db.session.commit()


COUNTS = {
    "confirmed": 24,
    "participated": 3,
    "assumed": 4,
    "unresolved": 4,
    "contacted": 3,
    "revoked": 2,
    "direct": 2,
    "pending": 2,
    "ineligible": 1,
}


def month(now: datetime, article: int = 1, other: int = 2) -> Past:
    """Something of everything within the last 28 days of `now`, as COUNTS says; and 5 confirmed in those before.

    `article` helped most, `other` was read last before three people wrote; the words sso found nothing for four, who
    opened the contact form and left.
    """
    past = Past(now)
    for number in range(19):
        who = past.helped(5 + number * 0.9, article)
        if number < 2:
            past.form(5 + number * 0.9 - 0.005, who, solved_by=article)
    for number in range(22):
        past.conversation(3 + number, f"form {number}", hours=number)
    for number in range(4):
        past.helped(6 + number, other, locale="es", topic_id=2)
    undone = past.helped(20, other)
    past.act(2, "vote_withdrawn", undone, subject=("article", other), topic_id=1)
    for number in range(3):
        past.took_part(7 + number)
        past.wrote(8 + number, number + 1, other)
    for number in range(4):
        past.silent(9 + number, article)
        who = someone()
        past.search(10 + number, who, "sso", 0)
        past.form(10 + number - 0.002, who)
    for number in range(2):
        who = past.helped(15 + number, article)
        past.contact(15 + number - 3.5, who, number + 10)
        past.contact(12 + number, someone(), number + 20)
        past.helped(0.5 + number, article)
    crawler = someone(excluded_reason="crawler")
    past.vote(11, crawler, article)
    for number in range(5):
        past.helped(40 + number, article)
    past.rebuild()
    return past
