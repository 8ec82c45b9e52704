"""The questions that were answered last, for the contents page: those that are solved come first."""

from __future__ import annotations

from dataclasses import dataclass

from helpcenter.accounts.viewer import Viewer
from helpcenter.community.address import question_address
from helpcenter.community.question import Kind, Question
from helpcenter.community.visibility import visible_questions
from helpcenter.core.db import db

MOST = 5


@dataclass(frozen=True)
class Link:
    """A title and where it leads."""

    title: str
    url: str


def answered_lately(locale: str, viewer: Viewer) -> list[Link]:
    """Out of the last questions of this language that somebody answered; the solved ones first."""
    wanted = visible_questions(viewer).where(
        Question.locale == locale, Question.answers > 0, Question.kind == Kind.QUESTION
    )
    rows = db.session.scalars(wanted.order_by(Question.active_at.desc(), Question.id.desc()).limit(MOST)).all()
    return [Link(row.title, question_address(row, locale)) for row in sorted(rows, key=lambda row: not row.is_solved)]
