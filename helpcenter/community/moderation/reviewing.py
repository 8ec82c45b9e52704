"""Answering what waits for a look: one act for each entry of the queue."""

from __future__ import annotations

from collections import Counter

from helpcenter.community.moderation import act, change, flag, log, review
from helpcenter.community.moderation.act import Act, ModerationAct
from helpcenter.community.moderation.post import Post, locked_post
from helpcenter.community.moderation.review import ReviewEntry
from helpcenter.community.moderation.state import State
from helpcenter.core.refusals import Conflict, NotFound
from helpcenter.journeys.actor import Actor


def answer(entry: ReviewEntry, verb: str, *, by: Actor, by_id: int) -> ModerationAct:
    """Approve, hide, delete or dismiss. Raises NotFound for anything else, Conflict where it makes no sense.

    To be called after begin_write(), with the locked entry.
    """
    if verb == Act.DISMISS:
        return _dismiss(entry, by_id)
    if verb not in (Act.APPROVE, Act.HIDE, Act.DELETE) or entry.subject_kind == log.PERSON:
        raise NotFound
    post = locked_post(*entry.subject)
    if verb == Act.APPROVE:
        return _approve(post, by, by_id)
    if verb == Act.DELETE:
        return change.delete(post, by=by, by_id=by_id, why=_why(entry))
    if post.row.state == State.HIDDEN:
        return _settled(Act.UPHOLD, entry, by_id)
    return change.hide(post, by=by, by_id=by_id, why=_why(entry))


def _approve(post: Post, by: Actor, by_id: int) -> ModerationAct:
    """It may be read: what waited is posted, what flags hid shows again, what nobody hid stays as it is."""
    if post.row.state == State.PENDING:
        writer = review.writer_of(post.subject, post.row.author_id)
        return change.approve(post, by=by, by_id=by_id, writer=writer)
    if post.row.state == State.SHOWN:
        entry = review.of(post.subject)
        if entry is None:
            raise Conflict
        return _settled(Act.DISMISS, entry, by_id)
    return change.put_back(post, Act.SHOW, by=by, by_id=by_id)


def _dismiss(entry: ReviewEntry, by_id: int) -> ModerationAct:
    if entry.subject_kind != log.PERSON and not locked_post(*entry.subject).row.is_shown:
        # What nobody sees is approved, or stays out of sight; there is no third.
        raise Conflict
    return _settled(Act.DISMISS, entry, by_id)


def take_up(undone: ModerationAct, *, by_id: int) -> ModerationAct:
    """Look again at what was dismissed. Raises Conflict where that was done already. After begin_write()."""
    # The lock of the entry comes first: of two who undo at once, the later one sees that it is done.
    review.reopen(undone)
    if act.is_undone(undone.id):
        raise Conflict
    return act.append(Act.TAKE_UP, undone.subject, by_id=by_id, undoes=undone)


def _settled(kind: Act, entry: ReviewEntry, by_id: int) -> ModerationAct:
    row = act.append(kind, entry.subject, by_id=by_id)
    review.settle(entry.subject, row)
    return row


def _why(entry: ReviewEntry) -> str:
    """What most flags say; what came in by a rule of its own is taken for spam."""
    reasons = Counter(one.reason for one in flag.waiting([entry.subject]).get(entry.subject, ()))
    return reasons.most_common(1)[0][0] if reasons else "spam"
