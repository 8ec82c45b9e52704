"""A short remark under a question or an answer: the row, and remarking. Nothing can be said under a comment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, delete, false
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.community import telling
from helpcenter.community.answer import Answer
from helpcenter.community.last_word import LastWord, last_word
from helpcenter.community.moderation.state import STATES, Moderated, State
from helpcenter.community.post_revision import GRACE
from helpcenter.community.question import SUBJECT as QUESTION
from helpcenter.community.question import Question
from helpcenter.core import clock
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import Model, db
from helpcenter.core.markdown import Rendered, mentioned_in

SUBJECT = "comment"
LONGEST_COMMENT = 600
"""In letters. Whoever has more to say has an answer, or a question of their own."""


class Comment(Moderated, Model):
    """`answer_id` None is a comment on the question itself. `was_staff`, `was_partner`: as they wrote it."""

    __tablename__ = "comment"
    __table_args__ = (
        # Both columns, so that no comment hangs on an answer to another question.
        ForeignKeyConstraint(
            ["question_id", "answer_id"],
            ["answer.question_id", "answer.id"],
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        CheckConstraint(STATES, name="state"),
        Index("ix_comment_question_id", "question_id", "id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"))
    answer_id: Mapped[int | None] = mapped_column(index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    plain_text: Mapped[str] = mapped_column(Text)
    renderer_version: Mapped[int]
    was_staff: Mapped[bool]
    was_partner: Mapped[bool] = mapped_column(Boolean(), default=False, server_default=false())
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]


def comment(
    question: Question,
    answer_id: int | None,
    text: str,
    rendered: Rendered,
    *,
    author_id: int,
    is_staff: bool,
    is_partner: bool = False,
    waits: bool = False,
) -> Comment:
    """Remark on a question, or on one of its answers. After begin_write(), with the locked row of the question.

    While it `waits` for a look, nobody hears of it.
    """
    row = Comment(
        question_id=question.id,
        answer_id=answer_id,
        author_id=author_id,
        was_staff=is_staff,
        was_partner=is_partner,
        created_at=clock.now(),
        state=(State.PENDING if waits else State.SHOWN).value,
    )
    _say(row, text, rendered)
    db.session.add(row)
    db.session.flush()
    if not waits:
        publish(row, question)
    return row


def publish(row: Comment, question: Question) -> None:
    """It is said now. With the locked question."""
    row.created_at = question.active_at = clock.now()
    question.last_word = last_word(LastWord.COMMENT, author_id=row.author_id, asker_id=question.author_id)
    db.session.flush()
    telling.commented(
        (QUESTION, question.id),
        (SUBJECT, row.id),
        author_id=row.author_id,
        writer_id=db.session.get_one(Answer, row.answer_id).author_id if row.answer_id else question.author_id,
        named=mentioned_in(row.html),
    )
    content_changed()


def change(row: Comment, text: str, rendered: Rendered) -> None:
    """Say something else; later than a few minutes the page tells so. To be called after begin_write()."""
    if text == row.text:
        return
    _say(row, text, rendered)
    if clock.now() - row.created_at >= GRACE:
        row.edited_at = clock.now()
    db.session.flush()
    content_changed()


def take_away(row: Comment) -> None:
    """Delete it for good. To be called after begin_write()."""
    db.session.execute(delete(Comment).where(Comment.id == row.id))
    content_changed()


def _say(row: Comment, text: str, rendered: Rendered) -> None:
    row.text, row.html = text, rendered.html
    row.plain_text, row.renderer_version = rendered.plain_text, rendered.renderer_version
