"""Acts of Mia, who moderates, through the same verbs that the product uses."""

from __future__ import annotations

from helpcenter.community.moderation import change, flagging, review, reviewing, spammer, undoing
from helpcenter.community.moderation.act import Act
from helpcenter.community.moderation.post import locked_post
from helpcenter.community.moderation.review import Because
from helpcenter.community.moderation.state import State
from helpcenter.core.db import begin_write, db
from helpcenter.journeys.actor import Actor
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


def wait(cast: Cast, kind: str, post_id: int) -> None:
    """Make a post wait for a look, as if a newcomer had sent it."""
    begin_write()
    post = locked_post(kind, post_id)
    post.row.state = State.PENDING.value
    post.settle()
    review.wait(post.subject, Because.LINK, Actor(None, post.row.author_id))
    db.session.commit()
    cast.id_of("mia")


def put_flag(
    cast: Cast, kind: str, number: int, who: str = "cleo", *, why: str = "spam", words: str = "", weight: bool = False
) -> None:
    """Flag a post or report a person."""
    by = actor_of(cast, who)
    begin_write()
    flagging.put((kind, number), by=by, why=why, words=words, has_weight=weight)
    db.session.commit()


def entry_of(kind: str, number: int) -> int:
    """The open entry of the queue about this; 0 for none."""
    found = review.of((kind, number))
    return found.id if found else 0


def settle(cast: Cast, kind: str, number: int, verb: str, who: str = "mia") -> int:
    """Answer an entry of the queue; the number of the act."""
    by = actor_of(cast, who)
    begin_write()
    row = reviewing.answer(review.locked_entry(entry_of(kind, number)), verb, by=by, by_id=by.user_id or 0)
    db.session.commit()
    return row.id


def clean_up(cast: Cast, name: str, who: str = "mia") -> int:
    """Take back everything somebody did; the number of the act."""
    by = actor_of(cast, who)
    begin_write()
    row = spammer.clean_up(cast.id_of(name), by=by, by_id=by.user_id or 0)
    db.session.commit()
    return row.id
