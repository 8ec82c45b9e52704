"""An answer: the row, and answering."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ScalarSelect, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.community import pictures
from helpcenter.community.question import SUBJECT as QUESTION
from helpcenter.community.question import Question, recounted
from helpcenter.core import clock
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import Model, db
from helpcenter.core.markdown import Rendered
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.search import outbox

SUBJECT = "answer"


class Answer(Model):
    """`was_staff` is how it was when they wrote it, whatever they became. `revision` counts what votes are about.

    `not_yet_at` is when the asker said that it does not solve it yet. `article_id` is an article given as the answer,
    beside which the text may be empty.
    """

    __tablename__ = "answer"
    # An acceptance names both columns, so that no answer to another question can be a solution.
    __table_args__ = (UniqueConstraint("question_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    plain_text: Mapped[str] = mapped_column(Text)
    renderer_version: Mapped[int]
    was_staff: Mapped[bool]
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    not_yet_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id", ondelete="SET NULL"), index=True)


def answer(
    question: Question,
    text: str,
    rendered: Rendered,
    *,
    by: Actor,
    author_id: int,
    is_staff: bool,
    article_id: int | None = None,
) -> Answer:
    """Answer a question, or say something to an experience. To be called after begin_write(), with the locked row."""
    now = clock.now()
    row = Answer(
        question_id=question.id,
        author_id=author_id,
        text=text,
        html=rendered.html,
        plain_text=rendered.plain_text,
        renderer_version=rendered.renderer_version,
        was_staff=is_staff,
        created_at=now,
        article_id=article_id,
    )
    db.session.add(row)
    db.session.flush()
    pictures.show(SUBJECT, row.id, rendered.html, by_id=author_id)
    question.active_at = now
    recorder.record(
        "answered",
        by=by,
        subject=(SUBJECT, row.id),
        locale=question.locale,
        topic_id=question.root_topic_id,
        detail={"question": question.id, "staff": is_staff},
    )
    recounted(question, answers=db.session.scalar(select(count_of(question.id))) or 0)
    outbox.note(QUESTION, question.id)
    content_changed()
    return row


def count_of(question_id: Any) -> ScalarSelect[int]:
    """How many answers a question has."""
    return select(func.count(Answer.id)).where(Answer.question_id == question_id).scalar_subquery()
