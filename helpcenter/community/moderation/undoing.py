"""Undoing an act from the log, whatever it was done to."""

from __future__ import annotations

from helpcenter.community.moderation import change, merging, reviewing, spammer
from helpcenter.community.moderation.act import UNDONE_BY, Act, ModerationAct
from helpcenter.community.moderation.post import locked_post
from helpcenter.core.db import db
from helpcenter.core.refusals import Conflict, NotFound
from helpcenter.journeys.actor import Actor


def of(act_id: int) -> ModerationAct:
    """An act of the log. Raises NotFound."""
    found = db.session.get(ModerationAct, act_id)
    if found is None:
        raise NotFound
    return found


def undo(act_id: int, *, by: Actor, by_id: int) -> ModerationAct:
    """Undo it. Raises NotFound, or Conflict where it was undone or something changed since. After begin_write()."""
    undone = of(act_id)
    kind = Act(undone.kind)
    if kind not in UNDONE_BY:
        raise Conflict
    if kind == Act.CLEAN_UP:
        return spammer.give_back(undone, by=by, by_id=by_id)
    if kind == Act.MERGE:
        return merging.part(undone, by=by, by_id=by_id)
    if UNDONE_BY[kind] == Act.TAKE_UP:
        return reviewing.take_up(undone, by_id=by_id)
    post = locked_post(undone.subject_kind, undone.subject_id)
    return change.undo(post, undone, by=by, by_id=by_id)
