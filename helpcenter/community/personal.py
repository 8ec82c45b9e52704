"""What one person did on the page of a question: shown to them alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Integer, Select, bindparam, exists, literal_column, or_, select

from helpcenter.accounts.member_page import OwnRows
from helpcenter.accounts.notifications import following
from helpcenter.accounts.notifications.following import Follow
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


def own_rows(question_id: int) -> OwnRows:
    """What makes the page of a question somebody's own: what they wrote on it, or said of it."""
    return OwnRows(_OWN, {"question": question_id})


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


def _own() -> Select[Any]:
    question, user = bindparam("question", type_=Integer), bindparam("user", type_=Integer)
    voters: tuple[Any, ...] = (bindparam("voter"), bindparam("browser"))
    followed = (Follow.subject_kind == SUBJECT, Follow.subject_id == question, Follow.user_id == user)
    voted = (
        select(HelpfulVote.id)
        .join(Answer, Answer.id == HelpfulVote.subject_id)
        .where(
            HelpfulVote.subject_kind == answer.SUBJECT,
            HelpfulVote.voter.in_(voters),
            Answer.question_id == question,
        )
    )
    theirs = (
        exists().where(Question.id == question, Question.author_id == user),
        exists().where(*followed),
        exists().where(MeToo.question_id == question, MeToo.user_id == user),
        exists().where(SolvedForMe.question_id == question, SolvedForMe.voter.in_(voters)),
        exists().where(Answer.question_id == question, Answer.author_id == user),
        exists().where(Comment.question_id == question, Comment.author_id == user),
        voted.exists(),
    )
    return select(literal_column("1")).where(or_(*theirs))


_OWN = _own()
