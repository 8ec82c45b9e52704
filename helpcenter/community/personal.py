"""What one person did on the page of a question: shown to them alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import exists, select

from helpcenter.accounts.notifications import following
from helpcenter.accounts.viewer import Viewer
from helpcenter.community import answer, solved_for_me
from helpcenter.community.answer import Answer
from helpcenter.community.comment import Comment
from helpcenter.community.me_too import MeToo
from helpcenter.community.question import SUBJECT, Question
from helpcenter.community.solved_for_me import SolvedForMe
from helpcenter.core.db import db
from helpcenter.feedback import survey, vote
from helpcenter.feedback.helpful_vote import HelpfulVote
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.event import EVENT


@dataclass(frozen=True)
class Standing:
    """`votes` and `surveys` by answer; `unseen` are the answers that the asker has not seen yet."""

    votes: Mapping[int, bool] = field(default_factory=dict)
    has_me_too: bool = False
    was_solved: bool = False
    unseen: frozenset[int] = frozenset()
    surveys: Mapping[int, str] = field(default_factory=dict)


NOBODY = Standing()


def standing(question: Question, answers: Collection[Answer], by: Actor) -> Standing:
    """What this person said about a question and these answers."""
    votes = vote.helpful_of(answer.SUBJECT, {(one.id, one.revision) for one in answers}, by)
    return Standing(
        votes,
        by.user_id is not None and db.session.get(MeToo, (question.id, by.user_id)) is not None,
        solved_for_me.has_said(question.id, by),
        _unseen(question, answers, by) if by.user_id == question.author_id else frozenset(),
        survey.states(answer.SUBJECT, {(one.id, one.revision) for one in answers if votes.get(one.id)}, by),
    )


def follows(question: Question, viewer: Viewer) -> bool:
    """Whether new answers are told to this person. The asker hears of them until they say no."""
    said = following.said(viewer.id, (SUBJECT, question.id))
    return viewer.id == question.author_id if said is None else said


def is_own(question_id: int, author_id: int, viewer: Viewer, by: Actor) -> bool:
    """Whether this person finds something of their own on the page. One query."""
    if viewer.id == author_id:
        return True
    theirs = (
        following.has_said(viewer.id, (SUBJECT, question_id)),
        exists().where(MeToo.question_id == question_id, MeToo.user_id == viewer.id),
        exists().where(SolvedForMe.question_id == question_id, SolvedForMe.voter.in_(by.names)),
        exists().where(Answer.question_id == question_id, Answer.author_id == viewer.id),
        exists().where(Comment.question_id == question_id, Comment.author_id == viewer.id),
        select(HelpfulVote.id)
        .join(Answer, Answer.id == HelpfulVote.subject_id)
        .where(
            HelpfulVote.subject_kind == answer.SUBJECT,
            HelpfulVote.voter.in_(by.names),
            Answer.question_id == question_id,
        )
        .exists(),
    )
    return any(db.session.execute(select(*theirs)).one())


def _unseen(question: Question, answers: Collection[Answer], by: Actor) -> frozenset[int]:
    others = {one.id for one in answers if one.author_id != question.author_id}
    seen = db.session.scalars(
        select(EVENT.c.subject_id).where(
            EVENT.c.subject_kind == answer.SUBJECT,
            EVENT.c.subject_id.in_(others),
            EVENT.c.kind == "answer_seen",
            EVENT.c.user_id == by.user_id,
        )
    )
    return frozenset(others - set(seen))
