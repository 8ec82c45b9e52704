"""One act against somebody who floods the place, and one that gives back exactly what it took."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from helpcenter.accounts import session, user
from helpcenter.accounts.role import TEAM
from helpcenter.community import acceptance, answer, counting
from helpcenter.community.acceptance import Acceptance, Via
from helpcenter.community.answer import Answer
from helpcenter.community.comment import Comment
from helpcenter.community.me_too import MeToo
from helpcenter.community.moderation import act, review, sanction
from helpcenter.community.moderation.act import Act, ModerationAct
from helpcenter.community.moderation.flag import Flag
from helpcenter.community.moderation.post import KINDS, Post
from helpcenter.community.moderation.sanction import Sanction
from helpcenter.community.moderation.state import State
from helpcenter.community.question import SUBJECT as QUESTION
from helpcenter.community.question import Question
from helpcenter.community.solved_for_me import SolvedForMe
from helpcenter.core import clock, subjects
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import db, upsert
from helpcenter.core.refusals import Conflict, Forbidden
from helpcenter.feedback import set_aside
from helpcenter.feedback.helpful_vote import VOTE
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.search import outbox

PERSON = "user"
TAKEN = ("posts", "acceptances", "votes", "me_too", "solved_for_me", "flags")


def can_be_cleaned_up(user_id: int, by_id: int | None) -> bool:
    """Whether it may be done to somebody: never to oneself, nor to the team."""
    return user_id != by_id and not user.roles_of([user_id])[user_id] & TEAM


def clean_up(user_id: int, *, by: Actor, by_id: int) -> ModerationAct:
    """Delete all they posted, take their votes and flags out of every count, sign them out and block posting.

    Raises Forbidden for the team, Conflict where it was done already. After begin_write().
    """
    if not can_be_cleaned_up(user_id, by_id):
        raise Forbidden
    if sanction.standing(user_id) is not None:
        raise Conflict
    questions = _locked_questions(user_id)
    row = act.append(Act.CLEAN_UP, (PERSON, user_id), by_id=by_id, reason="spam")
    taken: dict[str, Any] = {
        "posts": [_delete(post, by, by_id) for post in _posts(user_id, questions)],
        "acceptances": _withdrawn(user_id, questions, by, by_id),
        "votes": set_aside.take(f"user:{user_id}"),
        **_said(user_id),
        "flags": _flags(user_id),
    }
    for kind, number, _state, _lost in taken["posts"]:
        review.settle((kind, number), row)
    review.settle((PERSON, user_id), row)
    db.session.add(Sanction(user_id=user_id, act_id=row.id, began_at=row.at, taken=taken))
    session.end_all(user_id)
    _record(user_id, taken, is_back=False)
    _show(questions)
    return row


def give_back(undone: ModerationAct, *, by: Actor, by_id: int) -> ModerationAct:
    """Everything as it was before: posts, solutions, votes and flags. Raises Conflict where that was done already.

    After begin_write().
    """
    held = sanction.standing(undone.subject_id)
    if held is None or held.act_id != undone.id:
        raise Conflict
    taken = {**{name: [] for name in TAKEN}, **held.taken}
    questions = _locked_questions(
        held.user_id, [one["subject_id"] for one in taken["votes"] if one["subject_kind"] == answer.SUBJECT], taken
    )
    held.ended_at, held.taken = clock.now(), {}
    row = act.append(Act.GIVE_BACK, (PERSON, held.user_id), by_id=by_id, undoes=undone)
    review.reopen(undone)
    for kind, number, state, lost in taken["posts"]:
        known = KINDS[kind]
        found = db.session.get_one(known.row, number)
        if found.state == State.DELETED:
            found.state = state
            db.session.flush()
            if state == State.SHOWN:
                known.enter(found, questions[known.question_id(found)], by, lost)
    for acceptance_id, _question_id in taken["acceptances"]:
        # An answer may have moved to another question meanwhile, and its acceptance with it.
        accepted = db.session.get_one(Acceptance, acceptance_id, populate_existing=True)
        acceptance.stand_again(acceptance_id, questions[accepted.question_id], by=by)
    taken["votes"] = set_aside.give(taken["votes"])
    for model, name in ((MeToo, "me_too"), (SolvedForMe, "solved_for_me"), (Flag, "flags")):
        for values in taken[name]:
            db.session.execute(upsert(model).values(_from_json(values)).on_conflict_do_nothing())
    _record(held.user_id, taken, is_back=True)
    _show(questions)
    return row


def _locked_questions(
    user_id: int, voted: Iterable[int] = (), taken: dict[str, Any] | None = None
) -> dict[int, Question]:
    """Every question that something of theirs stands on, locked in one order so that no two writers wait in a ring."""
    answered = [select(Answer.question_id).where(Answer.author_id == user_id)]
    ids = set(db.session.scalars(select(Question.id).where(Question.author_id == user_id)))
    theirs = (VOTE.c.voter == f"user:{user_id}", VOTE.c.subject_kind == answer.SUBJECT)
    answered.append(select(Answer.question_id).where(Answer.id.in_(select(VOTE.c.subject_id).where(*theirs))))
    answered.append(select(Answer.question_id).where(Answer.id.in_(list(voted))))
    answered.append(select(Comment.question_id).where(Comment.author_id == user_id))
    answered.append(select(Acceptance.question_id).where(Acceptance.accepted_by == user_id))
    answered.append(select(MeToo.question_id).where(MeToo.user_id == user_id))
    answered.append(select(SolvedForMe.question_id).where(SolvedForMe.voter == f"user:{user_id}"))
    for statement in answered:
        ids.update(db.session.scalars(statement))
    for name in ("me_too", "solved_for_me"):
        ids.update(one["question_id"] for one in (taken or {}).get(name, ()))
    rows = db.session.scalars(
        select(Question)
        .where(Question.id.in_(sorted(ids)))
        .order_by(Question.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in rows}


def _posts(user_id: int, questions: dict[int, Question]) -> list[Post]:
    found = []
    for known in KINDS.values():
        theirs = (known.row.author_id == user_id, known.row.state != State.DELETED.value)
        rows = db.session.scalars(
            select(known.row).where(*theirs).order_by(known.row.id).execution_options(populate_existing=True)
        )
        found += [Post(known, row, questions[known.question_id(row)]) for row in rows]
    return found


def _delete(post: Post, by: Actor, by_id: int) -> list[Any]:
    """Delete a post; its kind, number, state before and what went with it."""
    before = post.row.state
    post.row.state = State.DELETED.value
    db.session.flush()
    lost = post.kind.leave(post.row, post.question, by, by_id) if before == State.SHOWN else {}
    return [*post.subject, before, lost]


def _withdrawn(user_id: int, questions: dict[int, Question], by: Actor, by_id: int) -> list[list[int]]:
    """What they accepted for others stands no more."""
    wanted = (Acceptance.accepted_by == user_id, Acceptance.via == Via.TRUSTED, Acceptance.withdrawn_at.is_(None))
    rows = db.session.execute(select(Acceptance.id, Acceptance.question_id).where(*wanted)).all()
    for _acceptance_id, question_id in rows:
        acceptance.withdraw(questions[question_id], by=by, user_id=by_id)
    return [[acceptance_id, question_id] for acceptance_id, question_id in rows]


def _said(user_id: int) -> dict[str, list[dict[str, Any]]]:
    return {
        "me_too": _taken(MeToo, MeToo.user_id == user_id),
        "solved_for_me": _taken(SolvedForMe, SolvedForMe.voter == f"user:{user_id}"),
    }


def _flags(user_id: int) -> list[dict[str, Any]]:
    # What a moderator answered already stays as it was answered.
    return _taken(Flag, (Flag.user_id == user_id) & Flag.settled_act_id.is_(None))


def _taken(model: Any, theirs: Any) -> list[dict[str, Any]]:
    table = model.__table__
    rows = [dict(row) for row in db.session.execute(select(table).where(theirs)).mappings()]
    db.session.execute(delete(model).where(theirs), execution_options={"synchronize_session": False})
    return [
        {name: value.isoformat() if name in _MOMENTS else value for name, value in row.items() if name != "id"}
        for row in rows
    ]


_MOMENTS = ("said_at", "created_at")


def _from_json(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _moment(value) if name in _MOMENTS else value for name, value in values.items()}


def _moment(text: str) -> Any:
    return datetime.fromisoformat(text)


def _record(user_id: int, taken: dict[str, Any], *, is_back: bool) -> None:
    """Whatever they said resolved a doubt is evidence no more, and again when it was theirs after all."""
    writer = Actor(None, user_id)
    for vote in taken["votes"]:
        subject = (vote["subject_kind"], vote["subject_id"])
        recorder.record(
            "voted" if is_back else "vote_withdrawn",
            by=writer,
            subject=subject,
            revision_id=vote["revision_id"] or None,
            locale=vote["locale"],
            topic_id=subjects.subject(subject[0]).root_topic(subject[1]),
            detail={"helpful": vote["helpful"]} if is_back else {},
        )
    for said in taken["solved_for_me"]:
        kind = "solved_for_me" if is_back else "not_solved"
        number = said["question_id"]
        topic_id = subjects.subject(QUESTION).root_topic(number)
        recorder.record(kind, by=writer, subject=(QUESTION, number), topic_id=topic_id)


def _show(questions: dict[int, Question]) -> None:
    db.session.flush()
    for question_id in questions:
        counting.mend(question_id)
        outbox.note(QUESTION, question_id)
    content_changed()
