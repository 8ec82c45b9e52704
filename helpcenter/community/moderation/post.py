"""Whatever can be moderated, by its kind and number: a new kind of post says here what it is and moderation has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from helpcenter.community import acceptance, answer, answer_vote, comment, question
from helpcenter.community.answer import Answer
from helpcenter.community.comment import Comment
from helpcenter.community.question import Question, recounted
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import db, lock_row
from helpcenter.core.refusals import Conflict, NotFound
from helpcenter.journeys.actor import Actor
from helpcenter.search import outbox

Lost = dict[str, Any]


@dataclass(frozen=True)
class PostKind:
    """A kind of post. Its rows have `id`, `state`, `author_id`, `html` and `created_at`.

    `publish` lets a post that waited be posted now, by its author. `leave` takes along what may not stay without it and
    says in code words what that was; `enter` gets this back and puts it where it was.
    """

    name: str
    row: Any
    question_id: Callable[[Any], int]
    publish: Callable[[Any, Question, Actor], None]
    leave: Callable[[Any, Question, Actor, int | None], Lost]
    enter: Callable[[Any, Question, Actor, Lost], None]


@dataclass(frozen=True)
class Post:
    """A locked post with the locked question it stands on."""

    kind: PostKind
    row: Any
    question: Question

    @property
    def subject(self) -> tuple[str, int]:
        """Its kind and number."""
        return self.kind.name, self.row.id

    def settle(self) -> None:
        """After its state changed: count, index and show anew."""
        db.session.flush()
        counts = select(answer.count_of(self.question.id), answer_vote.count_of(self.question.id))
        answers, helpful = db.session.execute(counts).one()
        recounted(self.question, answers=answers or 0, helpful=int(helpful or 0))
        outbox.note(question.SUBJECT, self.question.id)
        content_changed()


def kind_of(name: str) -> PostKind:
    """The kind of a name. Raises NotFound."""
    if name not in KINDS:
        raise NotFound
    return KINDS[name]


def question_of(kind: str, post_id: int) -> int:
    """The question a post stands on. Raises NotFound."""
    known = kind_of(kind)
    row = db.session.get(known.row, post_id)
    if row is None:
        raise NotFound
    return known.question_id(row)


def locked_post(kind: str, post_id: int) -> Post:
    """A post, locked together with its question until the commit. After begin_write().

    Raises NotFound, and Conflict where it moved to another question at this moment.
    """
    known = kind_of(kind)
    asked = lock_row(select(Question).where(Question.id == question_of(kind, post_id)))
    row = db.session.get(known.row, post_id, populate_existing=True)
    if row is None or asked is None:
        raise NotFound
    if known.question_id(row) != asked.id:
        raise Conflict
    return Post(known, row, asked)


def _leave_alone(_row: Any, _question: Question, _by: Actor, _user_id: int | None) -> Lost:
    # The answers and the solution of a question are out of sight with it, and come back with it.
    return {}


def _enter_alone(_row: Any, _question: Question, _by: Actor, _lost: Lost) -> None:
    return None


def _leave_answer(row: Answer, asked: Question, by: Actor, user_id: int | None) -> Lost:
    stood = acceptance.standing(asked.id)
    if stood is None or stood.answer_id != row.id:
        return {}
    acceptance.withdraw(asked, by=by, user_id=user_id)
    return {"acceptance": stood.id}


def _enter_answer(_row: Answer, asked: Question, by: Actor, lost: Lost) -> None:
    if "acceptance" in lost:
        acceptance.stand_again(lost["acceptance"], asked, by=by)


KINDS: Mapping[str, PostKind] = {
    kind.name: kind
    for kind in (
        PostKind(
            question.SUBJECT,
            Question,
            lambda row: int(row.id),
            lambda row, _question, by: question.publish(row, by=by),
            _leave_alone,
            _enter_alone,
        ),
        PostKind(
            answer.SUBJECT,
            Answer,
            lambda row: int(row.question_id),
            lambda row, asked, by: answer.publish(row, asked, by=by),
            _leave_answer,
            _enter_answer,
        ),
        PostKind(
            comment.SUBJECT,
            Comment,
            lambda row: int(row.question_id),
            lambda row, asked, _by: comment.publish(row, asked),
            _leave_alone,
            _enter_alone,
        ),
    )
}
