"""A conversation with support: who wrote, where it stands, and the times that are stored when they happen.

Every change is a verb here: it writes the row, records the event and raises the version, which tells an open page that
there is something new.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core import clock, site
from helpcenter.core.db import Model, db, lock_row, upsert
from helpcenter.core.text import shortened
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.support.business_hours import seconds_open
from helpcenter.support.message import ByMail, Kind, Message, made
from helpcenter.support.status import Ending, Status

SUBJECT = "conversation"
LONGEST_TITLE = 90
SOON = timedelta(hours=72)
"""A conversation that goes on within this time was not settled by the one reply it got."""


class Conversation(Model):
    """`key` opens it without an account; `submission` names the form it was sent with, so that twice sent is one.

    `carried` is what the writer let come along: a search, articles read.

    Response times are seconds, by the calendar and by the opening hours, from opening to the first public reply that a
    person of ours wrote; None until then. `human_replies` counts those.

    `waits_since` is when the first message came that nobody has answered; None while nothing waits for us.

    `asked_version` is the version that their last message made; 0 for those of before it was kept.

    Until `held_until` a reply can be taken back; `held` says which, and how to (held_reply.py).
    """

    __tablename__ = "conversation"
    __table_args__ = (Index("ix_conversation_status_changed", "status", "changed_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32))
    submission: Mapped[str] = mapped_column(String(32), unique=True)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(320), index=True)
    locale: Mapped[str] = mapped_column(String(8))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"))
    is_urgent: Mapped[bool] = mapped_column(default=False)
    writer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    visitor_id: Mapped[str | None] = mapped_column(String(32))
    carried: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    status: Mapped[str] = mapped_column(String(10), default=Status.NEW)
    ending: Mapped[str] = mapped_column(String(10), default="")
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    waits_since: Mapped[datetime | None]
    held_until: Mapped[datetime | None]
    held: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    first_reply_at: Mapped[datetime | None]
    first_reply_seconds: Mapped[int | None] = mapped_column(index=True)
    first_reply_business_seconds: Mapped[int | None]
    first_closed_at: Mapped[datetime | None]
    last_closed_at: Mapped[datetime | None]
    human_replies: Mapped[int] = mapped_column(default=0)
    was_reopened_soon: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    asked_version: Mapped[int] = mapped_column(default=1, server_default="0")

    @property
    def is_closed(self) -> bool:
        """Whether it is over for now."""
        return self.status == Status.CLOSED

    @property
    def is_held(self) -> bool:
        """Whether a reply waits for its moment."""
        return self.held_until is not None and clock.now() < self.held_until

    @property
    def told_status(self) -> str:
        """The status as its writer may know it: a reply that is held has changed nothing yet."""
        return str(self.held["told"]) if self.is_held else self.status

    @property
    def is_void(self) -> bool:
        """Whether it turned out to be no contact at all."""
        return self.ending in (Ending.SPAM, Ending.DUPLICATE)


def open_with(
    text: str,
    *,
    by: Actor,
    email: str,
    locale: str,
    submission: str,
    mail: ByMail | None = None,
    at: datetime | None = None,
    **more: Any,
) -> Conversation:
    """Open a conversation with its first message, and record the contact. To be called after begin_write().

    `more` are `name`, `title`, `topic_id` (a root topic), `is_urgent` and `carried`. A form that was sent already gives
    the conversation it opened. `at` is when a letter reached the mailbox: from then on its writer waits.
    """
    now = at or clock.now()
    values = {
        "key": secrets.token_hex(16),
        "submission": submission,
        "title": title_of(text),
        "email": email,
        "locale": locale,
        "name": "",
        "writer_id": by.user_id,
        "visitor_id": by.visitor_id,
        "status": Status.NEW,
        "opened_at": now,
        "changed_at": now,
        "waits_since": now,
        **more,
    }
    # Two clicks may arrive at the same moment: the second waits here for the first, and finds its conversation.
    new = upsert(Conversation).values(values).on_conflict_do_nothing(index_elements=["submission"])
    is_new = db.session.execute(new.returning(Conversation.id)).scalar() is not None
    row = db.session.scalars(select(Conversation).where(Conversation.submission == submission)).one()
    if not is_new:
        return row
    db.session.add(made(row.id, Kind.INCOMING, text, by.user_id, mail, now))
    about = (SUBJECT, row.id)
    recorder.record("contacted", by=by, subject=about, topic_id=row.topic_id, locale=locale, occurred_at=at)
    return row


def title_of(text: str) -> str:
    """The first line, as far as a list shows it, cut between words where there are any."""
    return shortened(next((line.strip() for line in text.splitlines() if line.strip()), ""), LONGEST_TITLE)


def locked(conversation_id: int) -> Conversation:
    """The row, ours until the commit: two who answer at once do so one after the other. After begin_write()."""
    wanted = select(Conversation).where(Conversation.id == conversation_id)
    row: Conversation = lock_row(wanted.execution_options(populate_existing=True))
    return row


def write(row: Conversation, text: str, *, by: Actor, mail: ByMail | None = None) -> Message:
    """The writer goes on; what was closed is open again. After begin_write()."""
    message = _say(row, Kind.INCOMING, text, by.user_id, mail)
    if row.is_closed:
        _reopen(row, by)
    if row.status != Status.NEW:
        row.status = Status.OURS
    row.waits_since = row.waits_since or message.sent_at
    row.asked_version = row.version
    return message


def reply(
    row: Conversation, text: str, *, by: Actor, mail: ByMail | None = None, after: timedelta = timedelta()
) -> Message:
    """A public reply by a person of ours, sent `after` a while; the first one is timed. After begin_write()."""
    message = _say(row, Kind.REPLY, text, by.user_id, mail, after)
    row.human_replies += 1
    if row.first_reply_at is None:
        time_first_reply(row, message.sent_at)
    if row.is_closed:
        _reopen(row, by)
    row.status, row.waits_since = Status.THEIRS, None
    row.assignee_id = row.assignee_id or by.user_id
    return message


def time_first_reply(row: Conversation, at: datetime | None) -> None:
    """Store how long the first reply took that went out then; None for no reply yet. After begin_write()."""
    row.first_reply_at = at
    if at is None:
        row.first_reply_seconds = row.first_reply_business_seconds = None
        return
    here = site.current()
    row.first_reply_seconds = int((at - row.opened_at).total_seconds())
    row.first_reply_business_seconds = seconds_open(row.opened_at, at, here.hours, here.time_zone)


def add_note(row: Conversation, text: str, *, by: Actor, mail: ByMail | None = None) -> Message:
    """Something among us: it answers nobody and stops no clock. After begin_write()."""
    return _say(row, Kind.NOTE, text, by.user_id, mail)


def add_automatic(row: Conversation, text: str, *, mail: ByMail) -> Message:
    """What a program answered: we see it, and nothing else changes. After begin_write()."""
    return _say(row, Kind.AUTOMATIC, text, None, mail)


def take_back_to_us(row: Conversation) -> None:
    """What we answered did not reach them, so it waits for us as if nobody had answered. After begin_write()."""
    if row.is_held:
        # It was about an answer before the one that still waits to go out.
        return
    if row.is_closed and row.ending == Ending.ANSWERED:
        reopen(row, by=Actor(None))
    elif row.status == Status.THEIRS:
        row.status, row.waits_since = Status.OURS, clock.now()
        _touch(row)


def assign(row: Conversation, user_id: int | None) -> None:
    """Give it to somebody, or to nobody. After begin_write()."""
    row.assignee_id = user_id
    _touch(row)


def close(row: Conversation, ending: Ending, *, by: Actor) -> None:
    """End it; nothing where it has ended. Spam and duplicates count as no contact. After begin_write()."""
    if row.is_closed:
        return
    now = clock.now()
    row.status, row.ending, row.waits_since = Status.CLOSED, ending, None
    row.first_closed_at = row.first_closed_at or now
    row.last_closed_at = now
    _touch(row)
    withdrawn = {"withdrawn": True} if ending == Ending.WITHDRAWN else {}
    recorder.record("conversation_closed", by=by, subject=(SUBJECT, row.id), detail=withdrawn)
    if row.is_void:
        recorder.record("contact_voided", by=by, subject=(SUBJECT, row.id), detail={"reason": str(ending)})


def reopen(row: Conversation, *, by: Actor) -> None:
    """Take it up again; nothing where it is open. After begin_write()."""
    if row.is_closed:
        _reopen(row, by)
        row.status, row.waits_since = Status.OURS, clock.now()
        _touch(row)


def _reopen(row: Conversation, by: Actor) -> None:
    row.ending, row.status = "", Status.OURS
    if row.last_closed_at and clock.now() - row.last_closed_at <= SOON:
        row.was_reopened_soon = True
    recorder.record("conversation_reopened", by=by, subject=(SUBJECT, row.id))


def _say(
    row: Conversation,
    kind: Kind,
    text: str,
    author_id: int | None,
    mail: ByMail | None = None,
    after: timedelta = timedelta(),
) -> Message:
    message = made(row.id, kind, text, author_id, mail, clock.now() + after)
    db.session.add(message)
    _touch(row)
    db.session.flush()
    return message


def _touch(row: Conversation) -> None:
    row.version += 1
    row.changed_at = clock.now()


def move_topic(old: int, new: int) -> int:
    """Move every conversation about a topic to another one; how many there were. After begin_write()."""
    moved = update(Conversation).where(Conversation.topic_id == old).values(topic_id=new)
    done = db.session.execute(moved, execution_options={"synchronize_session": False})
    return int(done.rowcount)  # type: ignore[attr-defined]
