"""What is kept of a person here: handed out on request. What they wrote stays, under "former member"."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select, update

from helpcenter.community import counting, me_too, pictures, read_before, reminder, solved_for_me, tag
from helpcenter.community.acceptance import Acceptance
from helpcenter.community.answer import Answer
from helpcenter.community.comment import Comment
from helpcenter.community.duplicate import DuplicateMark
from helpcenter.community.me_too import MeToo
from helpcenter.community.moderation import flag
from helpcenter.community.moderation.act import ModerationAct
from helpcenter.community.moderation.flag import Flag
from helpcenter.community.moderation.sanction import Sanction
from helpcenter.community.moderation.state import State
from helpcenter.community.post_revision import PostRevision
from helpcenter.community.question import Question
from helpcenter.community.solved_for_me import SolvedForMe
from helpcenter.core.db import db
from helpcenter.journeys.erasure import Traces


def export(user_id: int) -> Mapping[str, Any]:
    """Every question and answer of a user with its text, and what they said about those of others, oldest first."""
    asked = db.session.scalars(select(Question).where(Question.author_id == user_id).order_by(Question.id)).all()
    tags = tag.of_questions(row.id for row in asked)
    gave = db.session.scalars(select(Answer).where(Answer.author_id == user_id).order_by(Answer.id)).all()
    held = {
        "questions": [_question(row, tags.get(row.id, [])) for row in asked],
        "answers": [
            {
                "at": row.created_at.isoformat(),
                "question": row.question_id,
                "as_staff": row.was_staff,
                "as_partner": row.was_partner,
                "text": row.text,
            }
            for row in gave
        ],
        "comments": [
            {"at": row.created_at.isoformat(), "question": row.question_id, "answer": row.answer_id, "text": row.text}
            for row in db.session.scalars(select(Comment).where(Comment.author_id == user_id).order_by(Comment.id))
        ],
        "changes": [
            {"at": row.written_at.isoformat(), **_about(row), "title": row.title, "text": row.text}
            for row in db.session.scalars(
                select(PostRevision).where(PostRevision.editor_id == user_id).order_by(PostRevision.id)
            )
        ],
        "accepted": [
            {"at": row.accepted_at.isoformat(), "question": row.question_id, "answer": row.answer_id}
            for row in db.session.scalars(select(Acceptance).where(Acceptance.accepted_by == user_id))
        ],
        **_moderation(user_id),
        **_beside(user_id),
        "me_too": _said(select(MeToo).where(MeToo.user_id == user_id)),
        "solved_for_me": _said(select(SolvedForMe).where(SolvedForMe.voter == f"user:{user_id}")),
    }
    return {name: what for name, what in held.items() if what}


def forget(traces: Traces) -> None:
    """Take back what an erased person said about the posts of others, also from browsers that were theirs alone."""
    users = {f"user:{user_id}" for user_id in traces.user_ids}
    solved_for_me.forget(users | {f"visitor:{visitor_id}" for visitor_id in traces.visitor_ids})
    me_too.forget(traces.user_ids)
    flag.forget(traces.user_ids)
    _forget_what_waits(traces.user_ids)
    reminder.forget(traces.user_ids)
    pictures.forget(traces.user_ids)
    read_before.forget(traces.user_ids)
    # Their votes on answers went a moment ago.
    counting.recount_after_erasure()


def _moderation(user_id: int) -> dict[str, Any]:
    """What they did as a moderator, what they flagged, and what was taken from them."""
    return {
        "moderated": [
            {
                "at": row.at.isoformat(),
                "act": row.kind,
                "what": f"{row.subject_kind}:{row.subject_id}",
                "why": row.reason,
            }
            for row in db.session.scalars(select(ModerationAct).where(ModerationAct.by_id == user_id))
        ],
        "flagged": [
            {
                "at": row.created_at.isoformat(),
                "what": f"{row.subject_kind}:{row.subject_id}",
                "why": row.reason,
                "words": row.words,
            }
            for row in db.session.scalars(select(Flag).where(Flag.user_id == user_id).order_by(Flag.id))
        ],
        "blocked": [
            {"from": row.began_at.isoformat(), "until": row.ended_at and row.ended_at.isoformat(), "taken": row.taken}
            for row in db.session.scalars(select(Sanction).where(Sanction.user_id == user_id).order_by(Sanction.id))
        ],
    }


def _beside(user_id: int) -> dict[str, Any]:
    """What stands beside their questions: duplicates, letters, pictures, what they had read."""
    return {
        "duplicates": [
            {"at": row.marked_at.isoformat(), "question": row.question_id, "original": row.original_id}
            for row in db.session.scalars(select(DuplicateMark).where(DuplicateMark.marked_by == user_id))
        ],
        "contested": [
            {"at": row.contested_at.isoformat(), "question": row.question_id, "words": row.contest}
            for row in db.session.scalars(
                select(DuplicateMark)
                .join(Question, Question.id == DuplicateMark.question_id)
                .where(Question.author_id == user_id, DuplicateMark.contested_at.is_not(None))
            )
            if row.contested_at
        ],
        "reminders": [
            {"question": row.question_id, "last_day": row.last_day, "stopped": row.stopped_at is not None}
            for row in reminder.of_person(user_id)
        ],
        "pictures": [{"at": row.created_at.isoformat(), "url": row.url} for row in pictures.of_person(user_id)],
        "read_before_asking": [
            {"question": number, "articles": articles} for number, articles in read_before.of_person(user_id).items()
        ],
    }


def _forget_what_waits(user_ids: Collection[int]) -> None:
    """What nobody has seen yet, nobody will see; and what was taken back comes back no more."""
    for row in (Question, Answer, Comment):
        waits = update(row).where(row.author_id.in_(user_ids), row.state == State.PENDING.value)
        db.session.execute(waits.values(state=State.DELETED.value), execution_options={"synchronize_session": False})
    held = update(Sanction).where(Sanction.user_id.in_(user_ids)).values(taken={})
    db.session.execute(held, execution_options={"synchronize_session": False})


def _question(row: Question, tags: list[str]) -> dict[str, Any]:
    return {
        "at": row.created_at.isoformat(),
        "number": row.id,
        "kind": row.kind,
        "title": row.title,
        "text": row.text,
        "tags": tags,
    }


def _about(row: PostRevision) -> dict[str, int | None]:
    return {"question": row.question_id} if row.question_id else {"answer": row.answer_id}


def _said(rows: Any) -> list[dict[str, Any]]:
    return [{"at": row.said_at.isoformat(), "question": row.question_id} for row in db.session.scalars(rows)]
