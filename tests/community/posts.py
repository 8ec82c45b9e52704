"""Asks and answers on behalf of a test, through the same verbs that the product uses."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from helpcenter.accounts.role import STAFF
from helpcenter.community import acceptance, answer_vote, comment, duplicate, me_too, question, solved_for_me
from helpcenter.community.acceptance import Via
from helpcenter.community.answer import Answer
from helpcenter.community.answer import answer as give_answer
from helpcenter.community.question import Kind, Question
from helpcenter.community.rendering import rendered
from helpcenter.core.db import begin_write, db, lock_row
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.visitor import new_id
from tests.cast import ROLES, Cast

TITLE = "How do I get my money back?"
TEXT = "I paid **twice** for the same month."
ANSWER = "Open *Billing* and choose *Refund*."


def actor_of(cast: Cast, name: str) -> Actor:
    """A person of the cast in a browser never seen before."""
    is_staff = bool(ROLES[name] & STAFF)
    return Actor(new_id(), cast.id_of(name), excluded_reason="staff" if is_staff else None)


def put_question(
    cast: Cast,
    name: str = "ben",
    title: str = TITLE,
    text: str = TEXT,
    *,
    locale: str = "en",
    kind: Kind = Kind.QUESTION,
    topic_id: int | None = None,
    tags: Sequence[str] = (),
) -> int:
    """A question; its id."""
    by, html = actor_of(cast, name), rendered(text, locale)
    begin_write()
    row = question.ask(
        title,
        text,
        html,
        by=by,
        author_id=by.user_id or 0,
        locale=locale,
        kind=kind,
        topic_id=topic_id,
        tags=tags,
    )
    db.session.commit()
    return row.id


def put_answer(cast: Cast, question_id: int, name: str = "cleo", text: str = ANSWER) -> int:
    """An answer; its id."""
    by, html = actor_of(cast, name), rendered(text, "en")
    begin_write()
    row = give_answer(
        locked(question_id), text, html, by=by, author_id=by.user_id or 0, is_staff=by.excluded_reason == "staff"
    )
    db.session.commit()
    return row.id


def put_comment(
    cast: Cast, question_id: int, name: str = "ben", text: str = "Which month?", *, answer_id: int | None = None
) -> int:
    """A comment; its id."""
    html, author_id = rendered(text, "en"), cast.id_of(name)
    begin_write()
    row = comment.comment(
        locked(question_id), answer_id, text, html, author_id=author_id, is_staff=bool(ROLES[name] & STAFF)
    )
    db.session.commit()
    return row.id


def put_duplicate(cast: Cast, question_id: int, original_id: int, name: str = "mia") -> None:
    """A question points to the one that was asked before."""
    by_id = cast.id_of(name)
    begin_write()
    duplicate.mark(question_id, original_id, by_id=by_id)
    db.session.commit()


def put_acceptance(cast: Cast, answer_id: int, name: str = "ben") -> None:
    """The answer is accepted."""
    by, via = actor_of(cast, name), Via.STAFF if ROLES[name] & STAFF else Via.ASKER
    begin_write()
    row = answer_of(answer_id)
    acceptance.accept(locked(row.question_id), row, by=by, user_id=by.user_id or 0, via=via)
    db.session.commit()


def put_vote(answer_id: int, by: Actor, *, helpful: bool = True) -> None:
    """Somebody says whether the answer helped."""
    begin_write()
    row = answer_of(answer_id)
    answer_vote.cast_vote(locked(row.question_id), row, helpful=helpful, by=by)
    db.session.commit()


def put_me_too(question_id: int, user_id: int) -> None:
    """Somebody has the same question."""
    begin_write()
    me_too.say(locked(question_id), user_id)
    db.session.commit()


def put_solved_for_me(question_id: int, by: Actor) -> None:
    """It solved it for somebody else."""
    begin_write()
    solved_for_me.say(locked(question_id), by=by)
    db.session.commit()


def locked(question_id: int) -> Question:
    """The row, locked."""
    row: Question = lock_row(select(Question).where(Question.id == question_id))
    return row


def question_of(question_id: int) -> Question:
    """The row as it was committed."""
    return db.session.get_one(Question, question_id, populate_existing=True)


def answer_of(answer_id: int) -> Answer:
    """The row as it was committed."""
    return db.session.get_one(Answer, answer_id, populate_existing=True)
