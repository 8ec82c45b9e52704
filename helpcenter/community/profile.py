"""What somebody gave to the community: what they asked and answered, and how many people that helped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, union

from helpcenter.accounts import user
from helpcenter.accounts.viewer import Viewer
from helpcenter.community import answer
from helpcenter.community.answer import Answer
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
    if person is None:
        raise NotFound
    # Their answers are looked up once for all that is counted of them: whoever helps a lot wrote thousands.
    is_solution = (Answer.id == Question.solution_id).label("is_solution")
    answers = visible_answers(viewer).where(Answer.author_id == user_id)
    given = answers.with_only_columns(Answer.id, Answer.question_id, is_solution).cte("given")
    asked = visible_questions(viewer).where(Question.author_id == user_id).with_only_columns(Question.id)
    solutions = select(given.c.question_id).where(given.c.is_solution)
    counts = [_count(rows) for rows in (asked, select(given.c.id), solutions, _helped(select(given.c.id), solutions))]
    profile = Profile(user_id, person.name, *db.session.execute(select(*counts)).one())
    if not profile.asked and not profile.answered and not _is_known(user_id, viewer):
        raise NotFound
    return profile


def _is_known(user_id: int, viewer: Viewer) -> bool:
    """Moderators know also those of whom nothing is left to read."""
    posts = [select(row.id).where(row.author_id == user_id).limit(1) for row in (Question, Answer)]
    return viewer.may("moderate") and any(db.session.execute(one).first() is not None for one in posts)


def _helped(answers: Any, solved: Any) -> Any:
    voters = select(HelpfulVote.voter).where(
        HelpfulVote.subject_kind == answer.SUBJECT, HelpfulVote.helpful, HelpfulVote.subject_id.in_(answers)
    )
    return union(voters, select(SolvedForMe.voter).where(SolvedForMe.question_id.in_(solved)))


def _count(rows: Any) -> Any:
    return select(func.count()).select_from(rows.subquery()).scalar_subquery()
