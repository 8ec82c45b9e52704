"""What somebody gave to the community: what they asked and answered, and how many people that helped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, union

from helpcenter.accounts import user
from helpcenter.accounts.viewer import Viewer
from helpcenter.community import answer
from helpcenter.community.answer import Answer
from helpcenter.community.listing import of_person
from helpcenter.community.question import Question
from helpcenter.community.solved_for_me import SolvedForMe
from helpcenter.community.visibility import visible_answers, visible_questions
from helpcenter.core.db import db
from helpcenter.core.refusals import NotFound
from helpcenter.feedback.helpful_vote import HelpfulVote


@dataclass(frozen=True)
class Profile:
    """`helped` counts people, each once, whichever answers helped them."""

    user_id: int
    name: str
    asked: int
    answered: int
    solved: int
    helped: int


def profile_of(user_id: int, viewer: Viewer) -> Profile:
    """A person as this viewer may know them. Raises NotFound for whoever wrote nothing that the viewer may read."""
    person = user.by_id(user_id)
    if person is None or not _has_posted(user_id, viewer):
        raise NotFound
    given = visible_answers(viewer).where(Answer.author_id == user_id)
    solutions = given.where(Answer.id == Question.solution_id)
    asked = visible_questions(viewer).where(Question.author_id == user_id)
    return Profile(
        user_id,
        person.name,
        _count(asked.with_only_columns(Question.id)),
        _count(given.with_only_columns(Answer.id)),
        _count(solutions.with_only_columns(Answer.id)),
        _helped(given.with_only_columns(Answer.id), solutions.with_only_columns(Answer.question_id)),
    )


def _has_posted(user_id: int, viewer: Viewer) -> bool:
    """Whether something of theirs may be read; moderators know also those of whom nothing is left to read."""
    posts = [of_person(visible_questions(viewer), user_id).with_only_columns(Question.id)]
    if viewer.may("moderate"):
        posts += [select(row.id).where(row.author_id == user_id) for row in (Question, Answer)]
    return any(db.session.execute(one.limit(1)).first() is not None for one in posts)


def _helped(answers: Any, solved: Any) -> int:
    voters = select(HelpfulVote.voter).where(
        HelpfulVote.subject_kind == answer.SUBJECT, HelpfulVote.helpful, HelpfulVote.subject_id.in_(answers)
    )
    others = select(SolvedForMe.voter).where(SolvedForMe.question_id.in_(solved))
    return _count(union(voters, others))


def _count(rows: Any) -> int:
    return int(db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0)
