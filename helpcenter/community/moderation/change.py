"""The acts of moderators upon a post, each written down with what was before it, so that it can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from helpcenter.community.moderation import act, reason, review
from helpcenter.community.moderation.act import Act, ModerationAct
from helpcenter.community.moderation.post import KINDS, Post, locked_post
from helpcenter.community.moderation.state import State
from helpcenter.core.db import db
from helpcenter.core.refusals import Conflict
from helpcenter.journeys.actor import Actor
from helpcenter.topics.tree import tree

SHOWN, PENDING, HIDDEN, DELETED = (one.value for one in State)
PUTS_BACK = {
    Act.SHOW: (Act.HIDE,),
    Act.RESTORE: (Act.DELETE, Act.TURN),
    Act.REOPEN: (Act.CLOSE,),
    Act.UNLOCK: (Act.LOCK,),
}
"""Acts that undo the last one of other kinds."""
SETTLING = (Act.HIDE, Act.DELETE, Act.APPROVE)
Detail = Mapping[str, Any]


def hide(post: Post, *, by: Actor, by_id: int | None, why: str) -> ModerationAct:
    """Readers see it no more; its author does, and why. After begin_write(), as every act here.

    Flags that did it (`by_id` None) still wait for a moderator's look.
    """
    _require(post.row.state in (SHOWN, PENDING) and why in reason.HIDING)
    return _apply(post, Act.HIDE, {"state": HIDDEN}, by=by, by_id=by_id, why=why)


def delete(post: Post, *, by: Actor, by_id: int | None, why: str) -> ModerationAct:
    """It is gone for everybody but moderators."""
    _require(post.row.state != DELETED and why in reason.HIDING)
    return _apply(post, Act.DELETE, {"state": DELETED}, by=by, by_id=by_id, why=why)


def approve(post: Post, *, by: Actor, by_id: int, writer: Actor) -> ModerationAct:
    """What waited is posted now, by `writer`; once approved before, it only shows again."""
    _require(post.row.state == PENDING)
    was_posted = _was_approved(post)
    row = _apply(post, Act.APPROVE, {"state": SHOWN}, by=by, by_id=by_id)
    if not was_posted:
        post.kind.publish(post.row, post.question, writer)
    return row


def close(post: Post, *, by: Actor, by_id: int, why: str) -> ModerationAct:
    """The question takes no more answers."""
    _require(post.row is post.question and post.question.closed_as is None and why in reason.CLOSING)
    return _apply(post, Act.CLOSE, {"closed_as": why}, by=by, by_id=by_id, why=why)


def lock(post: Post, *, by: Actor, by_id: int) -> ModerationAct:
    """Nothing about the question changes any more: no answer, no vote, no acceptance."""
    _require(post.row is post.question and not post.question.is_locked)
    return _apply(post, Act.LOCK, {"is_locked": True}, by=by, by_id=by_id)


def move(post: Post, *, by: Actor, by_id: int, topic_id: int | None) -> ModerationAct:
    """The question goes to another topic; None is something else."""
    _require(post.row is post.question and post.question.topic_id != topic_id)
    return _apply(post, Act.MOVE, {"topic_id": topic_id}, by=by, by_id=by_id)


def replace(post: Post, twin: tuple[str, int], *, by: Actor, by_id: int) -> ModerationAct:
    """It goes, and a twin of another kind stands in its place; undoing takes the twin away."""
    return _apply(post, Act.TURN, {"state": DELETED}, by=by, by_id=by_id, more={"twin": list(twin)})


def put_back(post: Post, kind: Act, *, by: Actor, by_id: int) -> ModerationAct:
    """Show, restore, reopen or unlock: undo the last act that did the opposite. Raises Conflict without one."""
    found = [act.last_standing(post.subject, one) for one in PUTS_BACK[kind]]
    last = max((one for one in found if one is not None), key=lambda one: one.id, default=None)
    if last is None:
        raise Conflict
    return undo(post, last, by=by, by_id=by_id)


def undo(post: Post, undone: ModerationAct, *, by: Actor, by_id: int) -> ModerationAct:
    """Everything as it was before an act. Raises Conflict where it was undone, or something changed since."""
    before, after = undone.detail["before"], undone.detail["after"]
    if act.is_undone(undone.id) or any(getattr(post.row, name) != value for name, value in after.items()):
        raise Conflict
    if before.get("topic_id") is not None and before["topic_id"] not in tree().nodes:
        # The topic it came from is gone.
        raise Conflict
    kind = act.UNDONE_BY[Act(undone.kind)]
    if undone.by_id is not None:
        review.reopen(undone)
    if "twin" in undone.detail:
        name, number = undone.detail["twin"]
        _take_away(name, number, post, by, by_id)
    row = _apply(post, kind, before, by=by, by_id=by_id, undoes=undone)
    if undone.by_id is None:
        # A moderator has looked now at what flags alone had hidden.
        review.settle(post.subject, row)
    return row


def _apply(
    post: Post,
    kind: Act,
    values: Detail,
    *,
    by: Actor,
    by_id: int | None,
    why: str = "",
    undoes: ModerationAct | None = None,
    more: Detail | None = None,
) -> ModerationAct:
    row = post.row
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    lost: dict[str, Any] = {}
    if before.get("state") == SHOWN:
        lost = post.kind.leave(row, post.question, by, by_id)
    elif row.state == SHOWN and "state" in values and undoes is not None:
        post.kind.enter(row, post.question, by, undoes.detail.get("lost", {}))
    post.settle()
    detail = {"before": before, "after": dict(values), **({"lost": lost} if lost else {}), **(more or {})}
    written = act.append(kind, post.subject, by_id=by_id, reason=why, undoes=undoes, detail=detail)
    if kind in SETTLING and by_id is not None and undoes is None:
        review.settle(post.subject, written)
    return written


def _take_away(kind: str, number: int, post: Post, by: Actor, by_id: int) -> None:
    """Delete a twin; whatever hangs on it goes along."""
    known = KINDS[kind]
    twin = db.session.get_one(known.row, number, populate_existing=True)
    # It may stand under another question by now.
    here = post.question if known.question_id(twin) == post.question.id else locked_post(kind, number).question
    was_shown, twin.state = twin.state == SHOWN, DELETED
    db.session.flush()
    if was_shown:
        known.leave(twin, here, by, by_id)
    if here is not post.question:
        Post(known, twin, here).settle()


def _was_approved(post: Post) -> bool:
    wanted = (
        ModerationAct.subject_kind == post.subject[0],
        ModerationAct.subject_id == post.subject[1],
        ModerationAct.kind == Act.APPROVE.value,
    )
    return db.session.execute(select(ModerationAct.id).where(*wanted).limit(1)).first() is not None


def _require(holds: bool) -> None:
    """Raises Conflict for an act that makes no sense any more, such as hiding what is hidden."""
    if not holds:
        raise Conflict
