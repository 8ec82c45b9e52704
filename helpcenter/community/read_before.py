"""What somebody read in the day before they asked: kept with the question, for the team, who see what did not help.

A recorded failed self-service: the articles of this list are read before a question was needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.community.question import Question
from helpcenter.core import subjects
from helpcenter.core.db import Model, db
from helpcenter.journeys import recent
from helpcenter.journeys.actor import Actor

KIND = "article"
MOST = 10


class QuestionRead(Model):
    """`place` counts from 0, the article that was opened last. An article may be gone by now: it keeps its number."""

    __tablename__ = "question_read"
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), primary_key=True)
    article_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    place: Mapped[int]


@dataclass(frozen=True)
class Read:
    """An article under its last title."""

    title: str
    url: str


def keep(question: Question, by: Actor) -> None:
    """Keep what whoever asks opened in the last 24 hours. To be called after begin_write()."""
    articles = recent.of_person(by.visitor_id, by.user_id).articles[:MOST]
    db.session.add_all(
        QuestionRead(question_id=question.id, article_id=one, place=place) for place, one in enumerate(articles)
    )
    db.session.flush()


def of_question(question_id: int, locale: str) -> Sequence[Read]:
    """What was read, the last first."""
    wanted = select(QuestionRead.article_id).where(QuestionRead.question_id == question_id)
    ids = db.session.scalars(wanted.order_by(QuestionRead.place)).all()
    if not ids:
        return []
    titles = subjects.subject(KIND).titles(ids, locale)
    urls = subjects.addresses((KIND, one, locale) for one in ids)
    return [Read(titles[one], urls[KIND, one, locale]) for one in ids if one in titles]


def of_person(user_id: int) -> dict[int, list[int]]:
    """The numbers of the articles that somebody read before each of their questions."""
    found: dict[int, list[int]] = {}
    theirs = select(QuestionRead).join(Question).where(Question.author_id == user_id)
    for row in db.session.scalars(theirs.order_by(QuestionRead.question_id, QuestionRead.place)):
        found.setdefault(row.question_id, []).append(row.article_id)
    return found


def forget(user_ids: Iterable[int]) -> None:
    """Forget what these people read. To be called after begin_write()."""
    theirs = select(Question.id).where(Question.author_id.in_(list(user_ids)))
    gone = delete(QuestionRead).where(QuestionRead.question_id.in_(theirs))
    db.session.execute(gone, execution_options={"synchronize_session": False})
