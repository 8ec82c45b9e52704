"""Hiding, deleting, closing, locking and moving a post, and putting it back: for moderators, from the post itself."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from helpcenter.accounts.permissions import require
from helpcenter.accounts.viewer import Viewer, current_viewer
from helpcenter.community import answer, comment, comment_list
from helpcenter.community.address import answer_address, question_address
from helpcenter.community.moderation import change, turning
from helpcenter.community.moderation.act import Act
from helpcenter.community.moderation.panel import OTHER
from helpcenter.community.moderation.post import Post, locked_post, question_of
from helpcenter.community.visibility import readable
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound, Refusal
from helpcenter.journeys import actor
from helpcenter.journeys.actor import Actor
from helpcenter.topics.tree import tree

blueprint = Blueprint("moderations", __name__)
ADDRESS = "/<locale:locale>/community/moderation/<kind>/<int:post_id>/<verb>"


@blueprint.post(ADDRESS)
def create(locale: str, kind: str, post_id: int, verb: str) -> Response:
    """Do it, and back to the post."""
    viewer = current_viewer()
    require(viewer, "moderate")
    readable(question_of(kind, post_id), viewer)
    by = actor.of_request()
    begin_write()
    post = locked_post(kind, post_id)
    _do(post, verb, viewer, by)
    db.session.commit()
    return redirect(_address(post, locale), 303)


def _do(post: Post, verb: str, viewer: Viewer, by: Actor) -> None:
    why, by_id = request.form.get("reason", ""), viewer.id or 0
    match verb:
        case Act.HIDE:
            change.hide(post, by=by, by_id=by_id, why=why)
        case Act.DELETE:
            change.delete(post, by=by, by_id=by_id, why=why)
        case Act.CLOSE:
            change.close(post, by=by, by_id=by_id, why=why)
        case Act.LOCK:
            change.lock(post, by=by, by_id=by_id)
        case Act.MOVE:
            change.move(post, by=by, by_id=by_id, topic_id=_topic(viewer))
        case Act.TURN:
            turning.turn(post, by=by, by_id=by_id)
        case Act.SHOW | Act.RESTORE | Act.REOPEN | Act.UNLOCK:
            change.put_back(post, Act(verb), by=by, by_id=by_id)
        case _:
            raise NotFound


def _topic(viewer: Viewer) -> int | None:
    """The chosen topic. Raises Refusal for none that this person sees."""
    chosen = request.form.get("topic", "")
    if chosen == OTHER:
        return None
    if chosen not in {str(one) for one in tree().visible_ids(viewer)}:
        raise Refusal
    return int(chosen)


def _address(post: Post, locale: str) -> str:
    if post.kind.name == answer.SUBJECT:
        return answer_address(post.row.id)
    if post.kind.name == comment.SUBJECT:
        return comment_list.address(post.row.id)
    return question_address(post.question, locale)
