"""Lets readers of the demo suggest improvements to articles of the manual, some of which Ada has answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from helpcenter.accounts import user
from helpcenter.articles import suggestion_answer
from helpcenter.articles.edition import Edition
from helpcenter.articles.revision import Revision
from helpcenter.articles.suggestion import suggest
from helpcenter.core import clock
from helpcenter.core.db import begin_write, db
from helpcenter.demo import people
from helpcenter.feedback.state import State

ANSWERED_AFTER = timedelta(days=1, hours=3)


@dataclass(frozen=True)
class Suggested:
    """`by` is a name of the demo, '' for a stranger; `was` and `better` are a piece of the text and what it becomes."""

    title: str
    days_ago: float
    words: str
    by: str = ""
    was: str = ""
    better: str = ""
    state: State = State.NEW
    reply: str = ""


SUGGESTIONS = (
    Suggested(
        "Contact support",
        17.2,
        "Please say that you can write in any of the four languages. I was not sure.",
        by="ben",
        state=State.DECLINED,
        reply="Thank you. Which languages are answered differs from site to site, so the form says so instead.",
    ),
    Suggested(
        "Keep a copy",
        9.4,
        "How long does it take to bring a large site back? One number would calm me.",
        state=State.PLANNED,
    ),
    Suggested(
        "Search for an answer",
        4.1,
        "",
        by="cleo",
        was="Each names its topic and shows two lines of its text, with your words marked.",
        better="Each names its topic and shows the two lines of its text that fit best, with your words marked.",
    ),
    Suggested("Use the keyboard", 1.6, "My keyboard has no slash without pressing two keys. What do I press then?"),
)


def make_all(start: datetime, now: datetime) -> int:
    """Make those that are not older than the demo and have an article; how many. Commits once for each step."""
    ada = user.by_email(people.PEOPLE[0].email)
    return sum(_make(one, ada.id if ada else 0, start, now) for one in SUGGESTIONS)


def _make(one: Suggested, editor_id: int, start: datetime, now: datetime) -> bool:
    at = now - timedelta(days=one.days_ago)
    found = db.session.execute(
        select(Edition.article_id, Revision)
        .join(Revision, Revision.id == Edition.published_revision_id)
        .where(Edition.locale == "en", Edition.title == one.title)
    ).first()
    if found is None or at < start:
        return False
    article_id, base = found
    text = base.body.replace(one.was, one.better) if one.was and one.was in base.body else None
    if text is None and not one.words:
        return False
    begin_write()
    with clock.moved(at):
        row = suggest(base, article_id, "en", words=one.words, text=text, said_in="en", user_id=_id_of(one.by))
    db.session.commit()
    if one.state is not State.NEW:
        begin_write()
        with clock.moved(at + ANSWERED_AFTER):
            suggestion_answer.answer(row, one.state, by=editor_id, reply=one.reply)
        db.session.commit()
    return True


def _id_of(name: str) -> int | None:
    emails = {person.name.lower(): person.email for person in people.PEOPLE}
    found = user.by_email(emails[name]) if name else None
    return found.id if found else None
