"""Acts of Mia, who moderates, through the same verbs that the product uses."""

from __future__ import annotations

from helpcenter.community.moderation import change, undoing
from helpcenter.community.moderation.act import Act
from helpcenter.community.moderation.post import locked_post
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.community.posts import actor_of


def hide(cast: Cast, kind: str, post_id: int, who: str = "mia", why: str = "spam") -> int:
    """Hide a post; the number of the act."""
    by = actor_of(cast, who)
    begin_write()
    row = change.hide(locked_post(kind, post_id), by=by, by_id=by.user_id, why=why)
    db.session.commit()
    return row.id


def delete(cast: Cast, kind: str, post_id: int, who: str = "mia", why: str = "spam") -> int:
    """Delete a post; the number of the act."""
    by = actor_of(cast, who)
    begin_write()
    row = change.delete(locked_post(kind, post_id), by=by, by_id=by.user_id, why=why)
    db.session.commit()
    return row.id


def put_back(cast: Cast, kind: str, post_id: int, act: Act, who: str = "mia") -> int:
    """Undo from the post; the number of the act."""
    by = actor_of(cast, who)
    begin_write()
    row = change.put_back(locked_post(kind, post_id), act, by=by, by_id=by.user_id or 0)
    db.session.commit()
    return row.id


def undo(cast: Cast, act_id: int, who: str = "mia") -> int:
    """Undo from the log; the number of the act."""
    by = actor_of(cast, who)
    begin_write()
    row = undoing.undo(act_id, by=by, by_id=by.user_id or 0)
    db.session.commit()
    return row.id
