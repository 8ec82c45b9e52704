"""Undoing an act from the log, whatever it was done to."""

from __future__ import annotations

from sqlalchemy import select

from helpcenter.community.moderation import change
from helpcenter.community.moderation.act import ModerationAct
from helpcenter.community.moderation.post import locked_post
from helpcenter.core.db import db
from helpcenter.core.refusals import NotFound
from helpcenter.journeys.actor import Actor


def of(act_id: int) -> ModerationAct:
    """An act of the log. Raises NotFound."""
    found = db.session.scalars(select(ModerationAct).where(ModerationAct.id == act_id)).first()
    if found is None:
        raise NotFound
    return found


def undo(act_id: int, *, by: Actor, by_id: int) -> ModerationAct:
    """Undo it. Raises NotFound, or Conflict where it was undone or something changed since. After begin_write()."""
    undone = of(act_id)
    post = locked_post(undone.subject_kind, undone.subject_id)
    return change.undo(post, undone, by=by, by_id=by_id)
