"""How much a community trusts somebody, from what they did there: four levels, and the team above them.

Pure rules and one reading of the database; nothing is stored, so nothing has to be kept right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import func, select

from helpcenter.accounts import product_customer
from helpcenter.accounts.role import TEAM
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import Viewer
from helpcenter.community.answer import Answer
from helpcenter.community.answer_vote import tally_of_answer
from helpcenter.community.comment import Comment
from helpcenter.community.moderation.act import Act, ModerationAct
from helpcenter.community.moderation.flag import Flag
from helpcenter.community.moderation.state import State
from helpcenter.community.question import Question
from helpcenter.core import clock, site
from helpcenter.core.db import db
from helpcenter.feedback.tally import HelpfulTally

REMOVED = (State.HIDDEN.value, State.DELETED.value)
UPHELD = (Act.HIDE.value, Act.DELETE.value, Act.CLEAN_UP.value)
EDIT_WINDOW, EDIT_WINDOW_OF_TRUSTED = timedelta(hours=24), timedelta(days=30)
ACCEPTS_FOR_OTHERS_AFTER = timedelta(days=7)
DEFAULT = "startup"


class Level(IntEnum):
    """From whoever has just come to whoever belongs to the team."""

    NEWCOMER = 0
    KNOWN = 1
    REGULAR = 2
    TRUSTED = 3
    TEAM = 4


@dataclass(frozen=True)
class Step:
    """What the next level takes: days since registering, posts that readers see, and the share of what was good."""

    days: int
    posts: int
    share: float


PRESETS: Mapping[str, Sequence[Step]] = {
    # Everybody knows everybody: nobody begins as a newcomer.
    "team": (Step(0, 0, 0.0), Step(1, 3, 0.5), Step(7, 10, 0.5)),
    # Few people, who must be able to help soon.
    "startup": (Step(1, 1, 0.4), Step(7, 5, 0.5), Step(30, 20, 0.6)),
    # Many people, and programs among them.
    "mature": (Step(7, 3, 0.5), Step(30, 20, 0.6), Step(90, 60, 0.7)),
}


@dataclass(frozen=True)
class Facts:
    """What somebody did. Good: votes that an answer helped, solutions of others' questions, flags that were right.

    Bad: votes that it did not, posts that were removed, flags that were wrong. `is_customer`: the product itself says
    who they are, so they skip the first level.
    """

    days: int = 0
    posts: int = 0
    good: int = 0
    bad: int = 0
    removed: int = 0
    is_customer: bool = False
    is_team: bool = False

    @property
    def share(self) -> float:
        """The share of good, 0.0 to 1.0, beginning from a half: one vote decides little."""
        return (self.good + 2) / (self.good + self.bad + 4)


def level(facts: Facts, preset: str) -> Level:
    """The level that a preset gives for this."""
    if facts.is_team:
        return Level.TEAM
    reached = 0
    for step in PRESETS.get(preset, PRESETS[DEFAULT]):
        if facts.days < step.days or facts.posts < step.posts or facts.share < step.share:
            break
        reached += 1
    return Level(max(reached, 1 if facts.is_customer else 0))


def level_of(viewer: Viewer) -> Level:
    """The level of whoever looks, as of now."""
    if viewer.id is None:
        return Level.NEWCOMER
    if viewer.roles & TEAM:
        return Level.TEAM
    return level(facts_of([viewer.id])[viewer.id], site.current().trust)


def edit_window(of: Level) -> timedelta:
    """How long somebody may change what they posted."""
    return EDIT_WINDOW_OF_TRUSTED if of >= Level.TRUSTED else EDIT_WINDOW


def can_be_accepted_for_others(row: Question) -> bool:
    """Whether an asker stayed away for a week from what is open and answered."""
    is_old = clock.now() - row.created_at >= ACCEPTS_FOR_OTHERS_AFTER
    return bool(is_old and row.can_be_solved and row.can_change and not row.is_solved and row.answers)


def may_accept_for_others(row: Question, viewer: Viewer) -> bool:
    """Whether this viewer is trusted enough to accept in place of the asker."""
    return can_be_accepted_for_others(row) and viewer.is_signed_in and level_of(viewer) >= Level.TRUSTED


def facts_of(user_ids: Collection[int]) -> dict[int, Facts]:
    """What each of these people did. As many queries for one as for a hundred."""
    if not user_ids:
        return {}
    posts: Counter[tuple[int, bool]] = Counter()
    for row in (Question, Answer, Comment):
        counted = select(row.author_id, row.state, func.count()).where(row.author_id.in_(user_ids))
        for user_id, state, number in db.session.execute(counted.group_by(row.author_id, row.state)):
            posts[user_id, state == State.SHOWN] += number if state in (State.SHOWN, *REMOVED) else 0
    good, bad = _votes(user_ids)
    good.update(_solutions(user_ids))
    for user_id, kind, number in db.session.execute(_flags(user_ids)):
        (good if kind in UPHELD else bad)[user_id] += number
    customers = product_customer.known_of(user_ids)
    joined = db.session.execute(select(User.id, User.created_at).where(User.id.in_(user_ids))).all()
    return {
        user_id: Facts(
            days=(clock.now() - created_at).days,
            posts=posts[user_id, True],
            good=good[user_id],
            bad=bad[user_id] + posts[user_id, False],
            removed=posts[user_id, False],
            is_customer=user_id in customers,
        )
        for user_id, created_at in joined
    }


def _votes(user_ids: Collection[int]) -> tuple[Counter[int], Counter[int]]:
    rows = db.session.execute(
        select(Answer.author_id, func.sum(HelpfulTally.yes), func.sum(HelpfulTally.no))
        .join(HelpfulTally, tally_of_answer())
        .where(Answer.author_id.in_(user_ids), Answer.state == State.SHOWN.value)
        .group_by(Answer.author_id)
    ).all()
    return Counter({one: int(yes) for one, yes, _no in rows}), Counter({one: int(no) for one, _yes, no in rows})


def _solutions(user_ids: Collection[int]) -> Counter[int]:
    rows = db.session.execute(
        select(Answer.author_id, func.count())
        .join(Question, Question.solution_id == Answer.id)
        .where(Answer.author_id.in_(user_ids), Question.author_id != Answer.author_id)
        .group_by(Answer.author_id)
    )
    return Counter(dict(rows.all()))


def _flags(user_ids: Collection[int]) -> Any:
    return (
        select(Flag.user_id, ModerationAct.kind, func.count())
        .join(ModerationAct, ModerationAct.id == Flag.settled_act_id)
        .where(Flag.user_id.in_(user_ids))
        .group_by(Flag.user_id, ModerationAct.kind)
    )
