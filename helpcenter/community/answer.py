"""An answer: the row, and answering."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    ScalarSelect,
    Text,
    UniqueConstraint,
    false,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.community import citation, pictures, telling
from helpcenter.community.last_word import LastWord, last_word
from helpcenter.community.moderation.state import STATES, Moderated, State
from helpcenter.community.question import SUBJECT as QUESTION
from helpcenter.community.question import Question, recounted
from helpcenter.core import clock
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import Model, db, only
from helpcenter.core.markdown import Rendered, mentioned_in
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.search import outbox

SUBJECT = "answer"


class Answer(Moderated, Model):
    """`was_staff` and `was_partner` are how it was when they wrote it, whatever they became.

    `revision` counts what votes are about. `not_yet_at` is when the asker said that it does not solve it yet.
    `article_id` is an article given as the answer, beside which the text may be empty.
    """

    __tablename__ = "answer"
    # An acceptance names both columns, so that no answer to another question can be a solution.
    __table_args__ = (
        UniqueConstraint("question_id", "id"),
        CheckConstraint(STATES, name="state"),
        # With what counting somebody's answers needs, so that it reads none of their texts.
        Index("ix_answer_author_id", "author_id", "question_id", "state"),
        Index("ix_answer_not_yet_at", "not_yet_at", "question_id", **only("not_yet_at IS NOT NULL")),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    plain_text: Mapped[str] = mapped_column(Text)
    renderer_version: Mapped[int]
    was_staff: Mapped[bool]
    was_partner: Mapped[bool] = mapped_column(Boolean(), default=False, server_default=false())
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
    is_partner: bool = False,
    article_id: int | None = None,
    waits: bool = False,
) -> Answer:
    """Answer a question, or say something to an experience. To be called after begin_write(), with the locked row.

    While it `waits` for a look, nobody was answered yet.
    """
    row = Answer(
        question_id=question.id,
        author_id=author_id,
        text=text,
        html=rendered.html,
        plain_text=rendered.plain_text,
        renderer_version=rendered.renderer_version,
        was_staff=is_staff,
        was_partner=is_partner,
        created_at=clock.now(),
        state=(State.PENDING if waits else State.SHOWN).value,
        article_id=article_id,
    )
    db.session.add(row)
    db.session.flush()
    pictures.show(SUBJECT, row.id, rendered.html, by_id=author_id)
    citation.keep(row.id, rendered.html, article_id)
    if not waits:
        publish(row, question, by=by)
    return row


def publish(row: Answer, question: Question, *, by: Actor) -> None:
    """The answer is given now, by its author. With the locked question."""
    row.created_at = question.active_at = clock.now()
    question.last_word = last_word(LastWord.ANSWER, author_id=row.author_id, asker_id=question.author_id)
    db.session.flush()
    recorder.record(
        "answered",
        by=by,
        subject=(SUBJECT, row.id),
        locale=question.locale,
        topic_id=question.root_topic_id,
        detail={"question": question.id, "staff": row.was_staff},
    )
    telling.answered(
        (QUESTION, question.id),
        (SUBJECT, row.id),
        author_id=row.author_id,
        asker_id=question.author_id,
        named=mentioned_in(row.html),
    )
    recounted(question, answers=db.session.scalar(select(count_of(question.id))) or 0)
    outbox.note(QUESTION, question.id)
    content_changed()


def count_of(question_id: Any) -> ScalarSelect[int]:
    """How many answers of a question readers see."""
    shown = (Answer.question_id == question_id, Answer.state == State.SHOWN.value)
    return select(func.count(Answer.id)).where(*shown).scalar_subquery()
