"""The comments of a page, with one query for all of them, the oldest first; and the gate to a single one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from markupsafe import Markup
from sqlalchemy import or_, select

from helpcenter.accounts.viewer import Viewer
from helpcenter.community.author import authors
from helpcenter.community.comment import Comment
from helpcenter.community.question import Question
from helpcenter.community.visibility import can_open, readable, readable_answer
from helpcenter.core.db import db
from helpcenter.core.refusals import NotFound
from helpcenter.core.subjects import Author

UNFOLDED = 5
"""What is said after so many is folded."""


@dataclass(frozen=True)
class Remark:
    """A comment as the page shows it; `edit_url` where the viewer may change it or take it away.

    `state` is that of a moderated post, `may_flag` whether the viewer may call a moderator.
    """

    id: int
    url: str
    html: Markup
    author: Author
    was_staff: bool
    was_partner: bool
    created_at: datetime
    is_edited: bool
    edit_url: str | None
    state: str
    may_flag: bool


@dataclass(frozen=True)
class Thread:
    """What was said under one post. `key` names its place in the page, `url` is where one says something."""

    key: str
    url: str
    shown: Sequence[Remark]
    folded: Sequence[Remark]


def threads(row: Question, answer_ids: Collection[int], locale: str, viewer: Viewer) -> Mapping[int | None, Thread]:
    """What was said under a question (None) and under these of its answers. Two queries, however much was said."""
    wanted = or_(Comment.answer_id.is_(None), Comment.answer_id.in_(answer_ids))
    rows = db.session.scalars(
        select(Comment)
        .where(Comment.question_id == row.id, wanted, can_open(Comment, viewer))
        .order_by(Comment.created_at, Comment.id)
    ).all()
    people = authors((one.author_id for one in rows), locale)
    remarks: dict[int | None, list[Remark]] = {None: [], **{one: [] for one in answer_ids}}
    for one in rows:
        remarks[one.answer_id].append(_remark(one, people[one.author_id], locale, viewer))
    return {place: _thread(row.id, place, said, locale) for place, said in remarks.items()}


def readable_comment(comment_id: int, viewer: Viewer) -> Comment:
    """A comment on what this viewer may read. Raises NotFound."""
    found = db.session.scalars(select(Comment).where(Comment.id == comment_id, can_open(Comment, viewer))).first()
    if found is None:
        raise NotFound
    readable(found.question_id, viewer)
    if found.answer_id is not None:
        readable_answer(found.answer_id, viewer, found.question_id)
    return found


def address(comment_id: int) -> str:
    """The lasting address of a comment; the page redirects to its place."""
    return f"/comments/{comment_id}"


def _thread(question_id: int, answer_id: int | None, said: list[Remark], locale: str) -> Thread:
    if answer_id is None:
        key, url = f"q{question_id}", url_for("comments.create", locale=locale, question_id=question_id)
    else:
        key, url = f"a{answer_id}", url_for("comments.create_on_answer", locale=locale, answer_id=answer_id)
    return Thread(key, url, said[:UNFOLDED], said[UNFOLDED:])


def _remark(one: Comment, author: Author, locale: str, viewer: Viewer) -> Remark:
    may_edit = viewer.id == one.author_id or viewer.may("edit_posts")
    return Remark(
        one.id,
        address(one.id),
        Markup(one.html),  # noqa: S704 - the renderer makes it safe
        author,
        one.was_staff,
        one.was_partner,
        one.created_at,
        one.edited_at is not None,
        url_for("comments.edit", locale=locale, comment_id=one.id) if may_edit else None,
        one.state,
        one.is_shown and viewer.is_signed_in and viewer.id != one.author_id,
    )
