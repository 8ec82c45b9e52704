"""A question, or an experience that somebody shares: the row, and asking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.community import pictures, tag, telling
from helpcenter.community.last_word import WORDS
from helpcenter.community.moderation.state import STATES, Moderated, State
from helpcenter.community.ranking import hot
from helpcenter.core import clock
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import Model, db, only
from helpcenter.core.markdown import Rendered, mentioned_in
from helpcenter.core.text import slug_of
from helpcenter.journeys import recorder
from helpcenter.journeys.actor import Actor
from helpcenter.search import outbox
from helpcenter.topics.tree import tree

SUBJECT = "question"
LONGEST_TITLE = 160
HAS_SOLUTION, HAS_ORIGINAL = "solution_id IS NOT NULL", "original_id IS NOT NULL"
IS_OPEN = "solution_id IS NULL AND original_id IS NULL AND closed_as IS NULL"


class Kind(StrEnum):
    """A question waits for a solution. An experience is advice: it has no solution and shows no doubt resolved."""

    QUESTION = "question"
    EXPERIENCE = "experience"


class Question(Moderated, Model):
    """`topic_id` None is about something else. `active_at` is when it was asked, answered or solved last.

    `closed_as` is the reason for which it takes no more answers; while `is_locked` nothing about it changes at all.
    `last_word` tells who spoke last under it, as last_word.py names them; what was hidden since counts as said.

    From `solution_id` on everything follows from other rows and is counted anew in the transaction that changes them:
    `solution_id` is the answer that stands accepted, `original_id` what it is a duplicate of; `is_count_new` says that
    public pages show older counts.
    """

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint("kind IN ('question', 'experience')", name="kind"),
        CheckConstraint(STATES, name="state"),
        CheckConstraint(WORDS, name="last_word"),
        # Each order of the lists, in one language and in all of them.
        Index("ix_question_active_at", "active_at", "id"),
        Index("ix_question_hot", "hot", "id"),
        Index("ix_question_created_at", "created_at", "id"),
        Index("ix_question_locale_active_at", "locale", "active_at", "id"),
        Index("ix_question_locale_hot", "locale", "hot", "id"),
        Index("ix_question_locale_created_at", "locale", "created_at", "id"),
        # Of those that have one: SQLite would take it for "has none", which holds for most.
        Index("ix_question_solution_id", "solution_id", **only(HAS_SOLUTION)),
        Index("ix_question_original_id", "original_id", **only(HAS_ORIGINAL)),
        # Whose turn it is among those that wait, in their order, and without reading the others.
        Index("ix_question_open", "active_at", "id", "last_word", "helpful", "answers", **only(IS_OPEN)),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    locale: Mapped[str] = mapped_column(String(8))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    plain_text: Mapped[str] = mapped_column(Text)
    reading_seconds: Mapped[int]
    renderer_version: Mapped[int]
    created_at: Mapped[datetime]
    active_at: Mapped[datetime]
    closed_as: Mapped[str | None] = mapped_column(String(16))
    is_locked: Mapped[bool] = mapped_column(Boolean(), default=False, server_default=false())
    edited_at: Mapped[datetime | None]
    last_word: Mapped[str | None] = mapped_column(String(8))
    solution_id: Mapped[int | None]
    original_id: Mapped[int | None]
    answers: Mapped[int] = mapped_column(default=0)
    me_too: Mapped[int] = mapped_column(default=0)
    helpful: Mapped[int] = mapped_column(default=0)
    solved_for: Mapped[int] = mapped_column(default=0)
    hot: Mapped[float]
    is_count_new: Mapped[bool] = mapped_column(default=False, index=True)

    @property
    def slug(self) -> str:
        """The part of the address that is for people."""
        return slug_of(self.title)

    @property
    def is_solved(self) -> bool:
        """Whether an answer stands accepted."""
        return self.solution_id is not None

    @property
    def can_be_solved(self) -> bool:
        """Whether it asks something at all."""
        return self.kind == Kind.QUESTION

    @property
    def can_change(self) -> bool:
        """Whether votes, acceptances and words of others may change anything about it."""
        return self.is_shown and not self.is_locked

    @property
    def takes_answers(self) -> bool:
        """Whether somebody may still answer."""
        return self.can_change and self.closed_as is None

    @property
    def root_topic_id(self) -> int | None:
        """The root topic, as events name it."""
        return tree().root_of(self.topic_id)


def ask(
    title: str,
    text: str,
    rendered: Rendered,
    *,
    by: Actor,
    author_id: int,
    locale: str,
    kind: Kind = Kind.QUESTION,
    topic_id: int | None = None,
    tags: Sequence[str] = (),
    waits: bool = False,
) -> Question:
    """Post it; to be called after begin_write(). While it `waits` for a look, it was not asked yet."""
    now = clock.now()
    question = Question(
        kind=kind.value,
        locale=locale,
        topic_id=topic_id,
        author_id=author_id,
        title=title,
        text=text,
        html=rendered.html,
        plain_text=rendered.plain_text,
        reading_seconds=rendered.reading_seconds,
        renderer_version=rendered.renderer_version,
        created_at=now,
        active_at=now,
        hot=hot(me_too=0, helpful=0, answers=0, created_at=now),
        state=(State.PENDING if waits else State.SHOWN).value,
    )
    db.session.add(question)
    db.session.flush()
    tag.put(question.id, tags)
    pictures.show(SUBJECT, question.id, rendered.html, by_id=author_id)
    if not waits:
        _publish(question, by)
    return question


def publish(question: Question, *, by: Actor) -> None:
    """What waited is asked now, by its author: nobody could answer before. With the locked row."""
    question.created_at = question.active_at = clock.now()
    recounted(question)
    _publish(question, by)


def _publish(question: Question, by: Actor) -> None:
    # An experience asks nothing, so no doubt begins with it.
    if question.can_be_solved:
        recorder.record(
            "asked",
            by=by,
            subject=(SUBJECT, question.id),
            locale=question.locale,
            topic_id=question.root_topic_id,
        )
    telling.asked(
        (SUBJECT, question.id),
        author_id=question.author_id,
        topic_ids=[node.id for node in tree().path(question.topic_id)][::-1] if question.topic_id else [],
        tag_ids=tag.ids_of(question.id),
        named=mentioned_in(question.html),
    )
    outbox.note(SUBJECT, question.id)
    content_changed()


def recounted(question: Question, **counts: int | None) -> None:
    """Take over what was just counted, and find the place among the hot ones. With the locked row."""
    for name, count in counts.items():
        setattr(question, name, count)
    question.hot = hot(
        me_too=question.me_too, helpful=question.helpful, answers=question.answers, created_at=question.created_at
    )
    question.is_count_new = True
    db.session.flush()
