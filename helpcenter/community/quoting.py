"""Answers that people rely on and that name something of another package."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select

from helpcenter.community.acceptance import Acceptance
from helpcenter.community.address import answer_address
from helpcenter.community.answer import Answer
from helpcenter.community.citation import KIND, AnswerCitation
from helpcenter.community.moderation.state import State
from helpcenter.community.question import Question
from helpcenter.core.db import db
from helpcenter.core.subjects import Quote


def quoting(kind: str, article_ids: Sequence[int] | None) -> list[Quote]:
    """The accepted answers that name articles: they count as right as things were when they were accepted or edited."""
    if kind != KIND:
        return []
    wanted = (
        select(
            AnswerCitation.answer_id,
            AnswerCitation.article_id,
            Question.locale,
            Question.title,
            Acceptance.accepted_at,
            Answer.edited_at,
        )
        .join(Question, Question.solution_id == AnswerCitation.answer_id)
        .join(Answer, Answer.id == AnswerCitation.answer_id)
        .join(Acceptance, (Acceptance.question_id == Question.id) & Acceptance.withdrawn_at.is_(None))
        .where(Question.state == State.SHOWN.value, Answer.state == State.SHOWN.value)
        .order_by(AnswerCitation.answer_id, AnswerCitation.article_id)
    )
    if article_ids is not None:
        wanted = wanted.where(AnswerCitation.article_id.in_(article_ids))
    return [
        Quote(
            row.answer_id,
            row.article_id,
            row.locale,
            _("The accepted answer to “%(title)s”", title=row.title),
            answer_address(row.answer_id),
            max(row.accepted_at, row.edited_at or row.accepted_at),
            _("Look at the answer"),
        )
        for row in db.session.execute(wanted)
    ]
