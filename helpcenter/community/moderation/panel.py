"""What the page of a question says about its standing, and what a moderator may do there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from helpcenter.accounts.viewer import Viewer
from helpcenter.community import answer, question
from helpcenter.community.answer import Answer
from helpcenter.community.moderation import merging, reason, turning
from helpcenter.community.moderation.act import Act, ModerationAct
from helpcenter.community.question import Question
from helpcenter.core.db import db
from helpcenter.topics.tree import tree

OTHER = "0"
EXPLAINING = (Act.HIDE.value, Act.DELETE.value)


@dataclass(frozen=True)
class Panel:
    """`why` tells for what is not shown, by kind and number, the reason; `closed` that of a closed question.

    `turnable` are the answers that can become comments; `can_merge`: the question can be brought to another one.
    """

    may_moderate: bool
    why: Mapping[tuple[str, int], str]
    closed: str
    hiding: Sequence[tuple[str, str]] = ()
    closing: Sequence[tuple[str, str]] = ()
    topics: Sequence[tuple[str, str]] = ()
    turnable: Collection[int] = ()
    can_merge: bool = False


def of(row: Question, answers: Iterable[Answer], viewer: Viewer, locale: str) -> Panel:
    """The panel for whoever looks; costs a question to the database only where something is not shown."""
    answers = list(answers)
    posts: list[tuple[str, Question | Answer]] = [(question.SUBJECT, row)]
    posts += [(answer.SUBJECT, one) for one in answers]
    out_of_sight = [(kind, one.id) for kind, one in posts if not one.is_shown]
    why, closed = _reasons(out_of_sight), reason.name(row.closed_as or "")
    if not viewer.may("moderate"):
        return Panel(False, why, closed)
    roots = [(str(node.id), node.text(locale).title) for node in tree().roots(viewer)]
    topics = [
        (number, title) for number, title in [*roots, (OTHER, _("Another topic"))] if number != str(row.topic_id or 0)
    ]
    turnable = {one.id for one in answers if turning.can_turn(one)}
    can_merge = merging.can_merge(row)
    return Panel(True, why, closed, _choices(reason.HIDING), _choices(reason.CLOSING), topics, turnable, can_merge)


def _choices(codes: Sequence[str]) -> list[tuple[str, str]]:
    return [(code, reason.name(code)) for code in codes]


def _reasons(subjects: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
    if not subjects:
        return {}
    rows = db.session.execute(
        select(ModerationAct.subject_kind, ModerationAct.subject_id, ModerationAct.reason)
        .where(
            ModerationAct.subject_kind.in_({kind for kind, _id in subjects}),
            ModerationAct.subject_id.in_({one for _kind, one in subjects}),
            ModerationAct.kind.in_(EXPLAINING),
        )
        .order_by(ModerationAct.id)
    )
    return {(kind, one): reason.name(code) for kind, one, code in rows if code and (kind, one) in subjects}
