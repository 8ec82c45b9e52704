"""Two questions become one: the answers of the first move to the second, and the first leads there. Undone exactly.

No event is written for an answer that moves. Whoever asked the first question and found it solved did find it solved;
for each asker an answer counts from the day of their own question.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from helpcenter.accounts.notifications import following
from helpcenter.community import acceptance, counting, duplicate
from helpcenter.community.acceptance import Acceptance, Via
from helpcenter.community.answer import Answer
from helpcenter.community.duplicate import NotForAll
from helpcenter.community.last_word import LastWord, last_word
from helpcenter.community.moderation import act, sanction
from helpcenter.community.moderation.act import Act, ModerationAct
from helpcenter.community.question import SUBJECT, Question
from helpcenter.core.db import db, lock_row
from helpcenter.core.refusals import Conflict
from helpcenter.journeys.actor import Actor


class NotAlike(ValueError):
    """An experience has no solution, and a page has one language."""


def can_merge(row: Question) -> bool:
    """Whether this question can be brought to another one."""
    return row.can_be_solved and row.can_change and (row.original_id is None or standing(row.id) is None)


def standing(question_id: int) -> ModerationAct | None:
    """The act that merged this question into another, while it holds."""
    return act.last_standing((SUBJECT, question_id), Act.MERGE)


def merge(question_id: int, into_id: int, *, by: Actor, by_id: int, via: Via) -> ModerationAct:
    """Bring the answers of a question to another, or to what that one is a duplicate of. After begin_write().

    Where the other has no solution, that of the first becomes its solution, on the word (`via`) of whoever merges.
    Raises Loop, NotForAll, NotAlike, and Conflict for questions that are locked, out of sight or merged already.
    """
    marks = duplicate.standing_near(question_id)
    duplicate.mark(question_id, into_id, by_id=by_id)
    source = db.session.get_one(Question, question_id)
    target = db.session.get_one(Question, source.original_id)
    if not can_merge(source) or not target.can_change:
        raise Conflict
    if not target.can_be_solved or source.locale != target.locale:
        raise NotAlike
    if duplicate.audience_of(source) != duplicate.audience_of(target):
        raise NotForAll(source.id)
    aside = acceptance.set_aside(source, by_id=by_id)
    before = {"source": source.last_word, "target": _heard(target)}
    moved = _bring(source.id, target)
    _hear(target, moved)
    source.last_word = None
    taken_over = _take_over(aside, target, by, by_id, via)
    detail = {
        "into": target.id,
        "answers": [row.id for row in moved],
        "marks": marks,
        "aside": aside.id if aside else None,
        "taken_over": taken_over,
        "followers": following.follow_along((SUBJECT, source.id), (SUBJECT, target.id)),
        "before": before,
        "since": _heard(target),
    }
    _settle(source, target)
    return act.append(Act.MERGE, (SUBJECT, source.id), by_id=by_id, detail=detail)


def part(merged: ModerationAct, *, by: Actor, by_id: int) -> ModerationAct:
    """Give back what a merging brought together, wherever its answers stand now. After begin_write().

    Raises Conflict where that was done already.
    """
    detail = merged.detail
    holder_id = holder_of(detail["into"])
    rows = _locked({merged.subject_id, holder_id, *(one for one, _mark_id in detail["marks"])})
    source, holder = rows[merged.subject_id], rows[holder_id]
    if act.is_undone(merged.id) or holder_of(detail["into"]) != holder_id:
        raise Conflict
    _let_go(holder, detail, by, by_id)
    _bring(holder.id, source, detail["answers"])
    aside = db.session.get(Acceptance, detail["aside"]) if detail["aside"] else None
    if aside is not None and not sanction.is_blocked(aside.accepted_by):
        acceptance.take_up(aside, source)
    following.part_ways(detail["followers"], (SUBJECT, detail["into"]), merged.at)
    written = act.append(Act.PART, merged.subject, by_id=by_id, undoes=merged)
    _mark_as_before(source, holder, detail["marks"], by_id)
    source.last_word = source.last_word or detail["before"]["source"]
    if holder.id == detail["into"] and _heard(holder) == detail["since"]:
        holder.last_word, active_at = detail["before"]["target"]
        holder.active_at = datetime.fromisoformat(active_at)
    _settle(source, holder)
    return written


def _bring(from_id: int, target: Question, only: Collection[int] | None = None) -> list[Answer]:
    """The answers that moved, the oldest first. Comments and acceptances go with them by their keys."""
    wanted = select(Answer.id).where(Answer.question_id == from_id).order_by(Answer.id)
    ids = list(db.session.scalars(wanted if only is None else wanted.where(Answer.id.in_(only))))
    db.session.flush()
    moving = update(Answer).where(Answer.id.in_(ids)).values(question_id=target.id)
    db.session.execute(moving, execution_options={"synchronize_session": False})
    db.session.expire_all()
    return list(db.session.scalars(select(Answer).where(Answer.id.in_(ids)).order_by(Answer.id)))


def _hear(target: Question, moved: Sequence[Answer]) -> None:
    """What was said last under a question may be one of the answers that came."""
    said = max((row for row in moved if row.is_shown), key=lambda row: row.created_at, default=None)
    if said is not None and said.created_at >= target.active_at:
        target.active_at = said.created_at
        target.last_word = last_word(LastWord.ANSWER, author_id=said.author_id, asker_id=target.author_id)


def _take_over(aside: Acceptance | None, target: Question, by: Actor, by_id: int, via: Via) -> int | None:
    if aside is None or target.is_solved:
        return None
    answer = db.session.get_one(Answer, aside.answer_id)
    active_at = target.active_at
    acceptance.accept(target, answer, by=by, user_id=by_id, via=via)
    # Nobody said anything new.
    target.active_at = active_at
    row = acceptance.standing(target.id)
    return row.id if row else None


def _let_go(holder: Question, detail: dict[str, Any], by: Actor, by_id: int) -> None:
    """The solution goes with its answer: taken back if the merging made it one, else somebody did find it solved."""
    row = acceptance.standing(holder.id)
    if row is None or row.answer_id not in detail["answers"]:
        return
    if row.id == detail["taken_over"]:
        acceptance.withdraw(holder, by=by, user_id=by_id)
    else:
        acceptance.set_aside(holder, by_id=by_id)


def _heard(question: Question) -> list[str | None]:
    """Who spoke last under a question, and when it was active last."""
    return [question.last_word, question.active_at.isoformat()]


def _mark_as_before(source: Question, holder: Question, marks: Sequence[tuple[int, int]], by_id: int) -> None:
    """The marks that the merging ended stand again as they were, with what was said against them."""
    duplicate.undo(source, by_id=by_id)
    for question_id, mark_id in marks:
        row = db.session.get_one(Question, question_id, populate_existing=True)
        if row.id == source.id or row.original_id == holder.id:
            duplicate.revive(row, mark_id, by_id=by_id)


def holder_of(question_id: int) -> int:
    """Where the answers of a question stand now: with what it was merged into, or with itself."""
    merged = standing(question_id)
    return holder_of(merged.detail["into"]) if merged else question_id


def _locked(question_ids: set[int]) -> dict[int, Question]:
    """In the order of their numbers, as whoever marks one locks them."""
    return {one: lock_row(select(Question).where(Question.id == one)) for one in sorted(question_ids)}


def _settle(*questions: Question) -> None:
    db.session.flush()
    for row in questions:
        counting.mend(row.id)
