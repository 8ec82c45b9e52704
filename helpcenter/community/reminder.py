"""Asking the asker once more whether an answer solved it: by letter 3, 7 and 30 days after somebody first answered.

Nothing is accepted by a timer. The letters stop when the question is solved or turns out to be a duplicate, when the
asker said "not yet" to every answer there is (until another one comes), and when they ask for it: for one question by
the link in each letter, for all of them in their preferences.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, case, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.accounts import user
from helpcenter.accounts.notifications import choice
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import Viewer
from helpcenter.community import acceptance, reminder_letter
from helpcenter.community.answer import Answer
from helpcenter.community.moderation.state import State
from helpcenter.community.question import Kind, Question
from helpcenter.community.visibility import visible_questions
from helpcenter.core import clock, jobs
from helpcenter.core.db import Model, begin_write, db, lock_row, upsert
from helpcenter.journeys.actor import Actor

DAYS = (3, 7, 30)
OVER = timedelta(days=37)
"""After this nobody is asked: a site that begins to remind does not write about what is long past."""
MOST_AT_ONCE = 200


class SolutionReminder(Model):
    """`last_day` is the day of DAYS whose letter was written last, 0 for none; none is written once it was stopped."""

    __tablename__ = "solution_reminder"
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), primary_key=True)
    last_day: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Due:
    """A letter to be written: about which question, of which day."""

    question_id: int
    day: int


def send_due() -> int:
    """Write what is due; how many letters. Commits, one letter at a time, so that none is written twice: a job."""
    written = 0
    for one in due():
        if jobs.stop_asked():
            break
        written += _write(one)
    return written


def due(question_id: int | None = None) -> Sequence[Due]:
    """Some of what is due now, the oldest question first; of one that is late for two letters only the later."""
    now = clock.now()
    of_others = (
        Answer.question_id == Question.id,
        Answer.author_id != Question.author_id,
        Answer.state == State.SHOWN.value,
        # Who asked after it was written has found it, and was not told of it.
        Answer.created_at >= Question.created_at,
    )
    first = select(func.min(Answer.created_at)).where(*of_others).correlate(Question).scalar_subquery()
    pending = select(Answer.id).where(*of_others, Answer.not_yet_at.is_(None)).correlate(Question).exists()
    day = case(*((first <= now - timedelta(days=days), days) for days in reversed(DAYS)), else_=0)
    wanted = (
        select(Question.id, day)
        .join(User, User.id == Question.author_id)
        .outerjoin(SolutionReminder, SolutionReminder.question_id == Question.id)
        .where(
            Question.kind == Kind.QUESTION,
            Question.solution_id.is_(None),
            Question.original_id.is_(None),
            Question.state == State.SHOWN.value,
            Question.closed_as.is_(None),
            Question.is_locked.is_(False),
            Question.answers > 0,
            # A narrow look at what moved lately, before each of it is asked for its answers.
            Question.active_at > now - OVER,
            User.erased_at.is_(None),
            User.confirmed_at.is_not(None),
            first > now - OVER,
            pending,
            ~choice.refuses_mail(Question.author_id, reminder_letter.LETTER),
            SolutionReminder.stopped_at.is_(None),
            func.coalesce(SolutionReminder.last_day, 0) < day,
        )
        .order_by(Question.id)
        .limit(MOST_AT_ONCE)
    )
    if question_id is not None:
        wanted = wanted.where(Question.id == question_id)
    return [Due(*row) for row in db.session.execute(wanted)]


def pending_answers(question: Question) -> Sequence[Answer]:
    """What the asker has not said no to, the oldest first."""
    wanted = (
        Answer.question_id == question.id,
        Answer.author_id != question.author_id,
        Answer.state == State.SHOWN.value,
        Answer.not_yet_at.is_(None),
    )
    return db.session.scalars(select(Answer).where(*wanted).order_by(Answer.id)).all()


def say_not_yet(question: Question, *, by: Actor) -> None:
    """None of the answers solved it so far. To be called after begin_write(), with the locked row."""
    for one in pending_answers(question):
        acceptance.say_not_solved(question, one, by=by, user_id=question.author_id)


def stop(question_id: int) -> None:
    """No further letter about this question; twice is once. To be called after begin_write()."""
    now = clock.now()
    row = upsert(SolutionReminder).values(question_id=question_id, last_day=0, stopped_at=now)
    db.session.execute(row.on_conflict_do_update(index_elements=["question_id"], set_={"stopped_at": now}))


def asker_of(question: Question) -> Viewer | None:
    """Whoever asked, as a view would see them signed in; None for a former member, or where they may not read it."""
    person = user.by_id(question.author_id)
    if person is None:
        return None
    roles = user.roles_of([person.id])[person.id]
    viewer = Viewer(id=person.id, name=person.name, email=person.email, roles=roles, locale=person.locale)
    readable = visible_questions(viewer).where(Question.id == question.id).with_only_columns(Question.id)
    return viewer if db.session.scalar(readable) is not None else None


def of_person(user_id: int) -> Sequence[SolutionReminder]:
    """What is kept about letters to a person."""
    theirs = select(Question.id).where(Question.author_id == user_id)
    wanted = select(SolutionReminder).where(SolutionReminder.question_id.in_(theirs))
    return db.session.scalars(wanted.order_by(SolutionReminder.question_id)).all()


def forget(user_ids: Iterable[int]) -> None:
    """Forget it; nobody writes to a former member. To be called after begin_write()."""
    theirs = select(Question.id).where(Question.author_id.in_(list(user_ids)))
    _delete(SolutionReminder.question_id.in_(theirs))


def _write(one: Due) -> int:
    """Queue a letter and note it, both or neither; 0 where it is not wanted any more."""
    question = db.session.get_one(Question, one.question_id)
    asker = asker_of(question)
    if asker is None:
        return 0
    letter = reminder_letter.written(question, asker, pending_answers(question))
    begin_write()
    lock_row(select(Question).where(Question.id == one.question_id))
    if one not in due(one.question_id):
        db.session.rollback()
        return 0
    noted: dict[str, Any] = {"last_day": one.day, "sent_at": clock.now()}
    row = upsert(SolutionReminder).values(question_id=one.question_id, **noted)
    db.session.execute(row.on_conflict_do_update(index_elements=["question_id"], set_=noted))
    queued = reminder_letter.queue(letter, question, asker, one.day)
    db.session.commit()
    return int(queued)


def _delete(where: Any) -> None:
    db.session.execute(delete(SolutionReminder).where(where), execution_options={"synchronize_session": False})
