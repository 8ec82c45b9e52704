"""What a question or an answer said before: kept with who changed it and when, but for the first minutes.

A post that was never changed has no row; with its first change it gets two, for what it said and for what it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Select, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.community.answer import Answer
from helpcenter.community.question import LONGEST_TITLE, Question
from helpcenter.core import clock
from helpcenter.core.db import Model, db
from helpcenter.core.paging import Page, page_of

GRACE = timedelta(minutes=5)
"""A slip that one sees right after posting leaves no trace."""
PAGE_ROWS = 10


@dataclass(frozen=True)
class Content:
    """What can be changed; of an answer the text alone."""

    text: str
    title: str = ""
    topic_id: int | None = None
    tags: Sequence[str] = ()


class PostRevision(Model):
    """What a post said from `written_at` on. `number` begins with 1; the highest is what it says now."""

    __tablename__ = "post_revision"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        UniqueConstraint("answer_id", "number"),
        CheckConstraint("(question_id IS NULL) <> (answer_id IS NULL)", name="one_post"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id", ondelete="CASCADE"))
    number: Mapped[int]
    editor_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    written_at: Mapped[datetime]
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    text: Mapped[str] = mapped_column(Text)
    topic_id: Mapped[int | None]
    tags: Mapped[list[str]] = mapped_column(JSON)

    @property
    def content(self) -> Content:
        """What it said."""
        return Content(self.text, self.title, self.topic_id, tuple(self.tags))


def keep(post: Question | Answer, before: Content, after: Content, *, editor_id: int) -> None:
    """Note that somebody changes a post. After begin_write(), with the row of the question locked."""
    now, last = clock.now(), newest(post)
    written_by, written_at = (last.editor_id, last.written_at) if last else (post.author_id, post.created_at)
    if written_by == editor_id and now - written_at < GRACE:
        if last is not None:
            _fill(last, after)
        return
    if last is None:
        last = _add(post, 1, before, post.author_id, post.created_at)
    _add(post, last.number + 1, after, editor_id, now)
    post.edited_at = now


def newest(post: Question | Answer) -> PostRevision | None:
    """The last revision of a post; None where it was never changed."""
    return db.session.scalars(_of(post).order_by(PostRevision.number.desc()).limit(1)).first()


def history(post: Question | Answer, after: int | None = None) -> Page[PostRevision]:
    """A page of the revisions, the newest first; empty for a post that was never changed."""
    return page_of(_of(post), PostRevision.number, after, PAGE_ROWS)


def numbered(post: Question | Answer, number: int) -> PostRevision | None:
    """A revision by its number."""
    return db.session.scalars(_of(post).where(PostRevision.number == number)).first()


def _of(post: Question | Answer) -> Select[PostRevision]:
    column = PostRevision.answer_id if isinstance(post, Answer) else PostRevision.question_id
    return select(PostRevision).where(column == post.id)


def _add(post: Question | Answer, number: int, content: Content, by: int, at: datetime) -> PostRevision:
    column = "answer_id" if isinstance(post, Answer) else "question_id"
    row = PostRevision(number=number, editor_id=by, written_at=at, **{column: post.id})
    _fill(row, content)
    db.session.add(row)
    db.session.flush()
    return row


def _fill(row: PostRevision, content: Content) -> None:
    row.title, row.text = content.title, content.text
    row.topic_id, row.tags = content.topic_id, list(content.tags)
