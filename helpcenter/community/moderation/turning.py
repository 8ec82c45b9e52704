"""An answer that was a remark becomes a comment, and a comment that was an answer becomes one.

A twin takes the place of the post, which stays as a deleted one, so that undoing gives back exactly what was there.
"""

from __future__ import annotations

from typing import Any

from helpcenter.community import answer, comment
from helpcenter.community.answer import Answer
from helpcenter.community.comment import Comment
from helpcenter.community.moderation import change
from helpcenter.community.moderation.act import ModerationAct
from helpcenter.community.moderation.post import Post
from helpcenter.community.question import Question
from helpcenter.core.db import db
from helpcenter.core.refusals import Conflict
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.exclusion import STAFF

SHARED = (
    "question_id",
    "author_id",
    "text",
    "html",
    "plain_text",
    "renderer_version",
    "was_staff",
    "was_partner",
    "created_at",
)
"""What an answer and a comment both hold."""


def turn(post: Post, *, by: Actor, by_id: int) -> ModerationAct:
    """Make an answer a comment on its question, or a comment an answer. After begin_write().

    Raises Conflict for anything else, for what is not shown, and for an answer that is more than its words.
    """
    if not post.row.is_shown or not can_turn(post.row):
        raise Conflict
    twin = _as_comment(post.row) if isinstance(post.row, Answer) else _as_answer(post.row, post.question)
    return change.replace(post, twin, by=by, by_id=by_id)


def can_turn(row: object) -> bool:
    """Whether a post can become one of the other kind. A comment holds no picture and no article."""
    if isinstance(row, Answer):
        return bool(row.text) and row.article_id is None and "<img" not in row.html
    return isinstance(row, Comment)


def _as_comment(row: Answer) -> tuple[str, int]:
    twin = Comment(answer_id=None, **_said(row))
    db.session.add(twin)
    db.session.flush()
    return comment.SUBJECT, twin.id


def _as_answer(row: Comment, question: Question) -> tuple[str, int]:
    """It is given as an answer now, by whoever wrote it: nobody could accept it before."""
    twin = Answer(**_said(row))
    db.session.add(twin)
    db.session.flush()
    writer = Actor(None, row.author_id, excluded_reason=STAFF if row.was_staff else None)
    answer.publish(twin, question, by=writer)
    return answer.SUBJECT, twin.id


def _said(row: Answer | Comment) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SHARED}
